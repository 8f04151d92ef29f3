"""A check tells of the end of a training before it comes, and warns once it has come."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisis.loading.library import FileLibrary
from crisis.loading.problem import InvalidFilesError, Strength
from crisis.simulated.clock import FakeClock

ROOT = Path(__file__).parents[2]
ONE = "psnv-dresden-leitung"


def a_library(folder: Path, at: datetime) -> FileLibrary:
    return FileLibrary(playbooks=folder, contacts=folder, clock=FakeClock(at))


def a_house(folder: Path, *, competence: str = "akuthilfe.psychosozial") -> Path:
    """Write the shipped contacts of the control centres, with one function's own last day."""
    text = (ROOT / "contacts/example/leitstellen-psnv.yaml").read_text(encoding="utf-8")
    here = re.compile(rf"(  - id: {ONE}\n(?:    .*\n)*?    trained: )\[.*\]\n")
    text, found = here.subn(rf"\1[{{competence: {competence}, until: 2027-06-30}}]\n", text)
    assert found == 1
    (folder / "example").mkdir()
    (folder / "example" / "partners.yaml").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path, at: datetime) -> list[tuple[str, Strength, str]]:
    return [
        (one.code, one.strength, one.message)
        for one in a_library(folder, at).problems()
        if one.code in {"CT041", "CT042", "CT043"}
    ]


def test_end_of_a_training_is_told_sixty_days_before_and_warned_of_after(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    what = f"the training of `{ONE}` for `akuthilfe.psychosozial`"
    soon = [("CT043", Strength.NOTICE, f"{what} ends on 2027-06-30")]

    assert told(house, datetime(2027, 4, 30, 12, tzinfo=UTC)) == []
    assert told(house, datetime(2027, 5, 1, 12, tzinfo=UTC)) == soon
    assert told(house, datetime(2027, 6, 30, 12, tzinfo=UTC)) == soon
    assert told(house, datetime(2027, 7, 1, 12, tzinfo=UTC)) == [
        ("CT042", Strength.WARNING, f"{what} held until 2027-06-30")
    ]


def test_training_for_another_competence_does_not_count(tmp_path: Path) -> None:
    house = a_house(tmp_path, competence="seelsorge")

    assert told(house, datetime(2026, 12, 18, tzinfo=UTC)) == [
        (
            "CT041",
            Strength.WARNING,
            f"`{ONE}` answers for PSNV-L without training for `akuthilfe.psychosozial`",
        )
    ]


def test_everybody_is_trained_in_the_shipped_contacts() -> None:
    at = datetime(2026, 12, 18, tzinfo=UTC)
    library = a_library(ROOT / "contacts", at)

    records = library.training(around=at)

    assert {one.role for one in records} == {"PSNV-L", "POL-OS"}
    assert {one.standing(at.date()).value for one in records} == {"holds"}
    assert told(ROOT / "contacts", at) == []


def test_register_is_not_read_from_files_with_mistakes(tmp_path: Path) -> None:
    house = a_house(tmp_path, competence="akuthilfe")
    at = datetime(2026, 12, 18, tzinfo=UTC)

    with pytest.raises(InvalidFilesError, match="CT006 no competence `akuthilfe`"):
        a_library(house, at).training(around=at)
