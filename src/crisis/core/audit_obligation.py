"""What one partner's obligation should have seen by now: messages, outcomes, levels, hand-over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from crisis.core.audit_rule import Finding, Reading
from crisis.core.availability import add_working_days
from crisis.core.contact import ChannelKind, is_spoken
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Purpose
from crisis.core.obligation import Attempt, Obligation
from crisis.core.playbook import Rung, RungAction
from crisis.core.reach import channel_order, has_channel
from crisis.core.timing import ZERO

# What the house promises (`docs/explanation/`), written down once more on purpose: the
# auditor does not borrow the planner's numbers, or a mistake in them would find nobody.
OUTCOME_WITHIN = timedelta(minutes=1)
PAUSE_AFTER_NOT_NOW = timedelta(minutes=1)
TO_THE_LEAD_AFTER_DEADLINE = timedelta(hours=2)
TO_THE_LEAD_WITHOUT_DEADLINE = timedelta(days=7)


def obligation_concerns(reading: Reading, obligation: Obligation) -> Iterator[Finding]:
    """Yield what should have happened for one obligation and did not."""
    for what, since in _of(reading, obligation):
        yield Finding(what=what, since=since, step=obligation.step, partner=obligation.partner)


_Found = Iterator[tuple[str, datetime]]


def _of(reading: Reading, obligation: Obligation) -> _Found:
    yield from _gaps(obligation)
    yield from _without_outcome(reading, obligation)
    yield from _not_chased(reading, obligation)
    if obligation.obsolete_at is not None:
        yield from _untold(reading, obligation, obligation.obsolete_at)
    elif not obligation.is_settled:
        yield from _past_deadline(reading, obligation)
        yield from _not_handed_over(reading, obligation)
        if obligation.acknowledgement is None:
            if obligation.membership is None:  # a member is written to by its hub
                yield from _unsent(reading, obligation)
            yield from _not_escalated(reading, obligation)
            yield from _phone_tasks(reading, obligation)
        elif obligation.overdue_at is not None:
            since = max(obligation.overdue_at, obligation.acknowledgement.happened_at)
            contact = obligation.acknowledgement.contact
            yield from _notice(reading, obligation, contact, since=since, purpose=Purpose.REMIND)


def _gaps(obligation: Obligation) -> _Found:
    """Yield that the log shows messages or levels whose predecessors it does not show."""
    numbers = [attempt.n for attempt in obligation.attempts]
    levels = [rise.level for rise in obligation.rises]
    own = (one for one in obligation.current if one.purpose is not Purpose.CHASE)
    highest = max((attempt.level for attempt in own), default=0)
    whole = numbers == list(range(1, len(numbers) + 1)) and levels == list(
        range(1, len(levels) + 1)
    )
    if not whole or highest > obligation.level:
        yield "gap-in-log", obligation.started_at


def _without_outcome(reading: Reading, obligation: Obligation) -> _Found:
    within = OUTCOME_WITHIN * reading.incident.opened.pace
    for attempt in obligation.attempts:
        if attempt.ended_at is None and reading.is_late(attempt.started_at + within):
            yield "no-outcome", attempt.started_at + within


def _unsent(reading: Reading, obligation: Obligation) -> _Found:
    """Yield that a silent partner has neither a message nor a human who cares for it."""
    if obligation.handed_at is not None or _is_held_back(reading, obligation):
        return
    there = [a for a in obligation.current if a.level == obligation.level]
    if not obligation.current:
        found = "not-asked", obligation.started_at
    elif not there:
        found = "level-not-asked", _risen_at(obligation)
    elif all(_failed(attempt) for attempt in there):
        found = "not-followed-up", _next_try(there)
    elif _lacks_channels(reading, obligation, there):
        found = "level-not-asked", _risen_at(obligation)
    else:
        return
    if reading.is_late(found[1]):
        yield found


def _is_held_back(reading: Reading, obligation: Obligation) -> bool:
    """Return whether a limit held a wanted message back until lately; its time is shown."""
    return bool(obligation.waiting(reading.view.now - reading.grace))


def _not_chased(reading: Reading, obligation: Obligation) -> _Found:
    """Yield that a hub was not told which of its members are silent."""
    taken, cascade = obligation.acknowledgement, obligation.cascade
    if taken is None or cascade is None or not obligation.chased:
        return
    ladder = reading.view.ladder_of(reading.incident.step_by_id[obligation.step])
    rungs = () if ladder is None else ladder.rungs[: obligation.chased]
    if not rungs or rungs[-1].action is RungAction.LEAD:
        return
    told = any(one.purpose is Purpose.CHASE for one in obligation.current)
    silent = (reading.incident.obligations[obligation.step, one] for one in cascade.silent)
    since = min((one.rises[0].at for one in silent if one.rises), default=None)
    if since is not None and not told and reading.is_late(since):
        yield "not-reminded", since


def _risen_at(obligation: Obligation) -> datetime:
    return obligation.rises[-1].at if obligation.rises else obligation.started_at


def _lacks_channels(reading: Reading, obligation: Obligation, there: list[Attempt]) -> bool:
    """Return whether a deputy was not asked over all channels at once, as the ladder promises."""
    step = reading.incident.step_by_id[obligation.step]
    ladder = reading.view.ladder_of(step)
    if ladder is None or obligation.level == 0:
        return False
    if ladder.rungs[obligation.level - 1].action is not RungAction.DEPUTY:
        return False
    contact = reading.view.directory.contacts[there[0].contact]
    usable = {channel.id for channel in channel_order(reading.view, contact, step)}
    return not usable <= {attempt.channel for attempt in there}


def _failed(attempt: Attempt) -> bool:
    return attempt.ended_at is not None and attempt.outcome is not OutcomeKind.ACCEPTED


def _next_try(there: list[Attempt]) -> datetime:
    """Return when, at the latest, the next message or level follows failed ones."""
    last = max(attempt.ended_at or attempt.started_at for attempt in there)
    if all(attempt.outcome is OutcomeKind.REJECTED for attempt in there):
        return last
    rounds = len(there) - len({attempt.channel for attempt in there})
    return last + PAUSE_AFTER_NOT_NOW * (1 << rounds)


def _past_deadline(reading: Reading, obligation: Obligation) -> _Found:
    due_at = obligation.due_at
    if due_at is not None and obligation.overdue_at is None and reading.is_late(due_at):
        yield "not-overdue", due_at


def _not_escalated(reading: Reading, obligation: Obligation) -> _Found:
    rung = _next_rung(reading, obligation)
    if rung is None or obligation.asked_at is None:
        return
    moment = _reached_at(reading, rung, asked_at=obligation.asked_at)
    if reading.is_late(moment):
        yield "not-escalated", moment


def _next_rung(reading: Reading, obligation: Obligation) -> Rung | None:
    ladder = reading.view.ladder_of(reading.incident.step_by_id[obligation.step])
    rungs = () if ladder is None else ladder.rungs
    return rungs[obligation.level] if obligation.level < len(rungs) else None


def _reached_at(reading: Reading, rung: Rung, *, asked_at: datetime) -> datetime:
    if rung.working_days is None:
        return asked_at + (rung.after or ZERO)
    view = reading.view
    return add_working_days(
        asked_at, rung.working_days, land=view.land, holidays=view.directory.holidays
    )


def _not_handed_over(reading: Reading, obligation: Obligation) -> _Found:
    if obligation.handed_at is not None:
        return
    taken = obligation.acknowledgement is not None
    stuck = None if obligation.membership is None else obligation.membership.stuck_at
    if stuck is not None and not taken:
        if reading.is_late(stuck):
            yield "not-handed-over", stuck
        return
    if not taken and _next_rung(reading, obligation) is not None:
        return  # the ladder's last level hands over
    if obligation.due_at is None:
        if reading.incident.step_by_id[obligation.step].gate is not None:
            return  # on a consent nobody is pressed, so time hands it to nobody
        moment = obligation.started_at + TO_THE_LEAD_WITHOUT_DEADLINE
    else:
        moment = obligation.due_at + (TO_THE_LEAD_AFTER_DEADLINE if taken else ZERO)
    if reading.is_late(moment):
        yield "not-handed-over", moment


def _phone_tasks(reading: Reading, obligation: Obligation) -> _Found:
    """Yield accepted attempts by hand for which nobody was told to telephone."""
    kinds = {
        channel.id: channel.kind
        for attempt in obligation.attempts
        for channel in reading.view.directory.contacts[attempt.contact].channels
    }
    for attempt in obligation.attempts:
        by_hand = kinds.get(attempt.channel) is ChannelKind.PHONE_BY_HAND
        if not by_hand or attempt.outcome is not OutcomeKind.ACCEPTED or attempt.ended_at is None:
            continue
        task = f"phone/{obligation.step}/{obligation.partner}/{attempt.n}"
        if task not in reading.incident.tasks and reading.is_late(attempt.ended_at):
            yield "no-phone-task", attempt.ended_at


def _untold(reading: Reading, obligation: Obligation, obsolete_at: datetime) -> _Found:
    """Yield that a partner who was asked does not know that nothing is expected any more."""
    told = obligation.obsolete_reason == "condition" and reading.incident.stood_down_at is None
    if not told or obligation.is_fulfilled:
        return
    contacts = reading.view.directory.contacts
    arrived = [
        attempt
        for attempt in obligation.current
        # A call that lies on the desk told nobody.
        if attempt.may_have_arrived and not is_spoken(contacts[attempt.contact], attempt.channel)
    ]
    since = max((a.ended_at or a.started_at for a in arrived), default=obsolete_at)
    contact = arrived[-1].contact if arrived else ""
    if obligation.acknowledgement is not None:
        contact = obligation.acknowledgement.contact
    yield from _notice(
        reading,
        obligation,
        contact,
        since=max(since, obsolete_at),
        purpose=Purpose.OBSOLETE,
    )


def _notice(
    reading: Reading,
    obligation: Obligation,
    contact_id: str,
    *,
    since: datetime,
    purpose: Purpose,
) -> _Found:
    contact = reading.view.directory.contacts.get(contact_id)
    step = reading.incident.step_by_id[obligation.step]
    if contact is None or not has_channel(reading.view, contact, step):
        return
    sent = any(attempt.purpose is purpose for attempt in obligation.current)
    if not sent and reading.is_late(since) and not _is_held_back(reading, obligation):
        yield "not-reminded" if purpose is Purpose.REMIND else "not-told", since
