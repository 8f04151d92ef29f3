"""
Whether what others wrote meanwhile matters to what was decided.

A decision is made on an incident as it was, and stored a moment later. If what came
in between touches other obligations only, and nothing above them, then both orders
give the same state: the decision stands as if it had been stored first. So a flood of
answers holds up neither a claim nor another partner's answer (ADR 0012), and of two
claims of the same message one still finds itself overtaken.
"""

from collections.abc import Sequence

from crisis.core import event as ev
from crisis.core.event import Event

# Each of these changes one obligation and nothing else.
_OWN = (ev.Acknowledged, ev.Declined, ev.Answered, ev.Signed, ev.AttemptEnded)
_OF_A_STEP = (ev.StepStarted, ev.StepHeld, ev.StepObsolete)
_OF_A_PARTNER = (
    *_OWN,
    ev.AttemptStarted,
    ev.AttemptHeld,
    ev.Escalated,
    ev.Overdue,
    ev.TaskRaised,
)


def is_overtaken(decided: Sequence[Event], since: Sequence[Event]) -> bool:
    """
    Return whether events decided on an older state may no longer be appended.

    `since` is what others appended after that state. Anything but answers, outcomes and
    notes counts, and so does an answer or outcome of an obligation or step that was
    decided about.
    """
    answered = [event for event in since if not isinstance(event, ev.NoteAdded)]
    if not answered:
        return False
    keys: set[tuple[str, str]] = set()
    steps: set[str] = set()
    for event in decided:
        if isinstance(event, _OF_A_STEP):
            steps.add(event.step)
        elif isinstance(event, _OF_A_PARTNER) and event.partner:
            keys.add((event.step, event.partner))
        else:
            return True
    return any(
        not isinstance(event, _OWN) or event.step in steps or (event.step, event.partner) in keys
        for event in answered
    )
