"""
The district of Görlitz over the Saxony playbook, against the table it was written from.

Each change is a line of `playbooks.md` §7.3; C12 and C13 are the two that must be refused.
"""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisis.core.deadline import Within
from crisis.core.layer import Binding, LongerDeadline, Overlay
from crisis.core.playbook import Playbook, Step
from crisis.core.words import Words
from crisis.loading.inquiry import answered
from crisis.loading.library import FileLibrary
from crisis.loading.problem import Strength, render
from crisis.simulated.clock import FakeClock

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
REASON = Words(
    de="Verwaltungsstab nachts nur über Rufbereitschaft des Landkreises",
    en="At night the crisis staff is reached through the district's stand-by only",
)
HEAD = """\
id: {name}
overlay_of: sn-mass-casualty
version: 1.0.0
title: {{de: Landkreis Bautzen, en: District of Bautzen}}
region: "14625"
review_by: 2027-11-30
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileLibrary:
    shutil.copytree(ROOT / "playbooks", tmp_path / "playbooks")
    monkeypatch.chdir(tmp_path)
    return FileLibrary(
        playbooks=Path("playbooks"), contacts=ROOT / "contacts/example", clock=FakeClock(NOW)
    )


def _steps(playbook: Playbook) -> dict[str, Step]:
    return {step.id: step for step in playbook.steps}


def test_overlay_has_no_mistake_and_one_notice(library: FileLibrary) -> None:
    problems = library.problems([Path("playbooks/overlays/goerlitz.yaml")])

    assert [(one.code, one.strength) for one in problems] == [("L-OVERLAY-FRIST", Strength.NOTICE)]
    assert REASON.de in problems[0].message


def test_merged_playbook_names_its_layers_bindings_and_longer_deadlines(
    library: FileLibrary,
) -> None:
    playbook = library.playbook("sn-mass-casualty", region="14626")

    assert playbook.layers == ("sn-mass-casualty 1.0.0", "goerlitz 1.0.0 (14626)")
    assert playbook.overlays == (
        Overlay(
            id="goerlitz",
            version="1.0.0",
            region="14626",
            title=Words(de="Landkreis Görlitz", en="District of Görlitz"),
        ),
    )
    assert [(one.role, one.units, one.deputy, one.layer) for one in playbook.bindings] == [
        ("IRLS", ("irls-ostsachsen",), "", "goerlitz"),
        ("POL-OS", ("pol-os-goerlitz",), "", "goerlitz"),
        ("OHS-B", ("ohs-beratung-goerlitz",), "ohs-beratung-dresden", "goerlitz"),
        ("WR-A", ("wr-aussenstelle-goerlitz",), "wr-aussenstelle-bautzen", "goerlitz"),
        ("TA", ("ta-sachsen",), "", "goerlitz"),
    ]
    assert playbook.bindings[0] == Binding(
        role="IRLS", units=("irls-ostsachsen",), layer="goerlitz"
    )
    assert playbook.longer == (
        LongerDeadline(
            step="A16",
            was=Within(duration=timedelta(minutes=15)),
            now=Within(duration=timedelta(minutes=25)),
            reason=REASON,
            layer="goerlitz",
        ),
    )


def test_merged_steps_are_what_the_table_says(library: FileLibrary) -> None:
    base = _steps(library.playbook("sn-mass-casualty"))
    steps = _steps(library.playbook("sn-mass-casualty", region="14626"))

    assert set(steps) - set(base) == {"C-A45"}
    # The partners of the added step are invited, asked and heard with all the others.
    again = {name for name in base if base[name].asked_in != steps[name].asked_in}
    assert {"A60", "A61", "A71"} <= again
    assert all(set(steps[n].asked_in) - set(base[n].asked_in) == {"C-A45"} for n in again)
    same = {name: replace(steps[name], asked_in=base[name].asked_in) for name in base}
    changed = {name for name in base if base[name] != same[name]}
    assert changed == {"A16", "A24", "A32", "A35"}
    assert steps["A24"].languages == ("pl", "cs", "uk", "hsb", "de-LS")
    assert steps["A32"].within == Within(duration=timedelta(hours=4), absolute=True)
    assert steps["A32"].message.de == base["A32"].message.de + (
        " Bitte auch die Verbindungsstelle Polen/Tschechien unterrichten,"
        " über Ihr Führungs- und Lagezentrum."
    )
    assert (steps["C-A45"].roles, steps["C-A45"].start.after) == (("KH",), ("A44",))


def test_other_districts_keep_the_playbook_as_it_stands(library: FileLibrary) -> None:
    assert library.playbook("sn-mass-casualty", region="14612") == library.playbook(
        "sn-mass-casualty"
    )


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        # C12: the overlay would be content with an acknowledgement instead of the result.
        ("c12", "steps: [{id: A23, expect: acknowledgement}]\n", "L-OVERLAY-SCHWAECHT"),
        # C13: the tracing bureau would tell of the dead, which is the police's alone.
        (
            "c13",
            "steps: [{id: A22, competence: [auskunft.vermisste, auskunft.verstorbene]}]\n",
            "L-KOMPETENZ",
        ),
    ],
)
def test_forbidden_changes_are_one_mistake_each(
    library: FileLibrary, name: str, change: str, code: str
) -> None:
    path = Path("playbooks/overlays") / f"{name}.yaml"
    path.write_text(HEAD.format(name=name) + change, encoding="utf-8")

    problems = library.problems([path])

    assert [(one.code, one.strength) for one in problems] == [(code, Strength.ERROR)], render(
        problems
    )


def test_a_layer_of_the_land_lies_below_that_of_the_district(library: FileLibrary) -> None:
    land = HEAD.format(name="land").replace('"14625"', '"14"')
    change = "steps: [{id: A32, within: T0+5h}, {id: A16, within: 12m}, {id: A10, within: 9m}]\n"
    Path("playbooks/overlays/land.yaml").write_text(land + change, encoding="utf-8")

    goerlitz = library.playbook("sn-mass-casualty", region="14626")
    dresden = library.playbook("sn-mass-casualty", region="14612")

    assert goerlitz.layers == (
        "sn-mass-casualty 1.0.0",
        "land 1.0.0 (14)",
        "goerlitz 1.0.0 (14626)",
    )
    assert dresden.layers == ("sn-mass-casualty 1.0.0", "land 1.0.0 (14)")
    hours = {
        name: [_steps(one)[name].within for one in (dresden, goerlitz)] for name in ("A32", "A10")
    }
    assert hours == {
        "A32": [
            Within(duration=timedelta(hours=5), absolute=True),
            Within(duration=timedelta(hours=4), absolute=True),
        ],
        "A10": [Within(duration=timedelta(minutes=9))] * 2,
    }
    assert [one.was for one in goerlitz.longer] == [Within(duration=timedelta(minutes=12))]


def test_two_overlays_of_one_region_are_refused(library: FileLibrary) -> None:
    text = HEAD.format(name="second").replace('"14625"', '"14626"')
    Path("playbooks/overlays/second.yaml").write_text(text, encoding="utf-8")

    problems = library.problems([Path("playbooks/overlays/second.yaml")])

    assert [(one.code, one.message) for one in problems] == [
        ("OV204", "goerlitz is laid over sn-mass-casualty in 14626 too")
    ]


def test_overlay_of_a_broken_playbook_says_so(library: FileLibrary) -> None:
    base = Path("playbooks/sn-mass-casualty.yaml")
    base.write_text(base.read_text(encoding="utf-8").replace("kind: response", "kind: 1"))

    problems = library.problems([Path("playbooks/overlays/goerlitz.yaml")])

    assert [(one.code, one.message) for one in problems] == [
        ("OV201", "`sn-mass-casualty` cannot be read: check it first")
    ]


def test_overlay_that_cannot_be_read_concerns_everybody(library: FileLibrary) -> None:
    Path("playbooks/overlays/broken.yaml").write_text("region: [", encoding="utf-8")

    codes = {one.code for one in library.layered("sn-mass-casualty", region="14612").problems}

    assert "YA006" in codes


def test_overlay_is_known_by_what_it_says_wherever_it_lies(library: FileLibrary) -> None:
    path = Path("draft.yaml")
    path.write_text(HEAD.format(name="draft"), encoding="utf-8")

    assert library.problems([path]) == ()


@pytest.mark.parametrize(
    ("asks", "told"),
    [
        ("A32.frist", ["T0+4h (overlay 14626 over sn-mass-casualty 1.0.0: T0+6h)"]),
        (
            "A03.partner",
            [
                (
                    "Integrierte Regionalleitstelle Ostsachsen"
                    " (overlay 14626; role IRLS of sn-mass-casualty 1.0.0)"
                )
            ],
        ),
        ("C-A45.within", ["4h (overlay 14626)"]),
        ("A95.within", ["60m (sn-mass-casualty 1.0.0)"]),
    ],
)
def test_explanations_name_the_layers(library: FileLibrary, asks: str, told: list[str]) -> None:
    found = answered(library, asks, region="14626", at=NOW)

    values = [explanation.text for _, explanation in found.values]
    assert values + [asked.text for asked in found.partners] == told
