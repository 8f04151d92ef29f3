"""The reference run of `playbooks.md` §7.4, from its rehearsal file, in the pure simulation."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crisis.core.asked import StepStarted
from crisis.core.event import Entry
from crisis.core.figure import Share
from crisis.core.metrics_channel import metric_m7, metric_m8
from crisis.core.metrics_contact import (
    metric_m1,
    metric_m2,
    metric_m3,
    metric_m4,
    metric_m5,
    metric_m22,
)
from crisis.core.metrics_ladder import metric_m6
from crisis.core.obligation import ObligationState
from crisis.core.plan import plan
from crisis.core.scope import Scope, read_scope
from crisis.loading.library import FileLibrary
from crisis.loading.rehearsal_file import Rehearsal, load_rehearsal
from crisis.simulated.clock import FakeClock
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import Transcript, simulate

ROOT = Path(__file__).parents[2]
FILE = ROOT / "playbooks" / "sn-mass-casualty.reference-run.rehearsal.yaml"


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


def figures_of(scope: Scope) -> dict[str, Any]:
    """Return the figures in the words of the rehearsal file, in minutes."""
    m3 = metric_m3(scope)
    share, m22 = metric_m4(scope).stat("in-time"), metric_m22(scope).stat("outside")
    assert isinstance(share, Share)
    assert isinstance(m22, Share)
    return {
        "M1": _minutes(metric_m1(scope).stat("duration")),
        "M2": {
            row.step: _minutes(row.value) for row in metric_m2(scope).rows if row.step == "A10"
        },
        "M3": {row.step: _minutes(row.value) for row in m3.rows},
        "M3_median": _minutes(m3.stat("median")),
        "M3_censored": {row.step: _minutes(row.value) for row in m3.censored},
        "M4": [share.part, share.whole],
        "M5": [row.step for row in metric_m5(scope).rows],
        "M6": {str(level): metric_m6(scope).stat(f"level-{level}") for level in (1, 2, 3, 4)},
        "M7_hard": [row.step for row in metric_m7(scope).rows if row.state.value == "hard"],
        "M8_deputy": [row.step for row in metric_m8(scope).rows if row.step],
        "M22": [m22.part, m22.whole],
    }


def _minutes(value: object) -> int:
    assert isinstance(value, timedelta)
    return round(value / timedelta(minutes=1))


def test_reference_run_gives_the_figures_computed_by_hand(
    rehearsal: Rehearsal, transcript: Transcript
) -> None:
    expected = rehearsal.expected
    assert expected is not None

    scope = read_scope(transcript.entries, at=expected.read_at, steps=expected.steps)

    assert figures_of(scope) == expected.figures


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
