"""
What one partner cannot bear in one step, and from when until when.

The planner is asked (`core/way.py`) at the moments at which its answer can change. What
its answer depends on is compared before: where that is the same as at an earlier
moment, so is the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crisis.core.availability import Availability, Office, Rota, RoundTheClock
from crisis.core.contact import Contact, contacts_of
from crisis.core.delivery import OutcomeKind
from crisis.core.outlook import Outlook
from crisis.core.playbook import ExpectNothing, RungAction, Step
from crisis.core.reach import usable_channels
from crisis.core.rhythm import Beat, Look, Piece, begins_at, rhythm, waits
from crisis.core.way import SILENT, Course, course, due_after, hangs_on, is_out, moved, reached

# The pieces of one period by what decides them, for whoever asks about many partners.
Rhythms = dict[Beat, tuple[Piece, ...]]


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
    view: Outlook,
    step: Step,
    partner: str,
    *,
    since: datetime,
    until: datetime,
    rhythms: Rhythms | None = None,
) -> tuple[Gap, ...]:
    """
    Return when a partner of a step may not be reached, in order and apart.

    Asks at the few moments at which that can change; the same as asking `weaknesses`
    at every moment from `since` (included) until `until`. `rhythms` keeps what other
    partners in the same period share with this one.
    """
    kept = {} if rhythms is None else rhythms
    beat = _beat(view, step, _involved(view, partner))
    refusal = OutcomeKind.DEFERRED if beat.gives_up else OutcomeKind.REJECTED
    if beat not in kept:
        kept[beat] = rhythm(view, beat, since=since, until=until)
    known: dict[Look, tuple[Weakness, ...]] = {}
    found: list[Gap] = []
    for piece in kept[beat]:
        weak = known.get(piece.look)
        if weak is None:
            weak = weaknesses(view, step, partner, at=piece.since, refusal=refusal)
            if piece.look is not None:
                known[piece.look] = weak
        if weak and found and found[-1].until == piece.since and found[-1].weak == weak:
            found[-1] = Gap(since=found[-1].since, until=piece.until, weak=weak)
        elif weak:
            found.append(Gap(since=piece.since, until=piece.until, weak=weak))
    return tuple(found)


def weaknesses(
    view: Outlook,
    step: Step,
    partner: str,
    *,
    at: datetime,
    refusal: OutcomeKind = OutcomeKind.DEFERRED,
) -> tuple[Weakness, ...]:
    """
    Return what a partner asked at a moment cannot bear; nothing if all is well.

    `refusal` is what a provider that is out says to each message (`way.course`). Who is
    only told reads it when it is back: there one contact is enough, whoever is away.
    """
    enough = 1 if isinstance(step.expect, ExpectNothing) else 2
    asking = moved(view, begins_at(view, step, at))
    undisturbed = course(asking, step, partner)
    left = reached(asking, undisturbed)
    if len(left) < enough:
        return (Weakness(out="", left=tuple(left)),)
    with_one_out = (
        (
            provider,
            reached(asking, course(asking, step, partner, out=(provider,), refusal=refusal)),
        )
        for provider in _used(undisturbed)
    )
    return tuple(
        Weakness(out=provider, left=tuple(left))
        for provider, left in with_one_out
        if len(left) < enough
    )


def tells_the_lead(view: Outlook, step: Step) -> bool:
    """Return whether a rung of the step's ladder hands it to the lead, whatever its deadline."""
    ladder = view.ladder_of(step)
    return ladder is not None and any(rung.action is RungAction.LEAD for rung in ladder.rungs)


def _beat(view: Outlook, step: Step, involved: tuple[Contact, ...]) -> Beat:
    ladder = view.ladder_of(step)
    return Beat(
        hours=tuple(dict.fromkeys(_hours(view, step, involved))),
        rungs=() if ladder is None else ladder.rungs,
        deadline=due_after(step),  # a ladder that is spent ends there too
        waits=waits(view, step),
        gives_up=any(_may_give_up(view, contact, step) for contact in involved),
    )


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
