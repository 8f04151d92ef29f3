"""The reference run of `playbooks.md` §7.4, from its rehearsal file, in the pure simulation."""

from datetime import timedelta

import pytest

from crisis.core.asked import StepStarted
from crisis.core.event import Entry
from crisis.core.obligation import ObligationState
from crisis.core.plan import plan
from crisis.loading.library import FileLibrary
from crisis.loading.rehearsal_file import Rehearsal, load_rehearsal
from crisis.simulated.clock import FakeClock
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import Transcript, simulate
from crisis.usecases.rehearsed import figure_differences
from tests.reference_run import FILE, ROOT


@pytest.fixture(scope="module")
def rehearsal() -> Rehearsal:
    return load_rehearsal(FILE)


@pytest.fixture(scope="module")
def transcript(rehearsal: Rehearsal) -> Transcript:
    at = rehearsal.simulation.at
    library = FileLibrary(
        playbooks=ROOT / "playbooks", contacts=ROOT / "contacts" / "example", clock=FakeClock(at)
    )
    return simulate(make_stage(library, at=at), rehearsal.simulation)


def test_reference_run_gives_the_figures_computed_by_hand(
    rehearsal: Rehearsal, transcript: Transcript
) -> None:
    expected = rehearsal.expected
    assert expected is not None

    assert figure_differences(expected, transcript.entries) == ()


def test_reference_run_reclassifies_twice(rehearsal: Rehearsal, transcript: Transcript) -> None:
    t0 = rehearsal.simulation.at
    started = {step: at for step, at, _ in _started(transcript.entries)}
    due = {step: due_at for step, _, due_at in _started(transcript.entries)}

    # 20:40 `tatverdacht: ja`: A17 fires at once, with its 60 minutes.
    assert started["A17"] == t0 + timedelta(minutes=80)
    assert due["A17"] == t0 + timedelta(minutes=140)
    # 20:35 `extremismus`: A52 applies, and begins at its normal time (waits for office hours).
    assert "A52" not in started
    incident = transcript.incident
    later = plan(incident, now=t0 + timedelta(hours=36, minutes=-1))
    assert "A52" not in {fact.step for fact in later.facts if isinstance(fact, StepStarted)}
    monday = t0 + timedelta(hours=60, minutes=10)
    begun = plan(incident, now=monday)
    assert "A52" in {fact.step for fact in begun.facts if isinstance(fact, StepStarted)}


def test_reference_run_hands_the_silent_crisis_staff_to_the_lead(transcript: Transcript) -> None:
    (obligation,) = transcript.incident.obligations_of("A16")

    assert obligation.state is ObligationState.HANDED_TO_PERSON


def _started(entries: tuple[Entry, ...]) -> list[tuple[str, object, object]]:
    return [
        (entry.event.step, entry.at, entry.event.due_at)
        for entry in entries
        if isinstance(entry.event, StepStarted)
    ]
