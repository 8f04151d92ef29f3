"""
What one partner cannot bear in one step, and from when until when.

The planner is asked (`core/way.py`) at the moments at which its answer can change. What
its answer depends on is compared before: where that is the same as at an earlier
moment, so is the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, product

from crisis.core.availability import (
    ZONE,
    Availability,
    Office,
    Rota,
    RoundTheClock,
    next_office_opening,
)
from crisis.core.contact import Contact, contacts_of
from crisis.core.ladder import rung_moment
from crisis.core.outlook import Outlook
from crisis.core.playbook import Rung, RungAction, Step
from crisis.core.reach import FIRST_RETRY, MOST_ROUNDS, usable_channels
from crisis.core.spans import local_moments, spans_of
from crisis.core.timing import ZERO
from crisis.core.way import SILENT, Course, course, due_after, hangs_on, is_out, moved, reached

# Where every channel of a contact says "not now", the planner turns to the next level after this.
GIVEN_UP = FIRST_RETRY * (2**MOST_ROUNDS - 1)
# First contact, the same once more, deputy, superior: each may be given up in its turn.
LEVELS = 4
# A ladder of working days over the longest holidays has reached its last rung by then.
AFTERWARDS = timedelta(days=30)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """
    One thing that a partner cannot bear.

    With the provider `out` out (empty: none need be) only `left`, at most one contact,
    would be reached; if that one is away as well, nobody is.
    """

    out: str
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """From `since` (included) until `until`, in UTC, an ask may reach nobody."""

    since: datetime
    until: datetime
    weak: tuple[Weakness, ...]

    @property
    def is_open(self) -> bool:
        """Whether nobody is reached even though everything works and everybody is there."""
        return any(not weakness.out and not weakness.left for weakness in self.weak)


def gaps(
    view: Outlook, step: Step, partner: str, *, since: datetime, until: datetime
) -> tuple[Gap, ...]:
    """
    Return when a partner of a step may not be reached, in order and apart.

    Asks at the few moments at which that can change; the same as asking `weaknesses`
    at every moment from `since` (included) until `until`.
    """
    exposure = _Exposure(view, step, partner, since=since, until=until)
    found: list[Gap] = []
    for moment, end in exposure.pieces():
        weak = exposure.weak_at(moment)
        if weak and found and found[-1].until == moment and found[-1].weak == weak:
            found[-1] = Gap(since=found[-1].since, until=end, weak=weak)
        elif weak:
            found.append(Gap(since=moment, until=end, weak=weak))
    return tuple(found)


def weaknesses(view: Outlook, step: Step, partner: str, *, at: datetime) -> tuple[Weakness, ...]:
    """Return what a partner asked at a moment cannot bear; nothing if all is well."""
    asking = moved(view, begins_at(view, step, at))
    undisturbed = course(asking, step, partner)
    left = reached(asking, undisturbed)
    if len(left) <= 1:
        return (Weakness(out="", left=tuple(left)),)
    with_one_out = (
        (provider, reached(asking, course(asking, step, partner, out=(provider,))))
        for provider in _used(undisturbed)
    )
    return tuple(
        Weakness(out=provider, left=tuple(left))
        for provider, left in with_one_out
        if len(left) <= 1
    )


def begins_at(view: Outlook, step: Step, moment: datetime) -> datetime:
    """Return when a step that is due at a moment really asks: some wait for office hours."""
    if not (step.waits or view.profiles[step.profile].waits):
        return moment
    return next_office_opening(moment, land=view.land, holidays=view.directory.holidays)


def tells_the_lead(view: Outlook, step: Step) -> bool:
    """Return whether a rung of the step's ladder hands it to the lead, whatever its deadline."""
    ladder = view.ladder_of(step)
    return ladder is not None and any(rung.action is RungAction.LEAD for rung in ladder.rungs)


