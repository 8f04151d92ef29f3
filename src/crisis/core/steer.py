"""What the duty officer may do at any time, as events; the refusals live here too."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Literal, assert_never

from crisis.core import event as ev
from crisis.core.availability import clock_text
from crisis.core.condition import UNKNOWN_WORD, Value
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Event
from crisis.core.incident import Incident, Task
from crisis.core.obligation import Obligation, ObligationState
from crisis.core.playbook import Attribute, AttributeKind, Playbook
from crisis.core.refusal import (
    obligation_of,
    require_moment,
    require_no_person,
    require_not_closed,
    require_running,
    require_text,
    step_of,
)
from crisis.core.region import is_key
from crisis.errors import NotFoundError, RefusedError, UsageError

TRISTATE = ("yes", "no", UNKNOWN_WORD)
Result = Literal["reached", "wrong-number", "no-answer", "done"]


def checked_value(playbook: Playbook, name: str, value: Value) -> Value:
    """
    Return an attribute's value if the playbook allows it.

    Raises:
        NotFoundError: the playbook has no such attribute; the message lists them.
        UsageError: the value is not of the attribute's kind; the message says what is.
        PersonalDataError: an item of a list seems to name a person.
    """
    attribute = next((each for each in playbook.attributes if each.id == name), None)
    if attribute is None:
        known = ", ".join(each.id for each in playbook.attributes)
        message = f"{playbook.id} has no attribute {name!r}; there are: {known}"
        raise NotFoundError(message)
    wanted = _wanted(attribute, value)
    if wanted:
        message = f"{name}={value!r} does not fit: write {wanted}"
        raise UsageError(message)
    if isinstance(value, tuple):
        for item in value:
            require_no_person(name, item)
    return value


def set_attribute(
    incident: Incident,
    *,
    name: str,
    value: Value,
    source: str,
    happened_at: datetime,
    now: datetime,
) -> tuple[Event, ...]:
    """Return a fact that became known; conditions are judged anew by the next plan (A96)."""
    require_running(incident)
    require_moment(incident, happened_at, now=now)
    require_text("source", source)
    checked = checked_value(incident.playbook, name, value)
    question = incident.tasks.get(f"question/{name}")
    answered: tuple[Event, ...] = ()
    if question is not None and question.done_at is None and value != UNKNOWN_WORD:
        answered = (
            ev.TaskDone(
                task=question.raised.task, result="done", note="", happened_at=happened_at
            ),
        )
    return (
        ev.AttributeSet(attribute=name, value=checked, source=source, happened_at=happened_at),
        *answered,
    )


def skip(incident: Incident, *, step: str, partner: str | None, reason: str) -> tuple[Event, ...]:
    """
    Return that a step, or one partner of it, is left out, with the reason for the report.

    Raises:
        RefusedError: it was left out before; the message says when.
    """
    require_running(incident)
    require_text("reason", reason)
    step_of(incident, step)
    skipped_at = incident.run_of(step).skipped_at
    if partner is not None:
        obligation = obligation_of(incident, step, partner)
        skipped_at = obligation.obsolete_at if obligation.obsolete_reason == "skipped" else None
    if skipped_at is not None:
        whom = step if partner is None else f"{step} {partner}"
        message = f"{whom} was already left out at {clock_text(skipped_at)}; nothing was changed"
        raise RefusedError(message)
    return (ev.StepSkipped(step=step, partner=partner, reason=reason),)


def ask(
    incident: Incident,
    *,
    partner: str,
    text: str,
    reason: str,
    within: timedelta | None,
    now: datetime,
) -> tuple[Event, ...]:
    """Return an ask outside the playbook, logged as a deviation."""
    require_running(incident)
    require_text("text", text)
    require_text("reason", reason)
    known = [each.id for each in incident.opened.directory.partners]
    if partner not in known:
        message = (
            f"there is no partner {partner!r} in this incident; there are: {', '.join(known)}"
        )
        raise NotFoundError(message)
    named = (f"X{number:02d}" for number in count(1))
    return (
        ev.AdHocAsked(
            step=next(name for name in named if name not in incident.step_by_id),
            partner=partner,
            text=text,
            reason=reason,
            due_at=None if within is None else now + within,
            within=within,
        ),
    )


def note(
    incident: Incident, *, text: str, happened_at: datetime, now: datetime
) -> tuple[Event, ...]:
    """Return a remark for the log."""
    require_moment(incident, happened_at, now=now)
    require_text("text", text)
    return (ev.NoteAdded(text=text, happened_at=happened_at),)


def stand_down(incident: Incident, *, reason: str, now: datetime) -> tuple[Event, ...]:
    """Return the end of the response (A95); everyone who was contacted is told by the plan."""
    require_running(incident)
    require_text("reason", reason)
    return (ev.StoodDown(reason=reason, happened_at=now),)


def close(incident: Incident, *, reason: str) -> tuple[Event, ...]:
    """
    Return the end of the record.

    Raises:
        RefusedError: a partner has not answered and is in nobody's hands, or is yet
            to be asked; the message names them all.
    """
    require_text("reason", reason)
    if incident.closed_at is not None:
        message = f"incident {incident.id} was closed at {incident.closed_at.isoformat()}"
        raise RefusedError(message)
    waiting = [
        f"{obligation.step} {obligation.partner} ({obligation.state})"
        for obligation in incident.obligations.values()
        if not obligation.is_settled and obligation.state is not ObligationState.HANDED_TO_PERSON
    ]
    if incident.stood_down_at is not None and _is_somebody_untold(incident):
        message = (
            f"incident {incident.id} was stood down, and those who were contacted have not been "
            "told yet; close it once the engine has told them and they have answered"
        )
        raise RefusedError(message)
    if waiting:
        ways = "Skip them with a reason or enter what they said"
        if incident.stood_down_at is None:
            ways = "Skip them with a reason, enter what they said, or stand the incident down"
        message = f"{len(waiting)} partners have not answered: {'; '.join(waiting)}. {ways}"
        raise RefusedError(message)
    return (ev.IncidentClosed(reason=reason),)


def _is_somebody_untold(incident: Incident) -> bool:
    told = incident.run_of(incident.playbook.stand_down.id)
    if told.started_at is None:
        return any(each.was_contacted for each in incident.obligations.values())
    heard = (each.partner for each in incident.obligations.values() if each.has_heard)
    return any(partner not in told.partners for partner in heard)


def finish_task(
    incident: Incident,
    *,
    task: str,
    result: Result,
    note: str,
    happened_at: datetime,
    now: datetime,
) -> tuple[Event, ...]:
    """
    Return what a human reported about a task.

    A telephone number that was wrong is a hard failure: the next channel follows
    at once. No answer is a soft one. Reached is an acknowledgement by telephone; where
    nothing is expected, the partner was told. Who was not reached another way either stays
    on the desk, as a new task.

    Raises:
        NotFoundError: there is no such task; the message lists the open ones.
        RefusedError: it was done before, or the incident is closed.
    """
    require_not_closed(incident)
    require_moment(incident, happened_at, now=now)
    if note:
        require_text("note", note)
    held = incident.tasks.get(task)
    if held is None:
        still = [name for name, each in incident.tasks.items() if each.done_at is None]
        message = f"there is no task {task!r}; open are: {', '.join(still) or 'none'}"
        raise NotFoundError(message)
    if held.done_at is not None:
        message = f"{task} was done at {held.done_at.isoformat()} ({held.result})"
        raise RefusedError(message)
    done = ev.TaskDone(task=task, result=result, note=note, happened_at=happened_at)
    return (done, *_after_call(incident, held, result=result, happened_at=happened_at))


def _is_past(obligation: Obligation, raised: ev.TaskRaised, result: Result) -> bool:
    """Return whether nothing follows from a call; who must hear that it is over is tried on."""
    if obligation.is_telling and result == "reached":
        return True  # that the task is done says that it was told
    called_for = [a.purpose for a in obligation.attempts if str(a.n) == raised.subject]
    if result == "reached" and not obligation.has_heard and set(called_for) <= _ASKING:
        return False  # entered late: whoever was asked by telephone knows, and is told of the end
    still_to_hear = result != "reached" and any(map(obligation.wants, called_for))
    return obligation.is_settled and not still_to_hear


_ASKING = frozenset({ev.Purpose.ASK, ev.Purpose.REPEAT})


def _after_call(
    incident: Incident, held: Task, *, result: Result, happened_at: datetime
) -> tuple[Event, ...]:
    raised = held.raised
    obligation = incident.obligations.get((raised.step, raised.partner))
    if obligation is None or _is_past(obligation, raised, result):
        return ()
    if result == "reached" and obligation.acknowledgement is None:
        contact = raised.contact or incident.opened.directory.partner(raised.partner).contact
        return (
            ev.Acknowledged(
                step=raised.step,
                partner=raised.partner,
                contact=contact,
                via=ev.Via.PHONE,
                happened_at=happened_at,
            ),
        )
    if result not in {"wrong-number", "no-answer"}:
        return ()
    if raised.task_kind is ev.TaskKind.OTHER_WAY:
        task = f"other-way/{raised.step}/{raised.partner}/{incident.version}"
        return (replace(raised, task=task),)
    if raised.task_kind is not ev.TaskKind.PHONE:
        return ()
    wrong = result == "wrong-number"
    return (
        ev.AttemptEnded(
            step=raised.step,
            partner=raised.partner,
            n=int(raised.subject),
            outcome=OutcomeKind.REJECTED if wrong else OutcomeKind.DEFERRED,
            code=result,
        ),
    )


def revoke_link(incident: Incident, *, link_hash: str, reason: str) -> tuple[Event, ...]:
    """
    Return that a contact's page no longer opens.

    Raises:
        NotFoundError: this incident gave out no such link.
    """
    require_text("reason", reason)
    given = {
        attempt.link_hash
        for obligation in incident.obligations.values()
        for attempt in obligation.attempts
    }
    if link_hash not in given:
        message = f"incident {incident.id} gave out no link with the hash {link_hash!r}"
        raise NotFoundError(message)
    return (ev.LinkRevoked(link_hash=link_hash, reason=reason),)


def _wanted(attribute: Attribute, value: Value) -> str:
    """Return what to write instead, or nothing if the value fits."""
    match attribute.kind:
        case AttributeKind.CHOICE:
            fits = value in attribute.values
            return "" if fits else f"one of {', '.join(attribute.values)}"
        case AttributeKind.TRISTATE:
            return "" if value in TRISTATE else "yes, no or unknown"
        case AttributeKind.COUNT:
            fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            return "" if fits else "a whole number from 0"
        case AttributeKind.LIST:
            return "" if isinstance(value, tuple) else "a list, parted by commas"
        case AttributeKind.REGION:
            fits = isinstance(value, str) and is_key(value)
            return "" if fits else "a region's key of 2, 5 or 8 digits"
        case _:
            assert_never(attribute.kind)
