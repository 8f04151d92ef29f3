"""Every rehearsal that is shipped comes out as it says, those of the templates too."""

from pathlib import Path
from shutil import copy

import pytest

from crisis.loading.library import FileLibrary
from crisis.loading.rehearsal_file import load_rehearsal
from crisis.simulated.clock import FakeClock
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import simulate
from crisis.usecases.rehearsed import differences

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "playbooks").rglob("*.rehearsal.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_shipped_rehearsal_shows_what_it_must(file: Path, tmp_path: Path) -> None:
    rehearsal = load_rehearsal(file)
    playbook = rehearsal.simulation.playbook
    # A template lies in a folder of its own, and is copied beside the other playbooks.
    copy(file.parent / f"{playbook}.yaml", tmp_path)
    at = rehearsal.simulation.at
    library = FileLibrary(
        playbooks=tmp_path, contacts=ROOT / "contacts" / "example", clock=FakeClock(at)
    )

    assert rehearsal.expected is not None
    transcript = simulate(make_stage(library, at=at), rehearsal.simulation)
    assert differences(rehearsal.expected, transcript) == ()


def test_every_playbook_has_a_rehearsal_but_the_one_that_is_bound_at_opening() -> None:
    playbooks = {path.stem for path in (ROOT / "playbooks").glob("*.yaml") if "." not in path.stem}
    rehearsed = {path.name.partition(".")[0] for path in SHIPPED}

    assert playbooks - rehearsed == {"agreement-review"}
