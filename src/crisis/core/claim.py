"""
What holds between a claim and its sending.

An engine may be stopped between the two: suspended, swapped out, held up by its disk.
Meanwhile another one takes the claim for lost and asks again. So whoever wakes late
sends nothing any more, and says so if nobody else has said anything.
"""

from datetime import timedelta

from crisis.core import event as ev
from crisis.core.delivery import OutcomeKind
from crisis.core.obligation import Attempt, Obligation

# Real time between a claim and its sending. A claim counts as lost after a minute
# (`pursuit.LOST_AFTER`); what lies between is room for the sending itself.
LATEST_SEND = timedelta(seconds=30)
TOO_LATE = "too-late"


def is_stale(passed: float, *, latest: timedelta) -> bool:
    """Return whether a claim is too old to be sent; `passed` in real seconds since it was made."""
    return passed > latest.total_seconds()


def put_aside(obligation: Obligation, n: int) -> tuple[ev.AttemptEnded, ...]:
    """
    Return what to record of a claim that was not sent in time.

    Nothing if its outcome is known, or if the same contact was asked again since over
    the same channel: then somebody took it for lost, and the mark on the repeat must
    stay founded.
    """
    attempt = next((each for each in obligation.attempts if each.n == n), None)
    if attempt is None or attempt.ended_at is not None:
        return ()
    if any(each.n > n and _is_like(each, attempt) for each in obligation.attempts):
        return ()
    return (
        ev.AttemptEnded(
            step=obligation.step,
            partner=obligation.partner,
            n=n,
            outcome=OutcomeKind.DEFERRED,
            code=TOO_LATE,
        ),
    )


def _is_like(later: Attempt, attempt: Attempt) -> bool:
    return (later.contact, later.channel) == (attempt.contact, attempt.channel)
