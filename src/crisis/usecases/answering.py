"""What partners say: on their page, or by telephone to somebody who enters it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crisis.core import decide as deciding
from crisis.core.complaint import by_partner
from crisis.core.decide import Answering
from crisis.core.event import Via
from crisis.core.form import Answers
from crisis.core.incident import Incident
from crisis.core.link import link_hash
from crisis.core.refusal import moment_of, obligation_of, step_of
from crisis.errors import LinkGoneError, LinkUnknownError, RefusedError, UsageError
from crisis.usecases.ports import LinkPlace
from crisis.usecases.reading import Desk
from crisis.usecases.recording import record

# A page stays open this long after the incident was closed, and never longer than that in all.
OPEN_AFTER_CLOSING = timedelta(days=14)
OPEN_AT_MOST = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """
    Who replies to what.

    `partner` may be None where the step has just one. `contact` is the function
    that replies, the one that was asked first if None. `happened_at` None means now.
    """

    incident: str
    step: str
    by: str
    via: Via
    partner: str | None = None
    contact: str | None = None
    happened_at: datetime | None = None


def follow_link(desk: Desk, token: str) -> LinkPlace:
    """
    Return where a partner's link leads.

    Raises:
        LinkUnknownError: no such link was ever given out.
        LinkGoneError: it was revoked, or its time is over.
    """
    hashed = link_hash(token)
    place = desk.house.log.find_link(hashed)
    if place is None:
        raise LinkUnknownError
    incident = desk.incidents.current(place.incident)
    now = desk.house.clock.now()
    closed = incident.closed_at is not None and now > incident.closed_at + OPEN_AFTER_CLOSING
    begun_at = max(incident.opened_at, incident.t0)
    if closed or hashed in incident.revoked_links or now > begun_at + OPEN_AT_MOST:
        raise LinkGoneError
    return place


def acknowledge(desk: Desk, reply: Reply) -> Incident:
    """
    Record that a partner took over.

    Raises:
        NotFoundError: unknown incident, step, partner or contact; the message lists them.
        RefusedError: it was acknowledged before, is no longer asked, or has not begun.
        UsageError: the step has several partners and none was named.
    """
    return record(
        desk,
        reply.incident,
        lambda incident, now: deciding.acknowledge(
            incident, _answering(incident, reply, now), now=now
        ),
        by=reply.by,
        rule=by_partner,
    )


def decline(desk: Desk, reply: Reply, *, reason: str) -> Incident:
    """
    Record that a partner cannot or need not act; the task goes back to the lead (A97).

    Raises:
        UsageError: no reason was given.
        PersonalDataError: the reason seems to name a person; nothing was stored.
    """
    return record(
        desk,
        reply.incident,
        lambda incident, now: deciding.decline(
            incident, _answering(incident, reply, now), reason=reason, now=now
        ),
        by=reply.by,
        rule=by_partner,
    )


def answer(desk: Desk, reply: Reply, *, answers: Answers) -> Incident:
    """
    Record an answer to a step's form; a later one replaces it, the log keeps both.

    Raises:
        PersonalDataError: a text seems to name a person; nothing was stored.
        UsageError: something in the form is wrong; every fault is listed.
    """
    return record(
        desk,
        reply.incident,
        lambda incident, now: deciding.answer(
            incident, _answering(incident, reply, now), answers=answers, now=now
        ),
        by=reply.by,
        rule=by_partner,
    )


def sign(
    desk: Desk, reply: Reply, *, verdict: Literal["agreed", "remark", "dissent"], remark: str = ""
) -> Incident:
    """
    Record a partner's signature.

    Raises:
        RefusedError: the step asks for no signature.
        UsageError: a remark or a dissent came without words.
    """
    return record(
        desk,
        reply.incident,
        lambda incident, now: deciding.sign(
            incident,
            _answering(incident, reply, now),
            verdict=verdict,
            remark=remark,
            now=now,
        ),
        by=reply.by,
        rule=by_partner,
    )


def _answering(incident: Incident, reply: Reply, now: datetime) -> Answering:
    step_of(incident, reply.step)
    partner = reply.partner or only_partner(incident, reply.step)
    contact = reply.contact
    if contact is None:
        attempts = obligation_of(incident, reply.step, partner).attempts
        first = incident.opened.directory.partner(partner).contact
        contact = attempts[0].contact if attempts else first
    return Answering(
        step=reply.step,
        partner=partner,
        contact=contact,
        via=reply.via,
        happened_at=moment_of(incident, reply.happened_at, now=now),
    )


def asked_directly(incident: Incident, step: str) -> tuple[str, ...]:
    """Return the partners of a step that the house itself asked; members are their hub's."""
    return tuple(one.partner for one in incident.obligations_of(step) if one.membership is None)


def only_partner(incident: Incident, step: str) -> str:
    """
    Return the partner of a step that was asked of just one; a hub's members do not count.

    Raises:
        RefusedError: it was asked of nobody, or not yet.
        UsageError: it was asked of several; the message lists them.
    """
    run = incident.run_of(step)
    if run.started_at is None:
        message = f"{step} has not begun: nobody was asked yet"
        raise RefusedError(message)
    partners = asked_directly(incident, step)
    if not partners:
        message = f"{step} was asked of nobody: there is no partner for it here"
        raise RefusedError(message)
    if len(partners) > 1:
        listed = ", ".join(partners)
        message = f"{step} was asked of {len(partners)} partners; name one of: {listed}"
        raise UsageError(message)
    return partners[0]
