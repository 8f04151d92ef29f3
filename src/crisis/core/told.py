"""
What a step that expects nothing is done by: a way that took the message, or a call.

Nobody acknowledges such a step, so nothing here counts as taken over. A call that a
human makes tells nobody while it lies on the desk; who was reached by it was told.
"""

from datetime import datetime

from crisis.core.asked import AttemptEnded, Purpose
from crisis.core.contact import Directory, is_spoken
from crisis.core.delivery import OutcomeKind
from crisis.core.obligation import Obligation
from crisis.core.task import TaskDone, TaskKind, TaskRaised

_TELLING = frozenset({Purpose.ASK, Purpose.REPEAT})
_CALLS = frozenset({TaskKind.PHONE, TaskKind.OTHER_WAY})


def ended(
    obligation: Obligation, event: AttemptEnded, directory: Directory, *, at: datetime
) -> Obligation:
    """Return an obligation after an attempt's outcome; the first acceptance tells."""
    after = obligation.with_outcome(event, at=at)
    if not after.is_telling or event.outcome is not OutcomeKind.ACCEPTED:
        return after
    for attempt in after.current:
        lies_on_the_desk = is_spoken(directory.contacts[attempt.contact], attempt.channel)
        if attempt.n == event.n and attempt.purpose in _TELLING and not lies_on_the_desk:
            return after.fulfilled(at)
    return after


def called(obligation: Obligation, raised: TaskRaised, done: TaskDone) -> Obligation:
    """Return an obligation after a human reported on a task about it."""
    if obligation.is_telling and raised.task_kind in _CALLS and done.result == "reached":
        return obligation.fulfilled(done.happened_at)
    return obligation
