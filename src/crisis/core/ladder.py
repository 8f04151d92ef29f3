"""Whom each level of a ladder turns to, and when it is reached."""

from datetime import datetime

from crisis.core.availability import Rota, add_working_days, next_shift
from crisis.core.contact import ChannelKind, Contact, on_duty
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Purpose
from crisis.core.obligation import Obligation
from crisis.core.outlook import Outlook, first_contact
from crisis.core.playbook import Ladder, Rung, RungAction, Step
from crisis.core.reach import Lane, channel_order, next_move, usable_channels
from crisis.core.timing import ZERO

ASKING = frozenset({Purpose.ASK, Purpose.REPEAT, Purpose.TASK})
_OF_PARTNERS = frozenset({Purpose.ASK, Purpose.REPEAT})
# Nobody is asked to telephone himself about a task, and a page does not ring.
SILENT_KINDS = frozenset({ChannelKind.PHONE_BY_HAND, ChannelKind.PORTAL})


def rung_moment(view: Outlook, rung: Rung, *, asked_at: datetime) -> datetime:
    """Return when a rung is reached, counted from the first attempt."""
    if rung.working_days is not None:
        holidays = view.directory.holidays
        return add_working_days(asked_at, rung.working_days, land=view.land, holidays=holidays)
    return asked_at + (rung.after or ZERO)


def next_rung(obligation: Obligation, ladder: Ladder) -> Rung | None:
    """Return the first rung that was not reached yet."""
    return ladder.rungs[obligation.level] if obligation.level < len(ladder.rungs) else None


def is_at_rest(obligation: Obligation) -> bool:
    """
    Return whether the first contact was asked and the message is under way or accepted.

    The common case, told apart without working out any lane: a wave of a thousand
    is planned many times a minute. Where a limit holds a message back, another way to
    the same contact may still be open.
    """
    attempts, level = obligation.current, obligation.level
    if not attempts or level > 1 or obligation.holds:
        return False
    last = attempts[-1]
    return (
        last.level == level
        and last.purpose in _OF_PARTNERS
        and (last.ended_at is None or last.outcome is OutcomeKind.ACCEPTED)
    )


def is_spent(view: Outlook, obligation: Obligation, step: Step) -> bool:
    """Return whether the present level has nowhere left to turn to."""
    level = obligation.level
    if obligation.membership is not None:
        return False  # its hub may still reach it; time alone counts
    for attempt in obligation.current:
        if attempt.level == level:
            break
    else:
        return not _is_offered(view, obligation, step, level=level)
    return not is_at_rest(obligation) and all(
        next_move(lane, obligation).exhausted
        for lane in lanes_at(view, obligation, step, level=level)
    )


def _is_offered(view: Outlook, obligation: Obligation, step: Step, *, level: int) -> bool:
    """
    Return whether a level in which nothing was tried has any lane.

    The same as working the lanes out, which a thousand that rise at once would do twice.
    """
    action = _action(view, step, level)
    contact = _contact(view, obligation, level, action)
    if contact is None:
        return False
    usable = usable_channels(view, contact, step)
    if action is RungAction.NEXT_CHANNEL and level > 0:
        names = tuple([channel.id for channel in usable])
        return bool(_not_yet_tried(obligation, contact, names, below=level))
    return bool(usable)


def lanes(view: Outlook, obligation: Obligation, step: Step) -> tuple[Lane, ...]:
    """
    Return every lane that may still send something.

    From level 1 on, level 0 rests: level 1 goes on with the same contact. All
    higher levels count, so that after an outage of the engine each is asked.
    """
    if obligation.level <= 1:
        return lanes_at(view, obligation, step, level=obligation.level)
    levels = range(1, obligation.level + 1)
    return tuple(
        lane for level in levels for lane in lanes_at(view, obligation, step, level=level)
    )


def lanes_at(view: Outlook, obligation: Obligation, step: Step, *, level: int) -> tuple[Lane, ...]:
    """Return the lanes of one level; none where it has nobody to turn to."""
    action = _action(view, step, level)
    if obligation.membership is not None and action is not RungAction.LEAD:
        return _page_lanes(view, obligation) if level == 0 else ()
    contact = _contact(view, obligation, level, action)
    if contact is None:
        return ()
    order = channel_order(view, contact, step)
    purpose = Purpose.TASK if action is RungAction.LEAD else Purpose.ASK
    if action is RungAction.LEAD:
        order = tuple(c for c in order if c.kind not in SILENT_KINDS) or order
    names = tuple([channel.id for channel in order])
    if action is RungAction.NEXT_CHANNEL and level > 0:
        names = _not_yet_tried(obligation, contact, names, below=level)
    if not names:
        return ()
    if action is not RungAction.DEPUTY:
        return (Lane(contact.id, names, purpose, level),)
    return tuple([Lane(contact.id, (name,), purpose, level) for name in names])


