"""
Calls that a human makes: as long as one lies on the desk, nobody has been told.

A call that was made is entered as an acknowledgement, or its number as a wrong one; where
nothing is expected, as told.
"""

from crisis.core.contact import is_spoken
from crisis.core.obligation import Attempt, Obligation
from crisis.core.outlook import Outlook


def is_by_hand(view: Outlook, attempt: Attempt) -> bool:
    """Return whether an attempt is a call that a human makes."""
    return is_spoken(view.directory.contacts[attempt.contact], attempt.channel)


def may_know(view: Outlook, obligation: Obligation) -> bool:
    """Return whether a partner may know of an ask: it answered, or a message may be there."""
    return obligation.has_heard or any(
        (attempt.may_have_arrived or attempt.ended_at is None) and not is_by_hand(view, attempt)
        for attempt in obligation.attempts
    )
