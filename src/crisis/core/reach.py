"""
Over which channels a contact is tried, in which order, and what comes next in a lane.

A lane is a sequence of channels to one contact that is tried until one message
is accepted. Hard failures move on at once and are no escalation
(`playbooks.md` §7.0).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import compress
from operator import not_
from typing import NamedTuple

from crisis.core.claim import TOO_LATE
from crisis.core.contact import Channel, ChannelKind, Contact, Tlp, is_open, partner_lines
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Purpose
from crisis.core.obligation import Attempt, Obligation
from crisis.core.outlook import Outlook
from crisis.core.playbook import ExpectNothing, Step

# A provider that says "not now" is tried again after this long, then twice as long, and so on.
FIRST_RETRY = timedelta(minutes=1)
MOST_ROUNDS = 6
# The same channel is asked again this often after an unknown fate, then the next one.
MOST_UNKNOWN = 2
# It was never sent there, so the channel is not at fault; but nothing goes on for ever.
MOST_TOO_LATE = 3


class Lane(NamedTuple):
    """Channels to one contact, tried one after the other."""

    contact: str
    channels: tuple[str, ...]
    purpose: Purpose
    level: int


class Move(NamedTuple):
    """
    What a lane does next: send over `channel` at `at`, or nothing more (`exhausted`).

    `retry`: every channel was tried once and a provider said "not now".
    """

    channel: str = ""
    at: datetime | None = None
    exhausted: bool = False
    retry: bool = False


STILL = Move()
EXHAUSTED = Move(exhausted=True)


def channel_order(view: Outlook, contact: Contact, step: Step) -> tuple[Channel, ...]:
    """
    Return a contact's channels in the order in which to try them now.

    Profile's kinds first, then whatever else there is; channels that are answered
    at this hour come before those that are not. What is told orally (TLP:RED)
    goes by telephone only, and what only tells never to a page that rings nobody.
    """
    key = (contact.id, step.profile, step.tlp is Tlp.RED, _only_tells(step))
    known = view.orders.get(key)
    if known is None:
        known = view.orders[key] = _channel_order(view, contact, step)
    return known


def _channel_order(view: Outlook, contact: Contact, step: Step) -> tuple[Channel, ...]:
    profile = view.profiles[step.profile]
    kinds = profile.kinds
    if profile.out_of_hours and not view.office_time:
        kinds = profile.out_of_hours
    usable = usable_channels(view, contact, step)
    if len(usable) < 2:  # noqa: PLR2004 -- nothing to put in order
        return usable
    rank, last = _ranks(kinds), len(kinds)
    # Sorting is stable: the order in the directory decides between equals.
    order = sorted(usable, key=lambda channel: rank.get(channel.kind, last))
    answered = [is_open(channel, at=view.now, directory=view.directory) for channel in order]
    if not all(answered):
        order = [*compress(order, answered), *compress(order, map(not_, answered))]
    return tuple(order)


@cache
def _ranks(kinds: tuple[ChannelKind, ...]) -> Mapping[ChannelKind, int]:
    """Return the place of each kind in an order; the same few orders serve a whole wave."""
    return {kind: place for place, kind in reversed(list(enumerate(kinds)))}


def usable_channels(view: Outlook, contact: Contact, step: Step) -> tuple[Channel, ...]:
    """Return the channels over which a step may reach a contact, in the directory's order."""
    lines = partner_lines(contact)
    if _only_tells(step):
        # Nobody asks again, so a page that lies there unseen would count as told.
        lines = tuple(line for line in lines if line.kind is not ChannelKind.PORTAL)
    return _by_hand_only(lines) if _is_oral(view, step) else lines


def has_channel(view: Outlook, contact: Contact, step: Step) -> bool:
    """Return whether there is any channel at all over which a step may reach a contact."""
    return bool(usable_channels(view, contact, step))


def _only_tells(step: Step) -> bool:
    return isinstance(step.expect, ExpectNothing)


def _is_oral(view: Outlook, step: Step) -> bool:
    """Return whether a step's words may only be spoken."""
    return step.is_oral(view.profiles[step.profile])


def _by_hand_only(lines: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """Return the channels over which somebody speaks."""
    return tuple(line for line in lines if line.kind is ChannelKind.PHONE_BY_HAND)


def by_level(obligation: Obligation) -> Mapping[int, list[Attempt]]:
    """Return the attempts since the step last began, by the level in which they were made."""
    found: dict[int, list[Attempt]] = {}
    for attempt in obligation.current:
        found.setdefault(attempt.level, []).append(attempt)
    return found


def next_move(
    lane: Lane, obligation: Obligation, *, made: Sequence[Attempt] | None = None
) -> Move:
    """
    Return what a lane does next, from the attempts that were made in it.

    Whoever asks about many lanes hands in those `made` in the lane's level (`by_level`).
    """
    known = obligation.current if made is None else made
    return _next(lane, obligation, [attempt for attempt in known if _is_in(attempt, lane)])


def _next(lane: Lane, obligation: Obligation, made: list[Attempt]) -> Move:
    if not made:
        start = obligation.started_at
        return Move(channel=lane.channels[0], at=start) if lane.channels else EXHAUSTED
    last = made[-1]
    if last.ended_at is None or last.outcome is OutcomeKind.ACCEPTED:
        return STILL
    if last.code == TOO_LATE and _too_late(made, last.channel) <= MOST_TOO_LATE:
        return Move(channel=last.channel, at=last.ended_at)
    if last.outcome is OutcomeKind.UNKNOWN and _unknowns(made, last.channel) <= MOST_UNKNOWN:
        return Move(channel=last.channel, at=last.ended_at)
    tried = {attempt.channel for attempt in made}
    for channel in lane.channels:
        if channel not in tried:
            return Move(channel=channel, at=last.ended_at)
    return _again(lane, made)


def _again(lane: Lane, made: list[Attempt]) -> Move:
    latest = {attempt.channel: attempt for attempt in made}
    not_refused = [
        channel for channel in lane.channels if latest[channel].outcome is not OutcomeKind.REJECTED
    ]
    rounds = len(made) - len(latest)
    if not not_refused or rounds >= MOST_ROUNDS:
        return EXHAUSTED
    # The one that has waited longest, so that every channel gets its turn.
    channel = min(not_refused, key=lambda name: latest[name].n)
    ended = made[-1].ended_at or made[-1].started_at
    return Move(channel=channel, at=ended + FIRST_RETRY * 2**rounds, retry=True)


def _is_in(attempt: Attempt, lane: Lane) -> bool:
    return (
        attempt.level == lane.level
        and attempt.contact == lane.contact
        and _same_question(attempt.purpose, lane.purpose)
        and attempt.channel in lane.channels
    )


def _same_question(one: Purpose, other: Purpose) -> bool:
    return one is other or (one is Purpose.REPEAT and other is Purpose.ASK)


def _unknowns(made: list[Attempt], channel: str) -> int:
    return sum(
        attempt.channel == channel and attempt.outcome is OutcomeKind.UNKNOWN for attempt in made
    )


def _too_late(made: list[Attempt], channel: str) -> int:
    return sum(attempt.channel == channel and attempt.code == TOO_LATE for attempt in made)
