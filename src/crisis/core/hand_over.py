"""Handing the lead over: the first of the two words (A99)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from crisis.core import event as ev
from crisis.core.answer import faults
from crisis.core.contact import contacts_of, holders
from crisis.core.event import Event
from crisis.core.form import Answers
from crisis.core.incident import Incident
from crisis.core.leading import lead_now, open_offer
from crisis.core.refusal import refuse_faults, require_moment, require_running, require_text
from crisis.errors import NotFoundError, RefusedError, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """
    To whom the lead is handed, why, with which brief and how long they have to say yes.

    `to` is a partner, a role that one partner holds here, or a function of a partner.
    `brief` answers the form that the playbook names for a hand-over.
    """

    to: str
    reason: str
    brief: Answers
    within: timedelta | None = None


def hand_over(
    incident: Incident, handing: Handing, *, happened_at: datetime, now: datetime
) -> tuple[Event, ...]:
    """
    Return that the lead is offered to somebody, who leads from its own word on.

    Raises:
        NotFoundError: there is no such partner, role or function in this incident.
        RefusedError: it leads already, or another hand-over waits for its second word.
        UsageError: the role has several holders, or the brief is missing or wrong.
        PersonalDataError: reason or brief seem to name a person.
    """
    require_running(incident)
    require_moment(incident, happened_at, now=now)
    require_text("reason", handing.reason)
    waiting, leading = open_offer(incident), lead_now(incident)
    if waiting is not None:
        message = (
            f"{waiting.step} offers the lead to {waiting.contact} and waits for its word; leave "
            f"it out first: crisis incident skip {incident.id} {waiting.step} --reason …"
        )
        raise RefusedError(message)
    partner, contact = _whom(incident, handing.to)
    if leading is not None and (leading.partner, leading.contact) == (partner, contact):
        message = f"{contact} leads already; nothing was changed"
        raise RefusedError(message)
    form = _checked(incident, handing.brief)
    names = (f"H{number:02d}" for number in count(1))
    return (
        ev.LeadOffered(
            step=next(name for name in names if name not in incident.step_by_id),
            partner=partner,
            contact=contact,
            reason=handing.reason,
            due_at=None if handing.within is None else now + handing.within,
            within=handing.within,
            happened_at=happened_at,
            form=form,
            brief=handing.brief,
        ),
    )


def _whom(incident: Incident, to: str) -> tuple[str, str]:
    directory = incident.opened.directory
    partners = {partner.id: partner for partner in directory.partners}
    if to in partners:
        return to, partners[to].contact
    for partner in directory.partners:
        if to in contacts_of(directory, partner.id):
            return partner.id, to
    held = holders(directory, to, region=incident.opened.region)
    if len(held) > 1:
        listed = ", ".join(partner.id for partner in held)
        message = f"{to} is held by several here; name one of: {listed}"
        raise UsageError(message)
    if not held:
        message = (
            f"there is no partner, function or role {to!r} in this incident; partners are: "
            f"{', '.join(partners)}"
        )
        raise NotFoundError(message)
    return held[0].id, held[0].contact


def _checked(incident: Incident, brief: Answers) -> str:
    """Return the id of the form that the brief answers."""
    wanted = incident.playbook.lead.brief
    form = next((one for one in incident.playbook.forms if one.id == wanted), None)
    if form is None:
        if brief:
            message = "this playbook asks for no brief at a hand-over; say it in the reason"
            raise UsageError(message)
        return ""
    if not brief:
        listed = ", ".join(field.id for field in form.fields)
        message = f"hand over with a brief, form {form.id}; its fields are: {listed}"
        raise UsageError(message)
    refuse_faults(faults(form, brief))
    return form.id
