"""What lies beside a mass-casualty playbook: its rehearsal, and the drill of whom it asks."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisis.loading.library import FileLibrary
from crisis.loading.problem import Problem, Strength
from crisis.simulated.clock import FakeClock

ROOT = Path(__file__).parents[2]
NAME = "sn-mass-casualty"
DRILL = "sn-contact-drill.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "playbooks", tmp_path / "playbooks")
    monkeypatch.chdir(tmp_path)
    return Path("playbooks")


def _problems(folder: Path) -> list[Problem]:
    library = FileLibrary(
        playbooks=folder,
        contacts=ROOT / "contacts/example",
        clock=FakeClock(datetime(2026, 11, 22, 12, tzinfo=UTC)),
    )
    found = library.problems([folder / f"{NAME}.yaml"])
    return [one for one in found if one.code in {"L-26", "L-28"}]


def test_shipped_playbook_is_rehearsed_and_drilled(folder: Path) -> None:
    assert _problems(folder) == []


def test_playbook_without_a_rehearsal_is_reported(folder: Path) -> None:
    for rehearsal in folder.glob(f"{NAME}.*.rehearsal.yaml"):
        rehearsal.unlink()

    assert _problems(folder) == [
        Problem(
            path=f"playbooks/{NAME}.yaml",
            line=15,
            column=10,
            code="L-26",
            message=f"no rehearsal shows what {NAME} must do",
            hint=f"write {NAME}.first-evening.rehearsal.yaml beside it",
            strength=Strength.WARNING,
        )
    ]


@pytest.mark.parametrize(
    ("written", "instead", "undrilled"),
    [
        ("STK, TA, KSV", "TA", "KSV, STK"),
        ('region: "14"', 'region: "05"', None),
        ("kind: standing", "kind: response", None),
        ("basis: [L-28]", "basis: [S2.6]", None),
    ],
)
def test_role_that_no_drill_asks_is_reported(
    folder: Path, written: str, instead: str, undrilled: str | None
) -> None:
    text = (folder / DRILL).read_text(encoding="utf-8")
    (folder / DRILL).write_text(text.replace(written, instead), encoding="utf-8")

    found = _problems(folder)

    assert [one.code for one in found] == ["L-28"]
    if undrilled is not None:
        assert found[0].message == f"no contact drill asks {undrilled}"
