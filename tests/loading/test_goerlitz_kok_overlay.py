"""
The district of Görlitz over the playbook of the Federal Police and KOK, against its table.

Each change is a line of `playbooks.md` §7.3: C6, C8, C9 and C10.
"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from crisis.core.binding import bound
from crisis.core.contact import holders
from crisis.core.deadline import DayHours, Within, time_allowed
from crisis.core.playbook import Playbook, Step
from crisis.loading.inquiry import answered
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LANGUAGES = ("pl", "cs", "uk", "hsb", "de-LS")


@pytest.fixture(scope="module")
def library() -> FileLibrary:
    return FileLibrary(
        playbooks=ROOT / "playbooks", contacts=ROOT / "contacts/example", clock=FakeClock(NOW)
    )


def _steps(playbook: Playbook) -> dict[str, Step]:
    return {step.id: step for step in playbook.steps}


def test_overlay_has_no_mistake(library: FileLibrary) -> None:
    assert library.problems([ROOT / "playbooks/overlays/goerlitz-bpol-kok.yaml"]) == ()


def test_merged_steps_are_what_the_table_says(library: FileLibrary) -> None:
    base = _steps(library.playbook("bpol-kok-control"))
    merged = _steps(library.playbook("bpol-kok-control", region="14626"))

    expected = {
        **base,
        **{name: replace(base[name], languages=LANGUAGES) for name in ("B10", "B13", "B20")},
        "B21": replace(
            base["B21"],
            basis=("S5.3", "polizei-kobranet-2012-04-05"),
            within=Within(
                duration=timedelta(minutes=20),
                hours=DayHours(opens=time(6), closes=time(22)),
                otherwise=timedelta(minutes=30),
            ),
        ),
    }
    assert merged == expected


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [("05:59", 30), ("06:00", 20), ("21:59", 20), ("22:00", 30)],
)
def test_deadline_is_tighter_by_day_only(library: FileLibrary, clock: str, minutes: int) -> None:
    within = _steps(library.playbook("bpol-kok-control", region="14626"))["B21"].within
    assert within is not None
    start = datetime.fromisoformat(f"2027-03-02T{clock}+01:00").astimezone(UTC)

    assert time_allowed(within, start=start) == timedelta(minutes=minutes)


def test_stations_and_the_counselling_centre_are_bound(library: FileLibrary) -> None:
    playbook = library.playbook("bpol-kok-control", region="14626")
    directory = bound(
        library.directory(around=NOW), playbook.bindings, playbook.must_not, region="14626"
    )

    held = {
        role: [one.id for one in holders(directory, role, region="14626")]
        for role in ("FBS", "BPOL")
    }
    stations = ("bpol-ludwigsdorf-opferschutz", "bpol-ebersbach-opferschutz")
    assert playbook.layers == ("bpol-kok-control 1.0.0", "goerlitz-bpol-kok 1.0.0 (14626)")
    assert held == {
        "FBS": ["fbs-kobranet"],
        "BPOL": ["bpol-inspektion-ebersbach", "bpol-inspektion-ludwigsdorf"],
    }
    assert {directory.contacts[one].superior for one in stations} == {"bpol-pirna-lagedienst"}


def test_both_agreements_count_and_their_overlap_is_listed(library: FileLibrary) -> None:
    playbook = library.playbook("bpol-kok-control", region="14626")
    register = library.register(around=NOW)

    pairs = [
        tuple(agreement.id for agreement in one.agreements)
        for one in register.overlaps("14626", on=NOW.date())
        if "trafficking" in one.subjects
    ]
    assert playbook.agreements == ("bpol-kok-2022-07-22", "polizei-kobranet-2012-04-05")
    assert pairs == [("polizei-kobranet-2012-04-05", "bpol-kok-2022-07-22")]


@pytest.mark.parametrize(
    ("asks", "region", "told"),
    [
        (
            "B21.partner",
            "14626",
            ["KOBRAnet (overlay 14626; role FBS of bpol-kok-control 1.0.0)"],
        ),
        (
            "B21.partner",
            "",
            [
                (
                    "Fachberatungsstelle Brandenburg in 12; KOBRAnet in 14"
                    " (contacts; role FBS of bpol-kok-control 1.0.0)"
                ),
                "KOBRAnet (overlay 14626; role FBS of bpol-kok-control 1.0.0)",
            ],
        ),
        (
            "B21.frist",
            "14626",
            [("20m in 06:00-22:00, else 30m (overlay 14626 over bpol-kok-control 1.0.0: 30m)")],
        ),
        (
            "B33.partner",
            "14612",
            [
                "KOBRAnet (contacts; role FBS of bpol-kok-control 1.0.0)",
                "Bundespolizeiinspektion Dresden (contacts; role BPOL of bpol-kok-control 1.0.0)",
            ],
        ),
        (
            "B32.partner",
            "",
            [
                (
                    "whoever was asked in B20, B21, B22, B23, B24, B26, B27, B28, B29"
                    " (bpol-kok-control 1.0.0)"
                )
            ],
        ),
        ("B95.partner", "", ["whoever was contacted (bpol-kok-control 1.0.0)"]),
        (
            "A03.partner",
            "",
            [
                (
                    "Integrierte Regionalleitstelle Dresden in 14612, 14627, 14628;"
                    " Integrierte Regionalleitstelle Ostsachsen in 14625, 14626"
                    " (contacts; role IRLS of sn-mass-casualty 1.0.0)"
                ),
                (
                    "Integrierte Regionalleitstelle Ostsachsen"
                    " (overlay 14626; role IRLS of sn-mass-casualty 1.0.0)"
                ),
            ],
        ),
    ],
)
def test_explanations_name_the_layers(
    library: FileLibrary, asks: str, region: str, told: list[str]
) -> None:
    found = answered(library, asks, region=region, at=NOW)

    values = [explanation.text for _, explanation in found.values]
    assert values + [asked.text for asked in found.partners] == told
