"""Steps refer to material that is there, and that has not run out."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisis.loading.library import FileLibrary
from crisis.loading.problem import Strength
from crisis.simulated.clock import FakeClock

ROOT = Path(__file__).parents[2]
PLAYBOOK = Path("playbooks") / "sn-mass-casualty.yaml"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "playbooks", tmp_path / "playbooks")
    shutil.copytree(ROOT / "contacts" / "example", tmp_path / "contacts" / "example")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _found(at: datetime) -> list[tuple[str, Strength, str]]:
    library = FileLibrary(
        playbooks=Path("playbooks"), contacts=Path("contacts"), clock=FakeClock(at)
    )
    return [
        (one.code, one.strength, one.message)
        for one in library.problems([PLAYBOOK])
        if one.code in {"PB407", "PB408"}
    ]


def test_shipped_playbook_hands_out_nothing_that_has_run_out(house: Path) -> None:
    assert _found(NOW) == []
    assert (house / PLAYBOOK).is_file()


def test_step_that_hands_out_what_has_run_out_is_reported_from_the_day_after(house: Path) -> None:
    last = datetime(2027, 11, 30, 12, tzinfo=UTC)

    assert _found(last) == []
    assert _found(last.replace(month=12, day=1)) == [
        (
            "PB408",
            Strength.WARNING,
            "A33 hands out `hilfe-nach-grossschadenslage`, which ran out on 2027-11-30",
        )
    ]
    assert house.is_dir()


def test_step_that_hands_out_what_nobody_describes_is_refused(house: Path) -> None:
    text = (house / PLAYBOOK).read_text(encoding="utf-8")
    (house / PLAYBOOK).write_text(
        text.replace("[hilfe-nach-grossschadenslage, rechte", "[hilfe, rechte"), encoding="utf-8"
    )

    assert _found(NOW) == [("PB407", Strength.ERROR, "no material `hilfe`")]


def test_message_names_what_is_handed_out_and_in_which_languages(house: Path) -> None:
    library = FileLibrary(
        playbooks=Path("playbooks"), contacts=Path("contacts"), clock=FakeClock(NOW)
    )
    step = next(one for one in library.playbook("sn-mass-casualty").steps if one.id == "A33")
    known = library.directory(around=NOW).materials

    assert [known[one].title.en for one in step.materials] == [
        "Information for those affected and relatives",
        "Leaflet: your rights in criminal proceedings",
    ]
    assert all("de-LS" in known[one].languages for one in step.materials)
    assert "{material}" in step.message.de
    assert (house / PLAYBOOK).is_file()
