"""
Claim, act, record.

1. Read and plan. 2. Append the facts and the claims in one batch, only if nobody
wrote in between: the loser of a race has sent nothing. 3. Send. 4. Append what
became of it (`outcomes.py`). A claim without an outcome becomes `unknown` and is asked
again with a mark: losing a message is worse than repeating one (ADR 0001).
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256

from crisis.core.allowed import whatever
from crisis.core.delivery import OutcomeKind, Outgoing
from crisis.core.engine_id import is_predecessor
from crisis.core.event import SYSTEM, AttemptEnded, AttemptStarted, Mode
from crisis.core.incident import Incident
from crisis.core.link import ack_code, link_hash, link_token
from crisis.core.message import compose, sender_of
from crisis.core.outlook import Outlook
from crisis.core.overtaken import is_overtaken
from crisis.core.plan import Compute, Plan
from crisis.core.pursuit import Ask
from crisis.core.standstill import Look
from crisis.core.timing import earliest
from crisis.core.words import Words
from crisis.errors import BrokenChainError, LogMovedOnError
from crisis.usecases.delivery import Delivery
from crisis.usecases.guard import Judged, channel_of
from crisis.usecases.outcomes import carry_out
from crisis.usecases.reading import Desk
from crisis.usecases.recording import MOST_TRIES, record
from crisis.usecases.reports import draft

RESTARTED = "restart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """
    What one claim yielded.

    `left` is how many more messages are due and not claimed yet, for want of room; `look`
    is what tells whether the incident moves.
    """

    deliveries: tuple[Delivery, ...] = ()
    computes: tuple[Compute, ...] = ()
    wake_at: datetime | None = None
    left: int = 0
    look: Look | None = field(default=None, compare=False, repr=False)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all is due."""
        return not self.deliveries and not self.computes and not self.left


def claim(desk: Desk, incident_id: str, *, room: int) -> Round:
    """
    Append what is due now and return what to send, at most `room` messages.

    Raises:
        NotFoundError: there is no such incident.
        UnreachableError: the log cannot be written. Claims that were stored all the
            same are nobody's; they become unknown and are asked again with a mark.
        LogMovedOnError: others kept writing; nothing was claimed.
    """
    for _ in range(MOST_TRIES):
        claimed_at = desk.house.stopwatch.seconds()
        incident = desk.incidents.current(incident_id)
        now = desk.house.clock.now()
        due = desk.incidents.planned(incident, now=now, most=max(room, 0))
        if not due.facts and not due.asks:
            return _round(due, at=now, version=incident.version, reached=incident.version)
        judged = _judged(desk, due)
        claims = tuple(_claims(desk, due, judged, claimed_at=claimed_at))
        events = (*due.facts, *judged.held, *(started for started, _ in claims))
        try:
            entries = desk.house.log.append(
                incident_id,
                events,
                actor=SYSTEM,
                at=now,
                expected_version=incident.version,
                minds=partial(is_overtaken, events),
            )
        except LogMovedOnError:
            _forget(desk, due, judged)
            continue
        desk.incidents.after(incident, entries)
        return _round(
            due,
            at=now,
            version=incident.version,
            reached=entries[-1].version,
            deliveries=tuple(delivery for _, delivery in claims),
            held_until=judged.wake_at,
        )
    message = f"incident {incident_id} is being written to without pause; nothing was claimed"
    raise LogMovedOnError(message)


def tick(desk: Desk, incident_id: str, *, pool: Executor) -> datetime | None:
    """Do everything that is due without Prefect, and return when to look again."""

    def carry(deliveries: tuple[Delivery, ...]) -> None:
        for sent in [pool.submit(carry_out, desk, each) for each in deliveries]:
            sent.result()

    return until_quiet(desk, incident_id, carry)


def until_quiet(
    desk: Desk, incident_id: str, carry: Callable[[tuple[Delivery, ...]], None]
) -> datetime | None:
    """
    Claim, have carried out and compute until nothing is due; return when to look again.

    `carry` gets each window of claimed messages and returns once all have their outcome.
    """
    while True:
        claimed = claim(desk, incident_id, room=desk.house.in_flight)
        if claimed.is_quiet:
            return claimed.wake_at
        carry(claimed.deliveries)
        for compute in claimed.computes:
            draft(desk, incident_id, status=compute.status)


