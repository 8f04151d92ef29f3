"""The starter that `crisis init` copies passes every check with the example contacts."""

from datetime import UTC, datetime
from pathlib import Path

from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "playbooks" / "templates" / "five-steps.yaml"


def test_template_has_five_steps_and_no_mistake() -> None:
    library = FileLibrary(
        playbooks=ROOT / "playbooks",
        contacts=ROOT / "contacts" / "example",
        clock=FakeClock(datetime(2026, 11, 22, 12, tzinfo=UTC)),
    )

    loaded = library.loaded(TEMPLATE)

    assert library.problems([TEMPLATE]) == ()
    assert loaded.playbook is not None
    assert [step.id for step in loaded.playbook.steps] == ["S1", "S2", "S3", "S4", "S5"]
