"""What lies on the lead's desk and still needs a human."""

from crisis.core.asked import Purpose
from crisis.core.condition import UNKNOWN_WORD
from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.core.state import Task
from crisis.core.task import TaskKind, TaskRaised


def open_tasks(incident: Incident) -> tuple[Task, ...]:
    """
    Return the tasks that a human must still act on, in the order in which they were raised.

    Left out are those that were done, and those that others have made needless: a
    call or another way to somebody who has taken over or need not answer any more,
    a refusal or a dissent that was taken back, a question whose answer came in by a form,
    a planned beginning that was moved or has come.
    """
    return tuple(task for task in incident.tasks.values() if is_open(incident, task))


def is_open(incident: Incident, task: Task) -> bool:
    """Return whether a human must still act on a task; see `open_tasks`."""
    return task.done_at is None and not _is_needless(incident, task)


def _is_needless(incident: Incident, task: Task) -> bool:
    raised = task.raised
    if raised.task_kind in {TaskKind.NEED, TaskKind.QUESTION, TaskKind.START}:
        return _is_answered(incident, raised)
    obligation = incident.obligations.get((raised.step, raised.partner))
    if obligation is None:
        return False
    match raised.task_kind:
        case TaskKind.PHONE:
            return not _is_wanted(incident, obligation, raised)
        case TaskKind.OTHER_WAY:
            return obligation.is_settled
        case TaskKind.DECLINED | TaskKind.DISSENT:
            refused = raised.task_kind is TaskKind.DECLINED
            stands = obligation.decline is not None if refused else obligation.dissents
            return not stands or obligation.obsolete_at is not None
        case _:
            return False


def _is_answered(incident: Incident, raised: TaskRaised) -> bool:
    """Return whether what was not known is known now: a fact, a beginning, a need's owner."""
    if raised.task_kind is TaskKind.START:
        return not incident.is_ahead or raised.task != incident.start_task
    if raised.task_kind is TaskKind.QUESTION:
        return incident.attributes.get(raised.subject, UNKNOWN_WORD) != UNKNOWN_WORD
    return all(one.is_owned or one.task != raised.task for one in incident.needs.values())


def _is_wanted(incident: Incident, obligation: Obligation, raised: TaskRaised) -> bool:
    """Return whether a call still has a reason: what it is to say is neither said nor over."""
    called_for = [a.purpose for a in obligation.attempts if str(a.n) == raised.subject]
    purposes = called_for or [Purpose.ASK]
    is_over = incident.stood_down_at is not None and Purpose.OBSOLETE in purposes
    return not is_over and any(obligation.wants(purpose) for purpose in purposes)