def recover(desk: Desk) -> int:
    """
    Record as unknown what this engine's predecessor left without an outcome; return how much.

    For the start of an engine: the process before it under the same name is gone. What
    others claimed they may be just sending; it counts as lost after a minute. An
    incident whose log is damaged is left out, so that it stops no other.
    """
    lost = 0
    for found in desk.incidents.gather(desk.house.log.open_incidents()).incidents:
        known = _left_behind(found, desk.house.engine)
        if known:
            # Decided anew if somebody writes: an outcome that comes now must not be overwritten.
            try:
                record(
                    desk,
                    found.id,
                    lambda incident, _now: _left_behind(incident, desk.house.engine),
                    by=SYSTEM,
                    rule=whatever,
                )
            except BrokenChainError:
                continue  # attending to it says so, again and again
        lost += len(known)
    return lost


def _left_behind(incident: Incident, engine: str) -> tuple[AttemptEnded, ...]:
    return tuple(
        AttemptEnded(
            step=obligation.step,
            partner=obligation.partner,
            n=attempt.n,
            outcome=OutcomeKind.UNKNOWN,
            code=RESTARTED,
        )
        for obligation in incident.obligations.values()
        for attempt in obligation.attempts
        if attempt.ended_at is None and is_predecessor(attempt.engine, of=engine)
    )


def _judged(desk: Desk, due: Plan) -> Judged:
    """Let the guard say what may leave now; without one all may."""
    guard = desk.house.guard
    if guard is None or due.view is None:
        return Judged(asks=tuple((ask, "") for ask in due.asks))
    return guard.judge(due.view, due.asks)


def _forget(desk: Desk, due: Plan, judged: Judged) -> None:
    if desk.house.guard is not None and due.view is not None:
        desk.house.guard.forget(due.view, judged)


def _round(
    due: Plan,
    *,
    at: datetime,
    version: int,
    reached: int,
    deliveries: tuple[Delivery, ...] = (),
    held_until: datetime | None = None,
) -> Round:
    wake_at = earliest(due.wake_at, held_until)
    return Round(
        deliveries=deliveries,
        computes=due.computes,
        wake_at=wake_at,
        left=due.left,
        look=Look(
            at=at,
            version=version,
            reached=reached,
            left=due.left,
            sent=bool(deliveries),
            wake_at=wake_at,
        ),
    )


def _claims(
    desk: Desk, due: Plan, judged: Judged, *, claimed_at: float
) -> Iterator[tuple[AttemptStarted, Delivery]]:
    view = due.view
    assert view is not None  # noqa: S101 -- only a closed incident has none, and asks nobody
    sender = sender_of(view.incident)
    for ask, provider in judged.asks:
        started, outgoing = _claimed(desk, view, ask, sender=sender, provider=provider)
        yield started, _delivery(view, ask, outgoing, claimed_at=claimed_at)


def _claimed(
    desk: Desk, view: Outlook, ask: Ask, *, sender: Words, provider: str
) -> tuple[AttemptStarted, Outgoing]:
    incident, secret = view.incident, desk.house.secret
    code = ack_code(secret, incident=incident.id, step=ask.step, partner=ask.partner)
    token = link_token(
        secret, incident=incident.id, step=ask.step, partner=ask.partner, contact=ask.contact
    )
    link = f"{desk.house.base_url.rstrip('/')}/p/{token}"
    contact = incident.opened.directory.contacts[ask.contact]
    channel = channel_of(view, ask)
    text = compose(incident, ask, channel_kind=channel.kind, code=code, link=link, sender=sender)
    started = AttemptStarted(
        step=ask.step,
        partner=ask.partner,
        n=ask.n,
        contact=ask.contact,
        channel=ask.channel,
        purpose=ask.purpose,
        level=ask.level,
        possible_repeat=ask.possible_repeat,
        outside_hours=not view.office_time,
        link_hash=link_hash(token),
        text_hash=sha256(text.body.encode()).hexdigest(),
        engine=desk.house.engine,
        provider=provider,
    )
    outgoing = Outgoing(
        id=f"{incident.id}/{ask.step}/{ask.partner}/{ask.n}",
        channel=ask.channel,
        kind=channel.kind,
        title=text.title,
        body=text.body,
        link=link,
        code=code,
        language=contact.language,
        exercise=incident.opened.mode is Mode.EXERCISE,
        sent_at=view.now,
        provider=provider or channel.provider,
        tlp=text.tlp,
    )
    return started, outgoing


def _delivery(view: Outlook, ask: Ask, outgoing: Outgoing, *, claimed_at: float) -> Delivery:
    return Delivery(
        outgoing=outgoing,
        incident=view.incident.id,
        step=ask.step,
        partner=ask.partner,
        n=ask.n,
        purpose=ask.purpose,
        step_title=view.incident.step_by_id[ask.step].title.de,
        partner_name=view.partners[ask.partner].name.de,
        claimed_at=claimed_at,
    )
