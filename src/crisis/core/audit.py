"""
What should have happened by now, compared with the log.

The auditor reads the log by rules of its own, because an auditor that asks the
planner what is due shares the planner's mistakes. Only at the end, where no rule
of its own found anything and nobody has written for a while, it looks whether the
planner still wants something done. Its two laws are property tests
(`tests/core/test_audit.py`): a run that the house carried out raises no concern;
one attempt, outcome or level that is taken out of its log does.

Why at all: an engine in this field had an auditor that only wrote lines to a log,
and when it was switched off nobody was told (`docs/adr/`).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from crisis.core.audit_obligation import obligation_concerns
from crisis.core.audit_rule import Finding, Reading, concern_of
from crisis.core.concern import Concern
from crisis.core.incident import Incident, StepRun
from crisis.core.outlook import outlook
from crisis.core.plan import plan
from crisis.core.playbook import ExpectDecision, ExpectReport, Step
from crisis.core.repeat import upcoming
from crisis.core.task import TaskKind

# So long in real time whatever is due may take before it counts as late.
GRACE = timedelta(minutes=1)


def audit(incident: Incident, *, now: datetime, grace: timedelta = GRACE) -> tuple[Concern, ...]:
    """
    Return what should have happened in an incident by `now` and did not.

    Args:
        incident: as folded from its log.
        now: the moment by the clock of the house, which an exercise may speed up.
        grace: what counts as late, in real time; an exercise's pace is respected.
    """
    if incident.closed_at is not None:
        return ()
    reading = Reading(view=outlook(incident, now=now), grace=grace * incident.opened.pace)
    found = [
        *_about_steps(reading),
        *(
            finding
            for obligation in incident.obligations.values()
            for finding in obligation_concerns(reading, obligation)
        ),
    ]
    if not found:
        found.extend(_left_lying(reading))
    return tuple(concern_of(incident, finding) for finding in found)


def _about_steps(reading: Reading) -> Iterator[Finding]:
    incident = reading.incident
    if incident.stood_down_at is not None:
        farewell = incident.playbook.stand_down.id
        begun = incident.run_of(farewell).started_at is not None
        if not begun and reading.is_late(incident.stood_down_at):
            yield Finding(what="not-begun", since=incident.stood_down_at, step=farewell)
        return
    for step in incident.playbook.steps:
        for each in incident.with_rounds((step,)):
            yield from _about_step(reading, each, of=step.id)
        yield from _round_not_begun(reading, step)


def _about_step(reading: Reading, step: Step, *, of: str) -> Iterator[Finding]:
    run = reading.incident.run_of(step.id)
    if run.skipped_at is not None or run.obsolete_at is not None:
        return
    if run.started_at is None:
        yield from _not_begun(reading, step, run)
    else:
        yield from _without_partners(reading, step, run, of=of)
        yield from _without_outcome(reading, step, run, begun=run.started_at)


def _not_begun(reading: Reading, step: Step, run: StepRun) -> Iterator[Finding]:
    """Yield a step that depends on nothing but the clock and did not begin."""
    waits = step.waits or reading.view.profiles[step.profile].waits
    depends = step.start.after or step.start.occasion or step.when is not None
    if (
        waits
        or depends
        or not step.begins_by_itself
        or step.hold_while is not None
        or run.held_since is not None
    ):
        return
    if reading.incident.is_ahead and step.start.offset >= timedelta():
        return
    moment = reading.incident.t0 + step.start.offset
    if step.repeat is not None and step.repeat.dates:
        coming = [date for date in step.repeat.dates if date >= moment]
        moment = min(coming, default=reading.view.now)
    if reading.is_late(moment):
        yield Finding(what="not-begun", since=moment, step=step.id)


def _round_not_begun(reading: Reading, step: Step) -> Iterator[Finding]:
    """Yield a round that depends on nothing but the clock and did not begin."""
    incident, repeat = reading.incident, step.repeat
    run = incident.run_of(step.id)
    if repeat is None or run.started_at is None or run.skipped_at is not None:
        return
    if not step.begins_by_itself:
        return  # it waits for a consent or a bulletin, not for the clock
    if repeat.changes or repeat.until or step.when is not None:
        return
    last = incident.run_of(incident.rounds_of(step.id)[-1])
    begun = max(run.started_at, last.planned_at or run.started_at)
    end = None if repeat.latest is None else incident.t0 + repeat.latest
    coming = upcoming(repeat, anchor=run.planned_at or begun, after=begun, end=end)
    if coming is not None and reading.is_late(coming):
        yield Finding(what="not-begun", since=coming, step=step.id)


def _without_partners(reading: Reading, step: Step, run: StepRun, *, of: str) -> Iterator[Finding]:
    begun = run.started_at
    if isinstance(step.expect, ExpectReport) or begun is None:
        return
    lost = [key for key in run.partners if (step.id, key) not in reading.incident.obligations]
    for partner in lost:
        yield Finding(what="no-obligation", since=begun, step=step.id, partner=partner)
    rounds = reading.incident.rounds_of(of)
    gaps = any(
        task.raised.task_kind is TaskKind.GAP and task.raised.step in rounds
        for task in reading.incident.tasks.values()
    )
    if not run.partners and not gaps:
        yield Finding(what="nobody-asked", since=begun, step=step.id)


def _without_outcome(
    reading: Reading, step: Step, run: StepRun, *, begun: datetime
) -> Iterator[Finding]:
    if isinstance(step.expect, ExpectReport):
        if run.report is None and reading.is_late(begun):
            yield Finding(what="no-report", since=begun, step=step.id)
    elif (
        isinstance(step.expect, ExpectDecision)
        and run.decided is None
        and not reading.incident.is_ahead
    ):
        moment = max(begun, reading.incident.t0 + step.expect.default_at)
        if reading.is_late(moment):
            yield Finding(what="no-decision", since=moment, step=step.id)


def _left_lying(reading: Reading) -> Iterator[Finding]:
    """Yield that the planner's work is not done although nobody writes any more."""
    incident, now = reading.incident, reading.view.now
    if not reading.is_late(incident.last_at):
        return
    if not plan(incident, now=now - reading.grace).due or not plan(incident, now=now).due:
        return
    first = plan(incident, now=incident.last_at)
    since = incident.last_at if first.due else first.wake_at or now - reading.grace
    yield Finding(what="left-lying", since=since)
