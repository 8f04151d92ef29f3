"""When steps begin, with whom, and when they fall away again."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from crisis.core import event as ev
from crisis.core.asked import TOO_LATE
from crisis.core.availability import next_office_opening
from crisis.core.both_sides import settled_at, side_partners
from crisis.core.by_hand import may_know
from crisis.core.condition import Verdict
from crisis.core.contact import holders, is_held
from crisis.core.deadline import Within, deadline_from
from crisis.core.incident import StepRun
from crisis.core.membership import members_of
from crisis.core.outlook import Outlook, needed_answers, outcome_at
from crisis.core.playbook import Completion, ExpectBothConfirm, ExpectReport, Step
from crisis.core.timing import earliest

# A deadline that has passed before the step could begin still leaves this much time.
LEAST_TIME = timedelta(minutes=15)


def start_moment(view: Outlook, step: Step) -> datetime | None:
    """Return when a step should begin, as far as that is known; None if it waits for others."""
    moment = _by_clock(view, step)
    if step.start.after:
        latest = step.start.latest
        moment = earliest(_after(view, step), None if latest is None else _from_t0(view, latest))
    if moment is not None and (step.waits or view.profiles[step.profile].waits):
        holidays = view.directory.holidays
        return next_office_opening(moment, land=view.land, holidays=holidays)
    return moment


def _by_clock(view: Outlook, step: Step) -> datetime | None:
    """Return when a step that waits for no other begins; None before its occasion has come."""
    moment: datetime | None = _from_t0(view, step.start.offset)
    if step.start.occasion:
        came = view.incident.occasions.get(step.start.occasion)
        moment = None if came is None else came + step.start.offset
    if moment is None or step.repeat is None or not step.repeat.dates:
        return moment
    return next((date for date in step.repeat.dates if date >= moment), None)


def _from_t0(view: Outlook, offset: timedelta) -> datetime | None:
    """Return a moment counted from T0; None for one after it while T0 is only planned."""
    waits = view.incident.is_ahead and offset >= timedelta()
    return None if waits else view.incident.t0 + offset


def due_moment(view: Outlook, step: Step) -> datetime | None:
    """Return the deadline of a step that begins now."""
    return _due(view, step.within)


def _due(view: Outlook, within: Within | None) -> datetime | None:
    if within is None:
        return None
    since: datetime | None = view.incident.t0
    if within.occasion:
        since = view.incident.occasions.get(within.occasion)
    if not within.absolute or since is None:
        holidays = view.directory.holidays
        return deadline_from(within, start=view.now, land=view.land, holidays=holidays)
    due = since + within.duration
    return due if due > view.now else view.now + LEAST_TIME


def partners_of(view: Outlook, step: Step) -> tuple[str, ...]:
    """
    Return the ids of all partners a step asks, each once, in the order of the directory.

    Members of a hub are asked by their hub, so a later step asks the hub again.
    """
    if isinstance(step.expect, ExpectReport):
        return ()
    found: dict[str, None] = {}
    for role in step.roles:
        for partner in holders(view.directory, role, region=view.incident.opened.region):
            found[partner.id] = None
    for other in (*step.reached_in, *step.asked_in):
        for obligation in view.incident.obligations_of(other):
            reached = obligation.reached_at is not None or other in step.asked_in
            if reached and obligation.decline is None and obligation.membership is None:
                found[obligation.partner] = None
    return tuple(found)


def missing_roles(view: Outlook, step: Step) -> tuple[str, ...]:
    """Return the step's roles that nobody holds in the region."""
    region = view.incident.opened.region
    return tuple(role for role in step.roles if not is_held(view.directory, role, region=region))


