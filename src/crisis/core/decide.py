"""
Commands become events, or are refused.

Each function takes the incident as it is, what somebody wants and the present
moment, and returns the events that follow. It changes nothing. `happened_at`
may lie in the past (a telephone call entered later), never in the future and
never before T0.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crisis.core import event as ev
from crisis.core.answer import faults, guards_refused
from crisis.core.availability import clock_text
from crisis.core.condition import UNKNOWN_WORD, Value
from crisis.core.contact import contacts_of
from crisis.core.event import Event
from crisis.core.form import Answers, FieldKind, Form
from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.core.playbook import ExpectAnswer, ExpectDecision
from crisis.core.refusal import (
    obligation_of,
    refuse_faults,
    require_moment,
    require_no_person,
    require_not_closed,
    require_running,
    require_text,
    step_of,
)
from crisis.errors import NotFoundError, RefusedError, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers for which obligation, how, and when it happened."""

    step: str
    partner: str
    contact: str
    via: ev.Via
    happened_at: datetime


def acknowledge(incident: Incident, answering: Answering, *, now: datetime) -> tuple[Event, ...]:
    """
    Return the acknowledgement of one obligation.

    Raises:
        RefusedError: it was already acknowledged, or nothing is expected any more. What was
            said before it fell away may still be entered.
    """
    obligation = _open_obligation(incident, answering, now=now, or_before=True)
    if obligation.acknowledgement is not None and obligation.decline is None:
        taken = obligation.acknowledgement
        message = (
            f"{obligation.step} was already acknowledged at {clock_text(taken.happened_at)} "
            f"by {taken.contact}; nothing was changed"
        )
        raise RefusedError(message)
    return (_acknowledged(answering),)


def decline(
    incident: Incident, answering: Answering, *, reason: str, now: datetime
) -> tuple[Event, ...]:
    """
    Return a partner's refusal and the task that goes back to the lead (A97).

    Raises:
        UsageError: no reason was given.
        PersonalDataError: the reason seems to name a person.
    """
    obligation = _open_obligation(incident, answering, now=now)
    if answering.step in incident.offers and obligation.is_fulfilled:
        message = f"{answering.partner} has taken the lead with {answering.step}; hand it over"
        raise RefusedError(message)
    require_text("reason", reason)
    return (
        ev.Declined(
            step=answering.step,
            partner=answering.partner,
            contact=answering.contact,
            via=answering.via,
            reason=reason,
            happened_at=answering.happened_at,
        ),
        ev.TaskRaised(
            task=f"declined/{answering.step}/{answering.partner}/{incident.version}",
            task_kind=ev.TaskKind.DECLINED,
            step=answering.step,
            partner=answering.partner,
            contact=answering.contact,
        ),
    )


def answer(
    incident: Incident, answering: Answering, *, answers: Answers, now: datetime
) -> tuple[Event, ...]:
    """
    Return an answer to the step's form, with what follows from it.

    A guard question answered with no raises a task; a field that sets an
    attribute sets it. A later answer replaces the earlier one.

    Raises:
        RefusedError: the step asks for no answer, or is over.
        PersonalDataError: a text seems to name a person; nothing is stored.
        UsageError: something in the form is wrong; every fault is listed.
    """
    obligation = _open_obligation(incident, answering, now=now)
    form = form_of(incident, answering.step)
    given = {name: value for name, value in answers.items() if value not in ("", [])}
    if not given:
        raise UsageError(
            "Bitte mindestens eine Frage beantworten; was offen ist, als „offen“. / "
            "Please answer at least one question; say “not known yet” where it is open."
        )
    refuse_faults(faults(form, given))
    first = () if obligation.acknowledgement else (_acknowledged(answering),)
    return (
        *first,
        ev.Answered(
            step=answering.step,
            partner=answering.partner,
            contact=answering.contact,
            via=answering.via,
            answers=given,
            happened_at=answering.happened_at,
        ),
        *_guard_tasks(incident, answering, form, given),
        *_attributes_set(incident, answering, form, given),
    )


def form_of(incident: Incident, step_id: str) -> Form:
    """
    Return the form of a step.

    Raises:
        RefusedError: the step asks for no answer.
    """
    expect = incident.step_by_id[step_id].expect
    if not isinstance(expect, ExpectAnswer):
        message = f"{step_id} asks for no answer to a form; acknowledge or decline it instead"
        raise RefusedError(message)
    return next(form for form in incident.playbook.forms if form.id == expect.form)


