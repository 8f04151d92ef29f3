"""What is due for one obligation: facts to record, contacts to ask, when to look again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from crisis.core import event as ev
from crisis.core.by_hand import is_by_hand
from crisis.core.delivery import OutcomeKind
from crisis.core.ladder import (
    chase_lanes,
    gap_ends,
    is_at_rest,
    is_spent,
    lanes,
    next_rung,
    rung_moment,
)
from crisis.core.obligation import Attempt, Obligation
from crisis.core.outlook import Outlook
from crisis.core.playbook import Rung, Step
from crisis.core.reach import Lane, by_level, channel_order, next_move

# A claim without an outcome is given up after this long in real time: its fate is unknown.
LOST_AFTER = timedelta(minutes=1)
LOST_CODE = "lost"
# What was taken over but not delivered goes to the lead this long after the deadline.
PATIENCE = timedelta(hours=2)
# A step without a deadline is not forgotten either (A60): so long after it began.
WITHOUT_DEADLINE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One message that is due."""

    step: str
    partner: str
    n: int
    contact: str
    channel: str
    purpose: ev.Purpose
    level: int
    possible_repeat: bool


class Pursuit(NamedTuple):
    """What is due for one obligation at a moment."""

    facts: tuple[ev.Event, ...] = ()
    asks: tuple[Ask, ...] = ()
    wakes: tuple[datetime, ...] = ()


NOTHING = Pursuit()


def facts_of(view: Outlook, obligation: Obligation, step: Step) -> tuple[ev.Event, ...]:
    """Return what is true of an obligation now and not yet recorded."""
    facts: list[ev.Event] = [
        ev.AttemptEnded(
            step=obligation.step,
            partner=obligation.partner,
            n=attempt.n,
            outcome=OutcomeKind.UNKNOWN,
            code=LOST_CODE,
        )
        for attempt in obligation.attempts
        if attempt.ended_at is None and attempt.started_at + _lost_after(view) <= view.now
    ]
    if obligation.is_settled:
        return (*facts, *_phone_tasks(view, obligation))
    if _is_late(view, obligation):
        facts.append(ev.Overdue(step=obligation.step, partner=obligation.partner))
    facts.extend(_rise(view, obligation, step))
    return (*facts, *_phone_tasks(view, obligation))


def asks_of(view: Outlook, obligation: Obligation, step: Step) -> Pursuit:
    """Return whom to ask now, and when to look at this obligation again."""
    wakes = [
        attempt.started_at + _lost_after(view)
        for attempt in obligation.attempts
        if attempt.ended_at is None
    ]
    asks: list[Ask] = []
    made = by_level(obligation)
    for lane in _lanes(view, obligation, step):
        move = next_move(lane, obligation, made=made.get(lane.level, ()))
        outrun = lane.purpose is not ev.Purpose.CHASE and lane.level < obligation.level
        if not move.channel or (move.retry and outrun):
            continue
        held = obligation.holds and obligation.held_until(lane.contact, move.channel, lane.purpose)
        if move.at is not None and move.at > view.now:
            wakes.append(move.at)
        elif held and held > view.now:
            wakes.append(held)
        else:
            n = len(obligation.attempts) + len(asks) + 1
            asks.append(_ask(obligation, lane, channel=move.channel, n=n))
    if not obligation.is_settled:
        wakes.extend(_moments(view, obligation, step))
        if view.turns and obligation.acknowledgement is None:
            wakes.extend(gap_ends(view, obligation, step))
    return Pursuit(asks=tuple(asks), wakes=tuple([wake for wake in wakes if wake > view.now]))


def _lanes(view: Outlook, obligation: Obligation, step: Step) -> tuple[Lane, ...]:
    if obligation.withdrawn_at is not None:
        return _withdrawals(view, obligation, step)
    if obligation.obsolete_at is not None:
        told = obligation.obsolete_reason == "condition" and view.incident.stood_down_at is None
        return _notice(view, obligation, step, ev.Purpose.OBSOLETE) if told else ()
    chase = chase_lanes(view, obligation, step) if obligation.chased else ()
    if obligation.is_settled:
        return chase
    if obligation.acknowledgement is None:
        return () if is_at_rest(obligation) else lanes(view, obligation, step)
    late = obligation.overdue_at is not None
    return (*chase, *_notice(view, obligation, step, ev.Purpose.REMIND)) if late else chase


def _arrived(view: Outlook, obligation: Obligation) -> tuple[Attempt, ...]:
    """Return the messages that may have arrived; a call that lies on the desk was not made."""
    return tuple(
        attempt
        for attempt in obligation.current
        if attempt.may_have_arrived and not is_by_hand(view, attempt)
    )


def _withdrawals(view: Outlook, obligation: Obligation, step: Step) -> tuple[Lane, ...]:
    """
    Return a lane to everybody who may have had what was told on a consent that is no more.

    A call that lies on the desk counts: it may have been made and not been entered yet.
    """
    had = [a.contact for a in obligation.current if a.may_have_arrived]
    if obligation.acknowledgement is not None:
        had.append(obligation.acknowledgement.contact)
    return tuple(
        Lane(
            contact=contact,
            channels=tuple(
                channel.id
                for channel in channel_order(view, view.directory.contacts[contact], step)
            ),
            purpose=ev.Purpose.WITHDRAWN,
            level=obligation.level,
        )
        for contact in dict.fromkeys(had)
    )


