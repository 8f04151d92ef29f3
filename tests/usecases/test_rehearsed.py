"""Where a rehearsal shows something else than it must."""

from datetime import timedelta

import pytest

from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import Cue, Simulation, Transcript, simulate
from crisis.usecases.rehearsed import Expected, ExpectedAsk, differences
from tests.builders import (
    REGION,
    T0,
    OneShelf,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    minutes,
)

READ_AT = T0 + minutes(7)


@pytest.fixture(scope="module")
def transcript() -> Transcript:
    library = OneShelf(a_playbook(a_step("A10"), a_step("A11")), a_directory(a_partner("ohs")))
    simulation = Simulation(
        playbook="pb",
        region=REGION,
        at=T0,
        until=T0 + timedelta(hours=1),
        cues=(Cue(doing="acknowledge", step="A10", after=minutes(6)),),
    )
    return simulate(make_stage(library, at=T0), simulation)


def ask(after: float, **given: str | int) -> ExpectedAsk:
    return ExpectedAsk(at=T0 + minutes(after), step="A10", place="x:1:1", **given)  # type: ignore[arg-type]  # -- passed on


def test_asks_that_come_as_expected_are_no_difference(transcript: Transcript) -> None:
    exact = ask(0, partner="ohs", contact="ohs", channel="http", level=0)

    assert differences(Expected(read_at=READ_AT, asks=(exact, ask(5))), transcript) == ()


def test_missing_and_further_asks_are_told(transcript: Transcript) -> None:
    expected = Expected(
        read_at=READ_AT, asks=(ask(0), ask(4, partner="wr", channel="sms", level=1))
    )

    assert differences(expected, transcript) == (
        "x:1:1: missing: 2026-12-18 19:24:00 A10 wr over sms, level 1",
        "not expected: 2026-12-18 19:25:00 A10 ohs at ohs over sms, level 1",
    )


def test_each_message_counts_once(transcript: Transcript) -> None:
    twice = Expected(read_at=T0, asks=(ask(0), ask(0, contact="ohs")))

    assert differences(twice, transcript) == ("x:1:1: missing: 2026-12-18 19:20:00 A10 at ohs",)


def test_figures_are_compared_as_far_as_they_are_expected(transcript: Transcript) -> None:
    figures = {
        "M3": {"A10": 6},
        "M4": (1, 2),
        "M5": ["A11"],
        "M3_median": 7,
        "M99": 1,
    }

    found = differences(
        Expected(read_at=T0 + minutes(30), steps=("A10", "A11"), figures=figures), transcript
    )

    assert found[0] == "M3_median is 6, expected 7"
    assert found[1].startswith("there is no figure M99; there are: M1, M2, M3,")
    assert len(found) == 2
