"""Attempts as the log takes them: a claim, what became of it, a message that waits."""

from datetime import datetime

from crisis.core.asked import AttemptEnded, AttemptHeld, AttemptStarted
from crisis.core.delivery import OutcomeKind
from crisis.core.pursuit import Ask


def claim_of(ask: Ask) -> AttemptStarted:
    """Return the claim of an ask."""
    return AttemptStarted(
        step=ask.step,
        partner=ask.partner,
        n=ask.n,
        contact=ask.contact,
        channel=ask.channel,
        purpose=ask.purpose,
        level=ask.level,
        possible_repeat=ask.possible_repeat,
        outside_hours=False,
        link_hash="",
        text_hash="",
    )


def held(ask: Ask, *, until: datetime) -> AttemptHeld:
    """Return that a limit holds an ask back."""
    return AttemptHeld(
        step=ask.step,
        partner=ask.partner,
        contact=ask.contact,
        channel=ask.channel,
        purpose=ask.purpose,
        until=until,
        limit="contact 6/minute",
    )


def ended(ask: Ask, kind: OutcomeKind) -> AttemptEnded:
    """Return an outcome of an ask."""
    return AttemptEnded(step=ask.step, partner=ask.partner, n=ask.n, outcome=kind, code="")
