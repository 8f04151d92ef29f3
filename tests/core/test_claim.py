"""What holds between a claim and its sending."""

from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.claim import LATEST_SEND, is_stale, put_aside
from crisis.core.delivery import OutcomeKind
from crisis.core.pursuit import LOST_AFTER
from tests.core.test_obligation import attempted, ended, obligation

TOO_LATE = ev.AttemptEnded(
    step="A10", partner="ohs", n=1, outcome=OutcomeKind.DEFERRED, code="too-late"
)


def test_claim_goes_stale_well_before_others_take_it_for_lost() -> None:
    assert not is_stale(30.0, latest=LATEST_SEND)
    assert is_stale(30.1, latest=LATEST_SEND)
    assert LATEST_SEND + timedelta(seconds=20) < LOST_AFTER


def test_claim_put_aside_says_that_nothing_was_sent() -> None:
    assert put_aside(obligation("A10", attempted("A10")), 1) == (TOO_LATE,)


@pytest.mark.parametrize("kind", OutcomeKind)
def test_claim_whose_outcome_is_known_is_put_aside_silently(kind: OutcomeKind) -> None:
    assert put_aside(obligation("A10", attempted("A10"), ended("A10", kind)), 1) == ()


def test_claim_that_was_made_again_is_put_aside_silently() -> None:
    again = obligation("A10", attempted("A10"), attempted("A10", 2))

    assert put_aside(again, 1) == ()
    assert [event.n for event in put_aside(again, 2)] == [2]


def test_claim_that_the_log_does_not_know_is_put_aside_silently() -> None:
    assert put_aside(obligation("A10", attempted("A10")), 7) == ()