class _Exposure:
    """One partner in one step over a period: its clocks, and what was found so far."""

    def __init__(
        self, view: Outlook, step: Step, partner: str, *, since: datetime, until: datetime
    ) -> None:
        self._view, self._step, self._partner = view, step, partner
        self._since, self._until = since, until
        involved = _involved(view, partner)
        self._hours = tuple(dict.fromkeys(_hours(view, step, involved)))
        self._clocks = tuple(
            spans_of(
                hours, since=since, until=until + AFTERWARDS, holidays=view.directory.holidays
            )
            for hours in self._hours
        )
        self._gives_up = any(_may_give_up(view, contact, step) for contact in involved)
        self._known: dict[tuple[object, ...], tuple[Weakness, ...]] = {}

    def pieces(self) -> Iterator[tuple[datetime, datetime]]:
        """Yield the pieces of the period in which the answer stays the same."""
        changes = (moment for moment in self._changes() if self._since < moment < self._until)
        moments = sorted({self._since, *changes})
        yield from zip(moments, [*moments[1:], self._until], strict=True)

    def weak_at(self, moment: datetime) -> tuple[Weakness, ...]:
        """Return what the partner cannot bear at a moment."""
        look = self._look(moment)
        if look is None or look not in self._known:
            weak = weaknesses(self._view, self._step, self._partner, at=moment)
            if look is None:
                return weak
            self._known[look] = weak
        return self._known[look]

    def _look(self, moment: datetime) -> tuple[object, ...] | None:
        """Return all that the answer depends on; None while somebody's rota has a gap."""
        asked_at = begins_at(self._view, self._step, moment)
        turns = sorted(self._turns(asked_at))
        seen: list[object] = [turns[-1] - asked_at]
        for hours, clock in zip(self._hours, self._clocks, strict=True):
            states = tuple(clock.at(turn) for turn in turns)
            if isinstance(hours, Rota) and None in states:
                return None
            seen.append(states)
            seen.append(tuple(clock.opens_by(one, next_) for one, next_ in pairwise(turns)))
        return tuple(seen)

    def _turns(self, asked_at: datetime) -> list[datetime]:
        """Return the moments at which the planner may turn to somebody, or gives up."""
        planned = [asked_at, asked_at + self._deadline]
        planned += [rung_moment(self._view, rung, asked_at=asked_at) for rung in self._rungs]
        if not self._gives_up:
            return planned
        last = max(planned)
        early = (turn + GIVEN_UP * n for turn in planned for n in range(1, LEVELS + 1))
        return [*planned, *(turn for turn in early if turn < last)]

    @property
    def _rungs(self) -> tuple[Rung, ...]:
        ladder = self._view.ladder_of(self._step)
        return () if ladder is None else ladder.rungs

    @property
    def _deadline(self) -> timedelta:
        """Return after how long the deadline passes: a ladder that is spent ends there too."""
        return due_after(self._step)

    def _changes(self) -> Iterator[datetime]:
        """Yield every moment at which the answer may change, and some more."""
        edges = {edge for clock in self._clocks for edge in clock.edges}
        given_up = [GIVEN_UP * n for n in range(LEVELS + 1)] if self._gives_up else [ZERO]
        lags = {ZERO, self._deadline}
        lags |= {rung.after for rung in self._rungs if rung.after is not None}
        for edge, lag, early in product(edges, lags, given_up):
            yield edge - lag - early
        if any(rung.working_days is not None for rung in self._rungs):
            # Working days later it is the same local time, or an hour on where that is skipped.
            moments = (
                e - g - skipped for e, g, skipped in product(edges, given_up, (ZERO, _HOUR))
            )
            times = {moment.astimezone(ZONE).time() for moment in moments}
            yield from local_moments(times, since=self._since, until=self._until)


def _involved(view: Outlook, partner: str) -> tuple[Contact, ...]:
    """Return whom a partner may be asked through, with whoever holds their rotas."""
    contacts = view.directory.contacts
    named = [contacts[name] for name in contacts_of(view.directory, partner)]
    rotas = [one.availability for one in named if isinstance(one.availability, Rota)]
    held = [contacts[shift.holder] for rota in rotas for shift in rota.shifts]
    return tuple({contact.id: contact for contact in (*named, *held)}.values())


def _hours(view: Outlook, step: Step, contacts: tuple[Contact, ...]) -> Iterator[Availability]:
    """Yield every availability that changes and on which it depends who is reached."""
    profile = view.profiles[step.profile]
    if profile.out_of_hours or profile.waits or step.waits:
        yield Office(land=view.land)
    for contact in contacts:
        if isinstance(contact.availability, Rota):
            yield contact.availability
        for channel in usable_channels(view, contact, step):
            if not isinstance(channel.hours, RoundTheClock):
                yield channel.hours


def _used(found: Course) -> tuple[str, ...]:
    """Return what the ways of a course hang on, sorted: no other outage would change it."""
    channels = (way.channel for way in found.ways)
    return tuple(sorted({hangs_on(one) for one in channels if one.kind not in SILENT}))


def _may_give_up(view: Outlook, contact: Contact, step: Step) -> bool:
    """
    Return whether one provider's outage may leave a level nothing that takes a message.

    The first level may already have used up one of the channels that still do.
    """
    channels = usable_channels(view, contact, step)
    return any(
        sum(not is_out(channel, (hangs_on(one),)) for channel in channels) <= 1 for one in channels
    )
