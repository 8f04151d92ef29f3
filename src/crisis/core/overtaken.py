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

Key = tuple[str, str]

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

    `since` is what others appended after that state. What belongs to other obligations
    does not count, nor do notes. Where messages are claimed, only answers and outcomes
    of others are passed over: who claims beside another planner plans anew.
    """
    answered = [event for event in since if not isinstance(event, ev.NoteAdded)]
    if not answered:
        return False
    keys: set[Key] = set()
    steps: set[str] = set()
    for event in decided:
        if isinstance(event, _OF_A_STEP):
            steps.add(event.step)
        elif isinstance(event, _OF_A_PARTNER) and event.partner:
            keys.add((event.step, event.partner))
        else:
            return True
    is_plan = bool(steps) or any(isinstance(event, ev.AttemptStarted) for event in decided)
    passed_over = _OWN if is_plan else _OF_A_PARTNER
    return any(
        not isinstance(event, passed_over)
        or not event.partner
        or event.step in steps
        or (event.step, event.partner) in keys
        for event in answered
    )
