"""
Over which ways a partner is asked while nobody answers, until the lead is told.

The planner's own parts for one obligation: what they say is done in a world where
some providers take nothing and nobody acknowledges. Nothing here decides anything.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crisis.core import event as ev
from crisis.core.availability import is_office_time
from crisis.core.beginning import LEAST_TIME
from crisis.core.contact import Channel, ChannelKind, is_open
from crisis.core.delivery import OutcomeKind
from crisis.core.obligation import Attempt, Obligation
from crisis.core.outlook import Outlook
from crisis.core.playbook import Step
from crisis.core.pursuit import WITHOUT_DEADLINE, Ask, asks_of, facts_of
from crisis.core.spans import spans_of
from crisis.core.timing import ZERO

# A page rings nobody; a call that nobody takes is over, whatever else is sent lies waiting.
SILENT = frozenset({ChannelKind.PORTAL})
FLEETING = frozenset({ChannelKind.PHONE_BY_HAND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One message that a channel took: to which contact, at which level, when."""

    contact: str
    channel: Channel
    level: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Every way over which a partner was asked, and when the lead was told instead."""

    ways: tuple[Way, ...]
    ended_at: datetime


def hangs_on(channel: Channel) -> str:
    """Return what must work for a channel: its provider, else all channels of its kind."""
    return channel.provider or channel.kind.value


def is_out(channel: Channel, out: Collection[str]) -> bool:
    """Return whether a channel takes no message while these are out."""
    return channel.id in out or channel.kind.value in out or channel.provider in out


def course(
    view: Outlook,
    step: Step,
    partner: str,
    *,
    out: Collection[str] = (),
    refusal: OutcomeKind = OutcomeKind.DEFERRED,
) -> Course:
    """
    Return how one partner is asked from `view.now` on while nobody answers.

    `out` names the providers, kinds or channels that take no message. The course ends when
    the obligation comes to the lead's desk, by the last rung or before, because nothing
    was left to try; what passes on a consent, and who was only told, never does and is
    followed until the deadline, or for a week.
    `refusal` is what becomes of a message over what is out: where each level has another
    channel that takes one, it may as well be refused for good, and the course is found
    without trying there again and again.
    """
    patience_ends = view.now + due_after(step)
    obligation = _begun(view, step, partner)
    ways: list[Way] = []
    handed = False
    while True:
        obligation, told = _with_facts(view, obligation, step)
        handed = handed or told
        pursuit = asks_of(view, obligation, step)
        # What goes to the lead's own desk is no way to the partner.
        asks = [ask for ask in pursuit.asks if ask.purpose is not ev.Purpose.TASK]
        for ask in asks:
            channel = _channel(view, ask)
            taken = not is_out(channel, out)
            outcome = OutcomeKind.ACCEPTED if taken else refusal
            obligation = obligation.with_attempt(_attempt(view, ask, outcome))
            if taken:
                way = Way(contact=ask.contact, channel=channel, level=ask.level, at=view.now)
                ways.append(way)
                if obligation.is_telling and channel.kind not in FLEETING:
                    obligation = obligation.fulfilled(view.now)
        if asks:
            continue
        if handed:
            return Course(ways=tuple(ways), ended_at=view.now)
        if not pursuit.wakes:
            return Course(ways=tuple(ways), ended_at=max(patience_ends, view.now))
        # A deadline or a rung lies ahead until the lead has it.
        view = moved(view, min(pursuit.wakes))


def reached(view: Outlook, found: Course) -> frozenset[str]:
    """
    Return the contacts that somebody could have answered for before the lead was told.

    A message reaches a contact whose channel is answered when it comes, or, unless it is
    a call, while it lies there.
    """
    return frozenset(
        way.contact
        for way in found.ways
        if way.channel.kind not in SILENT and _is_answered(view, way, until=found.ended_at)
    )


def moved(view: Outlook, moment: datetime) -> Outlook:
    """Return the same outlook at another moment."""
    office = is_office_time(moment, land=view.land, holidays=view.directory.holidays)
    return replace(view, now=moment, office_time=office, orders={})


def due_after(step: Step) -> timedelta:
    """
    Return how long after a step began in its time it comes to the lead without a ladder.

    Working days count as so many days: not less than that, so no gap is overlooked.
    """
    if step.within is None:
        return WITHOUT_DEADLINE
    if not step.within.absolute:
        return step.within.duration
    offset = ZERO if step.start.after else step.start.offset
    left = step.within.duration - offset
    return left if left > ZERO else LEAST_TIME


def _begun(view: Outlook, step: Step, partner: str) -> Obligation:
    return Obligation(
        step=step.id,
        partner=partner,
        expects=step.expect.kind,
        started_at=view.now,
        due_at=None if step.within is None else view.now + due_after(step),
    )


def _with_facts(view: Outlook, obligation: Obligation, step: Step) -> tuple[Obligation, bool]:
    """Take what the planner finds to be true; also return whether the lead was told."""
    handed = False
    while True:
        risen = False
        for fact in facts_of(view, obligation, step):
            match fact:
                case ev.Escalated():
                    obligation, risen = obligation.escalated(fact.level, at=view.now), True
                case ev.Overdue():
                    obligation = replace(obligation, overdue_at=view.now)
                case ev.TaskRaised(task_kind=ev.TaskKind.OTHER_WAY):
                    obligation, handed = replace(obligation, handed_at=view.now), True
                case _:
                    pass  # a call on the desk: here nobody reports on it
        if not risen:
            return obligation, handed


def _attempt(view: Outlook, ask: Ask, outcome: OutcomeKind) -> Attempt:
    return Attempt(
        n=ask.n,
        contact=ask.contact,
        channel=ask.channel,
        purpose=ask.purpose,
        level=ask.level,
        possible_repeat=ask.possible_repeat,
        outside_hours=not view.office_time,
        link_hash="",
        started_at=view.now,
        outcome=outcome,
        ended_at=view.now,
    )


def _channel(view: Outlook, ask: Ask) -> Channel:
    channels = view.directory.contacts[ask.contact].channels
    return next(channel for channel in channels if channel.id == ask.channel)


def _is_answered(view: Outlook, way: Way, *, until: datetime) -> bool:
    if is_open(way.channel, at=way.at, directory=view.directory):
        return True
    if way.channel.kind in FLEETING:
        return False
    holidays, last = view.directory.holidays, until + timedelta.resolution
    hours = spans_of(way.channel.hours, since=way.at, until=last, holidays=holidays)
    return any(hours.states)
