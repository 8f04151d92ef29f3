"""A playbook against what partners offer: sectors, services, and what stays apart."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crisis.loading.library import FileLibrary
from crisis.loading.problem import Strength
from crisis.simulated.clock import FakeClock

ROOT = Path(__file__).parents[2]
CODES = {"L-11", "L-GETRENNT", "L-SEKTOR"}
Change = Callable[[str], str]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "playbooks", tmp_path / "playbooks")
    shutil.copytree(ROOT / "contacts" / "example", tmp_path / "contacts" / "example")
    monkeypatch.chdir(tmp_path)
    return Path()


def _found(house: Path, playbook: str = "sn-mass-casualty") -> list[tuple[str, Strength, str]]:
    library = FileLibrary(
        playbooks=house / "playbooks",
        contacts=house / "contacts",
        clock=FakeClock(datetime(2026, 11, 22, 12, tzinfo=UTC)),
    )
    problems = library.problems([house / "playbooks" / f"{playbook}.yaml"])
    return [(one.code, one.strength, one.message) for one in problems if one.code in CODES]


def _change(file: Path, change: Change) -> None:
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def _coordinating(text: str) -> str:
    for role in ("BfJ", "DGUV-Z", "UK", "VOH"):
        held = f"    roles: [{role}]\n"
        text = text.replace(held, f"{held}    sectors: [coordination]\n")
    return text


def test_shipped_playbook_leaves_no_sector_and_no_need_out(house: Path) -> None:
    assert _found(house) == []


def test_sector_that_nobody_of_is_asked_is_named(house: Path) -> None:
    def without_courts(text: str) -> str:
        return text.replace("who: [STA, PPB, OHS, BOB]", "who: [OHS, BOB]").replace(
            "[STA, KRS, KH]", "[KRS, KH]"
        )

    playbook = house / "playbooks" / "sn-mass-casualty.yaml"
    _change(playbook, without_courts)
    # A17 still asks the prosecutor, until it need not be done any more.
    assert _found(house) == []
    _change(
        playbook,
        lambda text: text.replace(
            "        mandatory: if-true\n        who: STA\n",
            "        mandatory: optional\n        who: STA\n",
        ),
    )

    assert _found(house) == [
        ("L-SEKTOR", Strength.WARNING, "nobody of the sector justice is asked")
    ]


def test_sector_that_a_unit_names_counts_in_place_of_that_of_its_roles(house: Path) -> None:
    _change(
        house / "contacts" / "example" / "leistungstraeger.yaml",
        lambda text: text.replace(
            "    roles: [KSV]\n", "    roles: [KSV]\n    sectors: [health]\n"
        ),
    )
    assert _found(house) == []
    for file in (house / "contacts" / "example").glob("*.yaml"):
        _change(file, _coordinating)

    assert _found(house) == [
        ("L-SEKTOR", Strength.WARNING, "nobody of the sector financial is asked")
    ]


def test_need_that_no_service_of_the_region_meets_is_named(house: Path) -> None:
    _change(
        house / "contacts" / "example" / "angebote.yaml",
        lambda text: text.replace("court-support, proceedings", "orientation"),
    )

    assert _found(house) == [
        ("L-11", Strength.WARNING, "no service in 14 meets the need for participation")
    ]


def test_step_that_asks_who_works_with_perpetrators_beside_others_is_refused(
    house: Path,
) -> None:
    nw = house / "contacts" / "example" / "nw-opferhilfe.yaml"
    _change(nw, lambda text: text.replace("    roles: [LKS]\n", "    roles: [LKS, TAE]\n"))
    _change(
        house / "contacts" / "example" / "angebote.yaml",
        lambda text: text.replace("    kind: portal\n", "    kind: perpetrator-work\n"),
    )
    playbook = house / "playbooks" / "nw-proactive-referral.yaml"
    assert _found(house, "nw-proactive-referral") == []
    _change(playbook, lambda text: text.replace("who: BHG\n", "who: [BHG, TAE]\n"))

    assert {one[:2] for one in _found(house, "nw-proactive-referral")} == {
        ("L-GETRENNT", Strength.ERROR)
    }