def _notice(
    view: Outlook, obligation: Obligation, step: Step, purpose: ev.Purpose
) -> tuple[Lane, ...]:
    """Return a lane to whoever took over; before that, to whoever was reached last, if anybody."""
    taken = obligation.acknowledgement
    told = _arrived(view, obligation) if taken is None else (taken,)
    if not told:
        return ()
    contact = view.directory.contacts[told[-1].contact]
    channels = tuple(channel.id for channel in channel_order(view, contact, step))
    level = obligation.level
    return (Lane(contact=contact.id, channels=channels, purpose=purpose, level=level),)


def _lost_after(view: Outlook) -> timedelta:
    """Return the limit on the incident's own clock, which an exercise may speed up."""
    return LOST_AFTER * view.incident.opened.pace


def _ask(obligation: Obligation, lane: Lane, *, channel: str, n: int) -> Ask:
    before = [a for a in obligation.attempts if a.contact == lane.contact]
    uncertain = bool(before) and any(a.outcome is OutcomeKind.UNKNOWN for a in before)
    again = uncertain and before[-1].channel == channel
    repeated = again and lane.purpose is ev.Purpose.ASK
    return Ask(
        step=obligation.step,
        partner=obligation.partner,
        n=n,
        contact=lane.contact,
        channel=channel,
        purpose=ev.Purpose.REPEAT if repeated else lane.purpose,
        level=lane.level,
        possible_repeat=uncertain or obligation.may_repeat_lost(lane.contact),
    )


def _is_late(view: Outlook, obligation: Obligation) -> bool:
    return (
        obligation.due_at is not None
        and obligation.due_at <= view.now
        and obligation.overdue_at is None
    )


def _rise(view: Outlook, obligation: Obligation, step: Step) -> tuple[ev.Event, ...]:
    """Return the next level, if it is reached; one level at a time, in order."""
    if obligation.is_stuck and obligation.acknowledgement is None:
        # Nobody passes it on: no use in waiting for the rungs that turn to the hub.
        return () if obligation.handed_at is not None else (_other_way(obligation),)
    ladder = view.ladder_of(step)
    rung = None if ladder is None else next_rung(obligation, ladder)
    if rung is None or obligation.acknowledgement is not None:
        return (_other_way(obligation),) if _is_for_the_lead(view, obligation, step) else ()
    if not _rung_is_due(view, obligation, step, rung):
        return ()
    level = obligation.level + 1
    risen = ev.Escalated(step=obligation.step, partner=obligation.partner, level=level)
    if rung.action.value == "lead" and obligation.handed_at is None:
        return (risen, _other_way(obligation))
    return (risen,)


def _is_for_the_lead(view: Outlook, obligation: Obligation, step: Step) -> bool:
    """Return whether an obligation that no rung pursues any more goes to the lead now."""
    if obligation.handed_at is not None:
        return False
    moment = _hand_over_moment(obligation, step)
    if moment is not None and moment <= view.now:
        return True
    # Nobody was reached over any channel: waiting for the deadline would help nobody.
    return obligation.acknowledgement is None and is_spent(view, obligation, step)


def _rung_is_due(view: Outlook, obligation: Obligation, step: Step, rung: Rung) -> bool:
    moment = _rung_due(view, obligation, rung)
    if moment is not None and moment <= view.now:
        return True
    return is_spent(view, obligation, step)


def _rung_due(view: Outlook, obligation: Obligation, rung: Rung) -> datetime | None:
    asked_at = obligation.asked_at
    return None if asked_at is None else rung_moment(view, rung, asked_at=asked_at)


def _hand_over_moment(obligation: Obligation, step: Step) -> datetime | None:
    """
    Return when an obligation without a running ladder goes to the lead as a task.

    What is told on a consent puts nobody under pressure (B30): time alone hands it to
    nobody, and it ends with the word of its recipient or with the consent.
    """
    if obligation.handed_at is not None:
        return None
    if obligation.due_at is None and step.gate is not None:
        return None
    if obligation.due_at is None:
        return obligation.started_at + WITHOUT_DEADLINE
    if obligation.acknowledgement is None:
        return obligation.due_at
    return obligation.due_at + PATIENCE


def _other_way(obligation: Obligation) -> ev.TaskRaised:
    return ev.TaskRaised(
        task=f"other-way/{obligation.step}/{obligation.partner}",
        task_kind=ev.TaskKind.OTHER_WAY,
        step=obligation.step,
        partner=obligation.partner,
    )


def _phone_tasks(view: Outlook, obligation: Obligation) -> tuple[ev.Event, ...]:
    return tuple(
        ev.TaskRaised(
            task=phone_task(obligation, attempt),
            task_kind=ev.TaskKind.PHONE,
            step=obligation.step,
            partner=obligation.partner,
            contact=attempt.contact,
            channel=attempt.channel,
            subject=str(attempt.n),
        )
        for attempt in obligation.attempts
        if attempt.outcome is OutcomeKind.ACCEPTED
        and obligation.wants(attempt.purpose)
        and is_by_hand(view, attempt)
        and phone_task(obligation, attempt) not in view.incident.tasks
    )


def phone_task(obligation: Obligation, attempt: Attempt) -> str:
    """Return the id of the task that an attempt by hand puts on the desk."""
    return f"phone/{obligation.step}/{obligation.partner}/{attempt.n}"


def _moments(view: Outlook, obligation: Obligation, step: Step) -> list[datetime]:
    ladder = view.ladder_of(step)
    moments = [] if obligation.overdue_at or not obligation.due_at else [obligation.due_at]
    if ladder is not None and obligation.acknowledgement is None:
        rung = next_rung(obligation, ladder)
        reached = None if rung is None else _rung_due(view, obligation, rung)
        if reached is not None:
            return [*moments, reached]
    hand_over = _hand_over_moment(obligation, step)
    return moments if hand_over is None else [*moments, hand_over]
