"""What lies on the lead's desk, as plain values; a call with its number and what to say."""

from collections.abc import Callable
from datetime import datetime

import phonenumbers

from crisis.core.desk import open_tasks
from crisis.core.event import TaskKind
from crisis.core.incident import Incident, Task
from crisis.core.link import ack_code
from crisis.core.message import call_message, mark_of
from crisis.core.secrecy import is_oral
from crisis.usecases.calling import results_of
from crisis.web.labels import RESULTS
from crisis.web.moments import short_moment
from crisis.web.naming import Names
from crisis.web.texts import Texts
from crisis.web.waiting_view import deadline_view

View = dict[str, object]


def task_views(
    incident: Incident,
    *,
    address: Callable[[str], str | None],
    secret: bytes,
    now: datetime,
    say: Texts,
) -> list[View]:
    """Return the open tasks; `address` gives a channel's number, which is stored nowhere else."""
    names = Names(incident, say)
    return [
        {
            **_subject(task, names=names, now=now, say=say),
            **_deadline(incident, task, now=now, say=say),
            "call": _call(incident, task, address=address, secret=secret, say=say),
            "results": [(result, say(RESULTS[result])) for result in results_of(task)],
        }
        for task in open_tasks(incident)
    ]


def legible(number: str) -> str:
    """Return a telephone number in groups, as people read it out; others as they are written."""
    try:
        parsed = phonenumbers.parse(number, "DE")
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_valid_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _subject(task: Task, *, names: Names, now: datetime, say: Texts) -> View:
    raised = task.raised
    return {
        "id": raised.task,
        "title": names.task_kind(raised),
        "since": short_moment(task.raised_at, now=now, say=say),
        "step": names.step(raised.step) if raised.step else "",
        "partner": names.partner(raised.partner) if raised.partner else "",
        "contact": names.contact(raised.contact) if raised.contact else "",
        "subject": names.subject(raised),
        # What is asked for can be entered at once, on a page of its own.
        "fact": raised.subject if raised.task_kind is TaskKind.QUESTION else "",
    }


def _deadline(incident: Incident, task: Task, *, now: datetime, say: Texts) -> View:
    """Return by when who a task is about has to answer, or to be told, if it still has."""
    about = incident.obligations.get((task.raised.step, task.raised.partner))
    shown = deadline_view(about, now=now, say=say)
    if about is not None and about.is_telling:
        return {**shown, "by": say("Mitteilen bis %(at)s", at=shown["due"])}
    return {**shown, "by": say("Antwort bis %(at)s", at=shown["due"])}


def _call(
    incident: Incident,
    task: Task,
    *,
    address: Callable[[str], str | None],
    secret: bytes,
    say: Texts,
) -> View | None:
    raised = task.raised
    if raised.task_kind is not TaskKind.PHONE or raised.step not in incident.step_by_id:
        return None
    step = incident.step_by_id[raised.step]
    code = ack_code(secret, incident=incident.id, step=raised.step, partner=raised.partner)
    told = call_message(incident, raised, say.language, code=code)
    return {
        "number": legible(address(raised.channel) or ""),
        "say": f"{mark_of(incident, say.language)}{told}",
        "oral": is_oral(incident, step),
        "code": code,
    }
