"""The audit: silent over what the house did, loud over what is missing from its log."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.core import event as ev
from crisis.core.audit import GRACE, audit
from crisis.core.contact import Directory
from crisis.core.event import Entry, Event
from crisis.core.incident import Incident, fold
from crisis.core.playbook import Playbook
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import Cue, Simulation, Transcript, simulate
from tests.builders import (
    REGION,
    T0,
    OneShelf,
    a_contact,
    a_decision_step,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
)
from tests.core.timelines import Timeline, timelines

LAWS = settings(max_examples=60, deadline=None)
PLAYBOOK = a_playbook(a_decision_step(), a_step("A01"), a_form_step())
TAKEN_OUT = (ev.AttemptStarted, ev.AttemptEnded, ev.Escalated)


def a_house() -> Directory:
    return a_directory(
        a_partner("ohs"), contacts=(a_contact("ohs", deputy="dep"), a_contact("dep"))
    )


def played(*cues: Cue, playbook: Playbook = PLAYBOOK) -> Transcript:
    stage = make_stage(OneShelf(playbook, a_house()), at=T0)
    simulation = Simulation(
        playbook="pb", region=REGION, at=T0, cues=cues, until=T0 + timedelta(days=9)
    )
    return simulate(stage, simulation)


NOBODY = played()
ANSWERED = played(
    Cue(doing="acknowledge", step="A01", after=timedelta(minutes=7)),
    Cue(doing="acknowledge", step="A02", after=timedelta(minutes=12)),
    Cue(doing="answer", step="A02", after=timedelta(hours=5), answers={"room": "yes"}),
)


def whats(incident: Incident, *, after: timedelta) -> list[tuple[str, str]]:
    found = audit(incident, now=T0 + after)
    return [(concern.what, concern.step) for concern in found]


def up_to(entries: tuple[Entry, ...], place: int) -> Incident:
    return fold(entries[:place])


@LAWS
@given(timelines(), st.floats(0, 1))
def test_what_the_house_did_raises_no_concern(timeline: Timeline, share: float) -> None:
    wake_at = timeline.planned().wake_at or timeline.now + timedelta(days=400)
    latest = wake_at + GRACE * timeline.incident.opened.pace - timedelta(microseconds=1)
    moment = timeline.now + (latest - timeline.now) * share

    assert audit(timeline.incident, now=moment) == ()


@pytest.mark.parametrize("transcript", [NOBODY, ANSWERED])
def test_simulated_run_raises_no_concern_at_any_of_its_moments(transcript: Transcript) -> None:
    entries = transcript.entries
    last_of_each = [
        place
        for place, entry in enumerate(entries, 1)
        if place == len(entries) or entries[place].at != entry.at
    ]

    found = {
        place: audit(up_to(entries, place), now=entries[place - 1].at) for place in last_of_each
    }

    assert found == dict.fromkeys(last_of_each, ())


def _is_about(event: Event, entry: Entry) -> bool:
    """Return whether an entry is the outcome of a claim, and goes with it."""
    return (
        isinstance(event, ev.AttemptStarted)
        and isinstance(entry.event, ev.AttemptEnded)
        and (entry.event.step, entry.event.partner, entry.event.n)
        == (event.step, event.partner, event.n)
    )


@pytest.mark.parametrize("transcript", [NOBODY, ANSWERED])
def test_whatever_is_taken_out_of_a_log_is_noticed(transcript: Transcript) -> None:
    entries = transcript.entries
    unnoticed = []
    taken = 0
    for place, entry in enumerate(entries):
        if not isinstance(entry.event, TAKEN_OUT):
            continue
        key = (entry.event.step, entry.event.partner)
        moment = entry.at + 2 * GRACE
        left = [
            other
            for other in entries
            if other.at <= moment and other is not entry and not _is_about(entry.event, other)
        ]
        incident = fold(left)
        obligation = incident.obligations[key]
        # Whom a human cares for, or who answered at once, is in nobody's debt.
        cared_for = obligation.is_acknowledged or obligation.handed_at is not None
        if cared_for and not isinstance(entry.event, ev.AttemptEnded):
            continue
        taken += 1
        if not any((c.step, c.partner) == key for c in audit(incident, now=moment)):
            unnoticed.append((place, entry.event))

    assert taken >= 10
    assert unnoticed == []
