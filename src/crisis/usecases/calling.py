"""A telephone task as the one who dials needs it: the number, the words, the code."""

from dataclasses import dataclass

from crisis.core.desk import open_tasks
from crisis.core.incident import Incident, Task
from crisis.core.link import ack_code
from crisis.core.message import call_message, mark_of
from crisis.core.secrecy import is_oral
from crisis.core.task import TaskKind
from crisis.usecases.reading import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """
    One call that a human must make.

    `number` is looked up anew and stored nowhere; empty if the contacts no longer
    hold it. `say` is in the language of the contact; if `is_oral`, nothing of it
    may be written down. `code` names the ask, for whoever calls back.
    """

    task: str
    contact: str
    number: str
    say: str
    code: str
    is_oral: bool


def calls(desk: Desk, incident: Incident) -> dict[str, Call]:
    """Return the open telephone tasks by their ids, in the order in which they were raised."""
    return {
        task.raised.task: _call(desk, incident, task)
        for task in open_tasks(incident)
        if task.raised.task_kind is TaskKind.PHONE and task.raised.step in incident.step_by_id
    }


def results_of(task: Task) -> tuple[str, ...]:
    """Return what can be reported on a task."""
    match task.raised.task_kind:
        case TaskKind.PHONE:
            return ("reached", "wrong-number", "no-answer")
        case TaskKind.OTHER_WAY:
            # Reached another way is an acknowledgement by telephone; done is not.
            return ("reached", "done")
        case _:
            return ("done",)


def _call(desk: Desk, incident: Incident, task: Task) -> Call:
    raised, house = task.raised, desk.house
    step = incident.step_by_id[raised.step]
    language = incident.opened.directory.contacts[raised.contact].language
    code = ack_code(house.secret, incident=incident.id, step=raised.step, partner=raised.partner)
    told = call_message(incident, raised, language, code=code)
    return Call(
        task=raised.task,
        contact=raised.contact,
        number=house.addresses.address(raised.channel) or "",
        say=f"{mark_of(incident, language)}{told}",
        code=code,
        is_oral=is_oral(incident, step),
    )