def beginnings(view: Outlook) -> Iterator[ev.Event]:
    """Yield the facts about steps that are true now and not yet recorded."""
    if view.incident.stood_down_at is not None:
        yield from _stand_down(view)
        return
    for step in view.incident.playbook.steps:
        run = view.incident.run_of(step.id)
        if run.skipped_at is not None or not step.begins_by_itself:
            continue  # `gated` and `circulation` look after the others
        if run.started_at is None:
            yield from _begin(view, step, run)
        elif step.repeat is not None:
            continue  # `rounds` looks after all of its rounds
        elif run.obsolete_at is None:
            yield from falls_away(view, step)
        elif view.verdict(step.when) is Verdict.TRUE:
            yield from comes_back(view, step)


def next_beginning(view: Outlook) -> datetime | None:
    """Return the next moment at which a step that applies will begin by itself."""
    if view.incident.stood_down_at is not None:
        return None
    moments = (
        start_moment(view, step)
        for step in view.incident.playbook.steps
        if step.begins_by_itself
        and _is_waiting(view.incident.run_of(step.id))
        and view.applies(step.when)
    )
    return earliest(*(m for m in moments if m is not None and m > view.now))


def _is_too_late(view: Outlook, step: Step) -> bool:
    """Return whether a step that prepares a planned run did not begin before T0."""
    start, incident = step.start, view.incident
    prepares = start.offset < timedelta() and not (start.after or start.occasion)
    return prepares and incident.opened.planned_for is not None and not incident.is_ahead


def _is_waiting(run: StepRun) -> bool:
    return run.started_at is None and run.skipped_at is None


def _after(view: Outlook, step: Step) -> datetime | None:
    outcomes = [outcome_at(view, view.incident.step_by_id[other]) for other in step.start.after]
    known = [outcome for outcome in outcomes if outcome is not None]
    if step.start.mode == "any":
        return min(known) + step.start.offset if known else None
    return max(known) + step.start.offset if len(known) == len(outcomes) else None


def _begin(view: Outlook, step: Step, run: StepRun) -> Iterator[ev.Event]:
    moment = start_moment(view, step)
    if moment is None or moment > view.now or not view.applies(step.when):
        return
    if _is_too_late(view, step):
        yield ev.StepSkipped(step=step.id, partner=None, reason=TOO_LATE)
        return
    if step.hold_while is not None and view.applies(step.hold_while):
        if run.held_since is None:
            yield ev.StepHeld(step=step.id)
        return
    partners = partners_of(view, step)
    yield started(view, step, partners, planned_at=moment, name=step.id)
    yield from gaps(view, step, partners, name=step.id)


def started(
    view: Outlook,
    step: Step,
    partners: tuple[str, ...],
    *,
    planned_at: datetime,
    name: str,
    members: Mapping[str, tuple[str, ...]] | None = None,
) -> ev.StepStarted:
    """
    Return that a step begins now for some partners; `name` is the step's round.

    `members` are whom each hub among the partners informs, all whom it knows if None.
    """
    found = _members(view, step, partners) if members is None else members
    informed = {hub: named for hub, named in found.items() if named}
    due_at = due_moment(view, step)
    return ev.StepStarted(
        step=name,
        partners=partners,
        planned_at=planned_at,
        due_at=due_at,
        members=informed,
        members_due_at=(_due(view, step.members_within) or due_at) if informed else None,
    )


def _members(
    view: Outlook, step: Step, partners: tuple[str, ...]
) -> Mapping[str, tuple[str, ...]]:
    """Return whom each hub informs; who belongs to several, or is asked itself, stands once."""
    found: dict[str, tuple[str, ...]] = {}
    asked = set(partners)
    for hub in partners if step.hub else ():
        known = members_of(
            view.directory, hub, region=view.incident.opened.region, reach=step.members
        )
        found[hub] = tuple(one.id for one in known if one.id not in asked)
        asked.update(found[hub])
    return found


def gaps(view: Outlook, step: Step, partners: tuple[str, ...], *, name: str) -> Iterator[ev.Event]:
    """Yield a task for each role that nobody holds, once; `name` is the step's round."""
    subjects = (*missing_roles(view, step), *_one_sided(view, step, partners))
    if not subjects and not partners and not isinstance(step.expect, ExpectReport):
        subjects = ("nobody-reached",)
    found = [("", subject) for subject in subjects]
    found += [(hub, "members") for hub, m in _members(view, step, partners).items() if not m]
    for partner, subject in found:
        if not _lies_there(view, step, _about(partner, subject)):
            yield _gap(name, subject, partner=partner)


