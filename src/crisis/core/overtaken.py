"""
Whether what others wrote meanwhile matters to what was decided.

A decision is made on an incident as it was, and stored a moment later. If what came
in between touches other obligations only, and nothing above them, then both orders
give the same state: the decision stands as if it had been stored first. So a flood of
answers holds up neither a claim nor another partner's answer (ADR 0020), and of two
claims of the same message one still finds itself overtaken.
"""

from collections.abc import Sequence

from crisis.core import event as ev
from crisis.core.event import Event

Key = tuple[str, str]

# Each of these changes one obligation and nothing else.
_OWN = (ev.Acknowledged, ev.Declined, ev.Answered, ev.Signed, ev.AttemptEnded)
# No step is called so.
_ATTRIBUTE = "@attribute"
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

    `since` is what others appended after that state. What belongs to other obligations
    does not count, nor do notes. Where messages are claimed, only answers and outcomes
    of others are passed over: who claims beside another planner plans anew.
    """
    answered = [
        event for event in since if not isinstance(event, ev.NoteAdded | ev.ComplaintCounted)
    ]
    if not answered:
        return False
    keys: set[Key] = set()
    steps: set[str] = set()
    for event in decided:
        if isinstance(event, _OF_A_STEP):
            steps.add(event.step)
            continue
        key = _key(event)
        if key is None:
            return True
        keys.add(key)
    is_plan = bool(steps) or any(isinstance(event, ev.AttemptStarted) for event in decided)
    return any(
        (is_plan and not isinstance(event, _OWN))
        or (key := _key(event)) is None
        or key in keys
        or key[0] in steps
        for event in answered
    )


def _key(event: Event) -> Key | None:
    """Return what an event changes and nothing else, None if that is more."""
    if isinstance(event, ev.AttributeSet):
        return (_ATTRIBUTE, event.attribute)
    if isinstance(event, _OF_A_PARTNER) and event.partner:
        return (event.step, event.partner)
    return None
