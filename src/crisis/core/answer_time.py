"""How long people take to answer: a share that never does, a median, and a spread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import exp, log
from statistics import NormalDist, fmean, median, pstdev

from crisis.core import event as ev
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.incident import Incident
from crisis.core.obligation import Attempt, Obligation

# Fewer answers say nothing about the next one.
ENOUGH = 5
LEAST = timedelta(seconds=1)
_NORMAL = NormalDist()
_ASKING = frozenset({ev.Purpose.ASK, ev.Purpose.REPEAT})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTime:
    """
    How one kind of message is answered.

    `never` (0 to 1) is the share that nobody answers. Half of all answers come within
    `median`; two thirds lie between the median divided and multiplied by `spread` (at
    least 1): answer times are skewed, so they are spread by factors (lognormal).
    """

    never: float
    median: timedelta
    spread: float

    def after(self, chance: float, size: float) -> timedelta | None:
        """Return after how long the answer comes, from two numbers between 0 and 1."""
        if chance < self.never:
            return None
        return self.median * exp(log(self.spread) * _NORMAL.inv_cdf(size))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An answer time for messages to a role, over a kind of channel; None means any."""

    role: str | None
    channel: ChannelKind | None
    time: AnswerTime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTimes:
    """Rules, the first that fits counts; `otherwise` where none does."""

    rules: tuple[Rule, ...]
    otherwise: AnswerTime

    def of(self, roles: Sequence[str], channel: ChannelKind) -> AnswerTime:
        """Return how a partner that holds these roles answers over a kind of channel."""
        for rule in self.rules:
            if rule.role in {None, *roles} and rule.channel in {None, channel}:
                return rule.time
        return self.otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One message of the past: to whom, over what, and after how long it was answered."""

    roles: tuple[str, ...]
    channel: ChannelKind
    after: timedelta | None


def seen_in(incident: Incident) -> Iterator[Seen]:
    """
    Yield the messages of an incident of which it is known whether they were answered.

    Left out is what another contact's answer made needless, what fell away, and what only
    told something: nobody was to answer it.
    """
    directory = incident.opened.directory
    roles = {partner.id: partner.roles for partner in directory.partners}
    kinds = {
        channel.id: channel.kind
        for contact in directory.contacts.values()
        for channel in contact.channels
    }
    for obligation in incident.obligations.values():
        if obligation.is_telling:
            continue
        for attempt in obligation.attempts:
            if attempt.purpose in _ASKING and attempt.outcome is OutcomeKind.ACCEPTED:
                known, after = _answer_to(obligation, attempt)
                if known and attempt.channel in kinds:
                    yield Seen(
                        roles=roles.get(obligation.partner, ()),
                        channel=kinds[attempt.channel],
                        after=after,
                    )


def learned(messages: Sequence[Seen], *, otherwise: AnswerTime) -> AnswerTimes:
    """
    Return answer times by what was seen, for roles over channels, for channels, for all.

    Whatever was answered fewer than `ENOUGH` times is left to the wider rule.
    """
    by_both: dict[tuple[str | None, ChannelKind | None], list[Seen]] = {}
    for message in messages:
        for role in message.roles:
            by_both.setdefault((role, message.channel), []).append(message)
        by_both.setdefault((None, message.channel), []).append(message)
    narrow_first = sorted(
        by_both.items(), key=lambda one: (one[0][0] is None, one[0][0] or "", one[0][1] or "")
    )
    rules = tuple(
        Rule(role=role, channel=channel, time=time)
        for (role, channel), found in narrow_first
        for time in [_fitted(found)]
        if time is not None
    )
    return AnswerTimes(rules=rules, otherwise=_fitted(messages) or otherwise)


def _answer_to(obligation: Obligation, attempt: Attempt) -> tuple[bool, timedelta | None]:
    """Return whether it is known what came of a message, and after how long it was answered."""
    reached_at = obligation.reached_at
    if reached_at is None:
        return obligation.obsolete_at is None, None
    if reached_at < attempt.started_at:
        return False, None
    mine = [a for a in obligation.attempts if a.contact == attempt.contact]
    latest = [a for a in mine if a.started_at <= reached_at][-1]
    if attempt.n != latest.n:
        return True, None
    if _who_answered(obligation) != attempt.contact:
        return False, None
    return True, max(reached_at - attempt.started_at, LEAST)


def _who_answered(obligation: Obligation) -> str:
    for reply in (obligation.acknowledgement, obligation.answer, obligation.signature):
        if reply is not None:
            return reply.contact
    return "" if obligation.decline is None else obligation.decline.contact


def _fitted(messages: Sequence[Seen]) -> AnswerTime | None:
    times = [message.after for message in messages if message.after is not None]
    if len(times) < ENOUGH:
        return None
    sizes = [log(time / LEAST) for time in times]
    return AnswerTime(
        never=fmean(message.after is None for message in messages),
        median=LEAST * median(time / LEAST for time in times),
        spread=exp(pstdev(sizes)),
    )