def _about(partner: str, subject: str) -> str:
    return f"{partner}/{subject}" if partner else subject


def _one_sided(view: Outlook, step: Step, partners: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles of a side on which nobody is but who is on the other side already."""
    if not isinstance(step.expect, ExpectBothConfirm):
        return ()
    first, second = (
        set(side_partners(view.incident, roles)).intersection(partners)
        for roles in step.expect.sides
    )
    return step.expect.sides[1] if second and second <= first else ()


def _gap(name: str, subject: str, *, partner: str) -> ev.TaskRaised:
    return ev.TaskRaised(
        task=f"gap/{name}/{_about(partner, subject)}",
        task_kind=ev.TaskKind.GAP,
        step=name,
        partner=partner,
        subject=subject,
    )


def _lies_there(view: Outlook, step: Step, subject: str) -> bool:
    """Return whether an earlier round's gap still lies on the desk."""
    tasks = view.incident.tasks
    names = (f"gap/{name}/{subject}" for name in view.incident.rounds_of(step.id))
    return any(name in tasks and tasks[name].done_at is None for name in names)


def falls_away(view: Outlook, step: Step) -> Iterator[ev.Event]:
    """Yield that a step's open obligations fall away, if they do."""
    is_void = view.verdict(step.when) is Verdict.FALSE
    is_both = isinstance(step.expect, ExpectBothConfirm)
    if not is_void and not is_both and step.completion is Completion.ALL:
        return
    obligations = view.incident.obligations_of(step.id)
    if all(obligation.is_settled for obligation in obligations):
        return
    if is_void:
        yield ev.StepObsolete(step=step.id, reason="condition")
    elif is_both:
        if settled_at(view.incident, step) is not None:
            yield ev.StepObsolete(step=step.id, reason="completed")
    else:
        counting = view.incident.counting_of(step.id)
        fulfilled = sum(obligation.is_fulfilled for obligation in counting)
        if fulfilled >= needed_answers(step, of=len(counting)):
            yield ev.StepObsolete(step=step.id, reason="completed")


def comes_back(view: Outlook, step: Step) -> Iterator[ev.Event]:
    """Yield that a step begins anew: the fact that made it fall away was corrected."""
    dropped = [
        obligation
        for obligation in view.incident.obligations_of(step.id)
        if obligation.obsolete_at is not None and obligation.obsolete_reason == "condition"
    ]
    if not dropped:
        return
    members: dict[str, tuple[str, ...]] = {}
    for one in dropped:
        if one.membership is not None:
            hub = one.membership.hub
            members[hub] = (*members.get(hub, ()), one.partner)
    # A hub is asked anew where its members are, although it had taken over before.
    asked = (*members, *(one.partner for one in dropped if one.membership is None))
    partners = tuple(dict.fromkeys(asked))
    yield started(view, step, partners, planned_at=view.now, name=step.id, members=members)


def _stand_down(view: Outlook) -> Iterator[ev.Event]:
    incident, step = view.incident, view.incident.playbook.stand_down
    for step_id in incident.steps:
        if step_id != step.id and not all(
            obligation.is_settled for obligation in incident.obligations_of(step_id)
        ):
            yield ev.StepObsolete(step=step_id, reason="stand-down")
    run = incident.run_of(step.id)
    # Later come those of whom only then it is entered that somebody had spoken to them.
    told = {
        partner: None
        for (_, partner), obligation in incident.obligations.items()
        if partner not in run.partners and may_know(view, obligation)
    }
    if run.started_at is None or told:
        yield ev.StepStarted(
            step=step.id,
            partners=tuple(told),
            planned_at=view.now if run.started_at else incident.stood_down_at or view.now,
            due_at=due_moment(view, step),
        )