def _page_lanes(view: Outlook, obligation: Obligation) -> tuple[Lane, ...]:
    """Return the way to a member: its page is opened, and the hub passes the link on."""
    if obligation.asked_at is None:
        return ()
    contact = view.directory.contacts[view.partners[obligation.partner].contact]
    pages = (one.id for one in contact.channels if one.kind is ChannelKind.PORTAL)
    return tuple(
        Lane(contact=contact.id, channels=(page,), purpose=Purpose.ASK, level=0)
        for page in list(pages)[:1]
    )


def chase_lanes(view: Outlook, obligation: Obligation, step: Step) -> tuple[Lane, ...]:
    """
    Return how a hub is told which of its members are silent: once per level they reach.

    First who took over there, then the hub's deputy and superior where they have a
    telephone of their own and not a rota's; the lead's level is not the hub's.
    """
    level = obligation.chased
    taken = obligation.acknowledgement
    action = _action(view, step, level)
    if not level or taken is None or action is RungAction.LEAD:
        return ()
    contacts = view.directory.contacts
    first = contacts[view.partners[obligation.partner].contact]
    named = {RungAction.DEPUTY: first.deputy, RungAction.SUPERIOR: first.superior}.get(action)
    contact = contacts[named or taken.contact]
    if isinstance(contact.availability, Rota):
        contact = contacts[taken.contact]
    channels = tuple(channel.id for channel in channel_order(view, contact, step))
    return (Lane(contact=contact.id, channels=channels, purpose=Purpose.CHASE, level=level),)


def gap_ends(view: Outlook, obligation: Obligation, step: Step) -> tuple[datetime, ...]:
    """Return when rotas on which nobody is now have somebody again, for the levels in play."""
    first = first_contact(view, obligation)
    named = (first.id, first.deputy, first.superior, *[lead.contact for lead in view.leads])
    if not any(name in view.turns for name in named):
        return ()
    levels = range(obligation.level + 1)
    idle = [n for n in levels if _contact(view, obligation, n, _action(view, step, n)) is None]
    rotas = [
        contact.availability
        for level in idle
        for contact in _turned_to(view, obligation, _action(view, step, level))
        if isinstance(contact.availability, Rota)
    ]
    starts = (next_shift(rota, after=view.now) for rota in rotas)
    return tuple(start for start in starts if start is not None)


def _turned_to(view: Outlook, obligation: Obligation, action: RungAction) -> tuple[Contact, ...]:
    """Return the contacts that a level turns to, whether or not anybody is there."""
    contacts = view.directory.contacts
    if action is RungAction.LEAD:
        others = (partner for partner in view.leads if partner.id != obligation.partner)
        return tuple(contacts[partner.contact] for partner in others)
    first = first_contact(view, obligation)
    named = {RungAction.DEPUTY: first.deputy, RungAction.SUPERIOR: first.superior}
    wanted = named.get(action, first.id)
    return () if wanted is None else (contacts[wanted],)


def _action(view: Outlook, step: Step, level: int) -> RungAction:
    ladder = None if level == 0 else view.ladder_of(step)
    return RungAction.NEXT_CHANNEL if ladder is None else ladder.rungs[level - 1].action


def _contact(
    view: Outlook, obligation: Obligation, level: int, action: RungAction
) -> Contact | None:
    since = view.led_since if action is RungAction.LEAD else None
    for attempt in obligation.current:
        ours = since is None or attempt.started_at >= since
        if attempt.level == level and attempt.purpose in ASKING and ours:
            return view.directory.contacts[attempt.contact]
    if action is RungAction.LEAD:
        return view.lead_contact(other_than=obligation.partner)
    first = first_contact(view, obligation)
    if action is RungAction.NEXT_CHANNEL:
        return on_duty(view.directory, first.id, at=view.now)
    stand_in = first.deputy if action is RungAction.DEPUTY else first.superior
    return None if stand_in is None else on_duty(view.directory, stand_in, at=view.now)


def _not_yet_tried(
    obligation: Obligation, contact: Contact, names: tuple[str, ...], *, below: int
) -> tuple[str, ...]:
    earlier = [a for a in obligation.current if a.level < below and a.contact == contact.id]
    if not earlier:
        return names
    tried = {attempt.channel for attempt in earlier}
    fresh = tuple([name for name in names if name not in tried])
    if fresh:
        return fresh
    refused = {a.channel for a in earlier if a.outcome is OutcomeKind.REJECTED}
    return tuple(name for name in names if name not in refused)