def sign(
    incident: Incident,
    answering: Answering,
    *,
    verdict: Literal["agreed", "remark", "dissent"],
    remark: str,
    now: datetime,
) -> tuple[Event, ...]:
    """
    Return a partner's signature; a dissent becomes a task for the lead.

    Raises:
        RefusedError: the step asks for no signature.
        UsageError: a remark or a dissent came without words.
    """
    _open_obligation(incident, answering, now=now)
    if incident.step_by_id[answering.step].expect.kind != "sign_off":
        message = f"{answering.step} asks for no signature"
        raise RefusedError(message)
    if verdict != "agreed":
        require_text("remark", remark)
    require_no_person("remark", remark)
    return (
        ev.Signed(
            step=answering.step,
            partner=answering.partner,
            contact=answering.contact,
            via=answering.via,
            verdict=verdict,
            remark=remark,
            happened_at=answering.happened_at,
        ),
        *(_dissent(incident, answering) if verdict == "dissent" else ()),
    )


def _dissent(incident: Incident, answering: Answering) -> tuple[Event, ...]:
    return (
        ev.TaskRaised(
            task=f"dissent/{answering.step}/{answering.partner}/{incident.version}",
            task_kind=ev.TaskKind.DISSENT,
            step=answering.step,
            partner=answering.partner,
            contact=answering.contact,
        ),
    )


def decide(
    incident: Incident,
    *,
    step: str,
    option: str,
    reason: str,
    happened_at: datetime,
    now: datetime,
) -> tuple[Event, ...]:
    """
    Return a decision (A04). It may be changed later; every decision stays in the log.

    Raises:
        NotFoundError: there is no such step or option; the message lists what exists.
        RefusedError: the step asks for no decision, or is not yet to be decided.
        UsageError: no reason was given.
    """
    require_running(incident)
    require_moment(incident, happened_at, now=now)
    expect = step_of(incident, step).expect
    if not isinstance(expect, ExpectDecision):
        message = f"{step} is no decision"
        raise RefusedError(message)
    options = [each.id for each in expect.options]
    if option not in options:
        message = f"{step} has no option {option!r}; there are: {', '.join(options)}"
        raise NotFoundError(message)
    if incident.run_of(step).started_at is None:
        message = f"{step} has not begun yet; nothing is to be decided"
        raise RefusedError(message)
    require_text("reason", reason)
    return (
        ev.Decided(
            step=step, option=option, reason=reason, by_default=False, happened_at=happened_at
        ),
    )


def _acknowledged(answering: Answering) -> ev.Acknowledged:
    return ev.Acknowledged(
        step=answering.step,
        partner=answering.partner,
        contact=answering.contact,
        via=answering.via,
        happened_at=answering.happened_at,
    )


def _guard_tasks(
    incident: Incident, answering: Answering, form: Form, answers: Answers
) -> tuple[Event, ...]:
    return tuple(
        ev.TaskRaised(
            task=f"guard/{answering.step}/{answering.partner}/{field}/{incident.version}",
            task_kind=ev.TaskKind.GUARD,
            step=answering.step,
            partner=answering.partner,
            contact=answering.contact,
            subject=field,
        )
        for field in guards_refused(form, answers)
    )


def _attributes_set(
    incident: Incident, answering: Answering, form: Form, answers: Answers
) -> tuple[Event, ...]:
    return tuple(
        ev.AttributeSet(
            attribute=field.sets,
            value=value,
            source=f"{answering.step}/{answering.partner}",
            happened_at=answering.happened_at,
        )
        for field in form.fields
        if field.sets is not None
        and field.id in answers
        and (value := _as_value(field.kind, answers[field.id])) is not None
        and incident.attributes.get(field.sets) != value
        # Who does not know it takes nothing from those who do.
        and (value != UNKNOWN_WORD or field.sets not in incident.attributes)
    )


def _as_value(kind: FieldKind, answer: object) -> Value | None:
    if kind is FieldKind.LIST and isinstance(answer, list):
        return tuple(str(item) for item in answer)
    return answer if isinstance(answer, str | int) else None


def _open_obligation(
    incident: Incident, answering: Answering, *, now: datetime, or_before: bool = False
) -> Obligation:
    require_not_closed(incident)
    require_moment(incident, answering.happened_at, now=now)
    obligation = obligation_of(incident, answering.step, answering.partner)
    if obligation.is_telling:
        message = (
            f"{answering.step} only tells {answering.partner}: no answer is needed, none entered"
        )
        raise RefusedError(message)
    over_at = obligation.obsolete_at
    if over_at is not None and not (or_before and answering.happened_at < over_at):
        message = f"{answering.step} is no longer asked of {answering.partner}; thank you"
        raise RefusedError(message)
    directory = incident.opened.directory
    if answering.contact not in directory.contacts:
        known = ", ".join(contacts_of(directory, answering.partner))
        message = f"there is no contact {answering.contact!r}; this partner's are: {known}"
        raise NotFoundError(message)
    return obligation
