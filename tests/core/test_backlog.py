"""Outcomes on their way into the log."""

from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core.backlog import LONGEST_PAUSE, Carried, lacking, pause_before, together
from crisis.core.delivery import OutcomeKind
from crisis.core.incident import Incident
from crisis.usecases.tick import claim
from tests.usecases.waves import a_wave


def carried(
    partner: str = "p000",
    *,
    incident: str = "i1",
    n: int = 1,
    outcome: OutcomeKind = OutcomeKind.ACCEPTED,
    not_sent: bool = False,
) -> Carried:
    """Return what became of a message of A10."""
    ended = ev.AttemptEnded(step="A10", partner=partner, n=n, outcome=outcome, code="250")
    return Carried(incident=incident, ended=ended, not_sent=not_sent)


def an_incident(*known: ev.AttemptEnded) -> Incident:
    """Return an incident in which p000 was asked, with outcomes that the log knows."""
    world = a_wave(1)
    claim(world.desk, "i1", room=8)
    world.desk.house.log.append(
        "i1", known, actor="system", at=world.clock.now(), expected_version=None
    )
    return world.desk.incidents.current("i1")


def test_outcomes_of_one_incident_go_together_in_the_order_of_coming() -> None:
    first, other, second = carried("p1"), carried("p1", incident="i2"), carried("p2")
    aside = carried("p3", not_sent=True)

    assert together([first, other, aside, second]) == ((first, second), (other,), (aside,))
    assert together([]) == ()


def test_outcome_that_the_log_does_not_have_is_lacking() -> None:
    assert lacking(an_incident(), [carried()]) == (carried().ended,)
    # The claim itself is always there; one that is not takes nothing away.
    assert lacking(an_incident(), [carried(n=7)]) == (carried(n=7).ended,)


@pytest.mark.parametrize("outcome", OutcomeKind)
def test_outcome_that_was_stored_is_not_stored_again(outcome: OutcomeKind) -> None:
    stored = carried(outcome=outcome)

    assert lacking(an_incident(stored.ended), [stored]) == ()


def test_true_outcome_corrects_what_was_taken_for_lost() -> None:
    lost = replace(carried().ended, outcome=OutcomeKind.UNKNOWN, code="lost")

    assert lacking(an_incident(lost), [carried()]) == (carried().ended,)
    assert lacking(an_incident(lost), [carried(outcome=OutcomeKind.UNKNOWN)]) == ()


def test_what_a_person_corrected_stays() -> None:
    corrected = replace(carried().ended, outcome=OutcomeKind.REJECTED, code="by-hand")

    assert lacking(an_incident(carried().ended, corrected), [carried()]) == ()


def test_message_that_was_not_sent_is_recorded_only_if_nobody_said_anything() -> None:
    aside = carried(outcome=OutcomeKind.DEFERRED, not_sent=True)
    lost = replace(aside.ended, outcome=OutcomeKind.UNKNOWN, code="lost")

    assert lacking(an_incident(), [aside]) == (replace(aside.ended, code="too-late"),)
    assert lacking(an_incident(lost), [aside]) == ()


def test_pauses_grow_up_to_a_second() -> None:
    assert [pause_before(tries) for tries in (1, 2, 3, 4, 5, 6, 7, 5000)] == [
        *(0.05, 0.1, 0.2, 0.4, 0.8),
        *[LONGEST_PAUSE] * 3,
    ]
