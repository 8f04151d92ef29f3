"""One small overlay per mistake, over one small playbook, with the whole text its author reads."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisis.core.register import Register
from crisis.loading.address_book import Addressbook
from crisis.loading.contact_directory import HouseContacts
from crisis.loading.problem import render
from crisis.loading.shelf import Shelf
from crisis.simulated.clock import FakeClock
from tests.builders import a_directory, a_partner

CASES = Path(__file__).parent / "overlay_cases"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = sorted(path.stem for path in CASES.glob("*.yaml") if path.stem != "base")
HARMLESS = frozenset({"sound", "deadline-longer-with-a-reason", "optional-step-changed"})


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.chdir(tmp_path)
    Path("playbooks/overlays").mkdir(parents=True)
    shutil.copy(CASES / "base.yaml", "playbooks/base.yaml")
    return Shelf(Path("playbooks"), clock=FakeClock(NOW))


def _house() -> HouseContacts:
    roles = ("POL-FLZ", "POL-OS", "POL-B", "OHS", "KH", "PASt")
    named = {"POL-OS": "pol-os-goerlitz"}
    holders = (a_partner(named.get(role, role.lower()), role=role) for role in roles)
    able = ("lage.melden", "koordination.land", "beratung.opferhilfe")
    directory = a_directory(*holders)
    partners = tuple(
        replace(one, competences=() if one.id == "past" else able) for one in directory.partners
    )
    return HouseContacts(
        directory=replace(directory, partners=partners),
        addresses=Addressbook(kinds={}, addresses={}),
        problems=(),
        register=Register(),
        register_problems=(),
    )


@pytest.mark.parametrize("name", NAMES)
def test_case_is_reported_whole(shelf: Shelf, name: str) -> None:
    path = Path("playbooks/overlays") / f"{name}.yaml"
    shutil.copy(CASES / path.name, path)
    before = shelf.problems(Path("playbooks/base.yaml"), _house())

    problems = shelf.problems(path, _house())

    expected = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    assert [one for one in problems if one in before] == []
    assert render(problems) + "\n" == expected


@pytest.mark.parametrize("name", NAMES)
def test_case_is_laid_over_only_without_errors(shelf: Shelf, name: str) -> None:
    shutil.copy(CASES / f"{name}.yaml", "playbooks/overlays")

    laid = shelf.layered("base", region="14626")

    wrong_beside_it = {
        "wrong-region",
        "unknown-playbook",
        "bound-beyond-its-competence",
        "bound-to-strangers",
    }
    assert (laid.playbook is not None) == (name in HARMLESS | wrong_beside_it)


def test_every_case_has_its_expected_text() -> None:
    assert sorted(path.stem for path in CASES.glob("*.txt")) == NAMES


def test_overlay_only_adds_to_who_may_begin(shelf: Shelf) -> None:
    base = Path("playbooks/base.yaml")
    head, _, rest = base.read_text(encoding="utf-8").partition("agreements:")
    base.write_text(f"{head}begun_by: [KOK]\nagreements:{rest}", encoding="utf-8")
    shutil.copy(CASES / "sound.yaml", "playbooks/overlays")

    playbook = shelf.layered("base", region="14626").playbook

    assert playbook is not None
    assert playbook.begun_by == ("KOK", "FBS")
