"""What was planned against what happened: per partner for the first hours, per step for all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crisis.core.figure import RowState
from crisis.core.incident import StepRun
from crisis.core.metrics_channel import is_hard
from crisis.core.metrics_contact import standing
from crisis.core.metrics_deadline import done_at
from crisis.core.obligation import Obligation, Rise
from crisis.core.scope import Scope, first_attempt

# After a median of hours nobody asks how soon a telephone was answered: the start counts apart.
FIRST_HOURS = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """
    One partner's part in one step: planned from `planned_at` to `due_at`, and what came of it.

    `ended_at` is when the partner took over or refused, None while it never did.
    """

    step: str
    partner: str
    planned_at: datetime
    due_at: datetime | None
    asked_at: datetime | None
    attempts: tuple[datetime, ...]
    hard_failures: tuple[datetime, ...]
    rises: tuple[Rise, ...]
    ended_at: datetime | None
    state: RowState


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """
    One step as a whole: how many of its partners were asked, and how many took over in time.

    `told` are those that were only told something, which nobody takes over.
    """

    step: str
    planned_at: datetime
    due_at: datetime | None
    started_at: datetime
    done_at: datetime | None
    asked: int
    taken: int
    late: int
    state: RowState
    told: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The run from `opened_at` (T0) to the moment at which it was read."""

    opened_at: datetime
    occurred_at: datetime | None
    read_at: datetime
    bars: tuple[Bar, ...]
    spans: tuple[Span, ...]


def timeline(scope: Scope) -> Timeline:
    """Return planned against actual, in the order in which steps began."""
    incident = scope.incident
    bars = [_bar(scope, obligation) for obligation in scope.addressed]
    spans = [span for span in (_span(scope, step) for step in scope.steps) if span is not None]
    return Timeline(
        opened_at=incident.t0,
        occurred_at=incident.opened.occurred_at,
        read_at=scope.at,
        bars=tuple(sorted(bars, key=lambda bar: bar.planned_at)),
        spans=tuple(sorted(spans, key=lambda span: span.planned_at)),
    )


def _bar(scope: Scope, obligation: Obligation) -> Bar:
    planned = scope.incident.run_of(obligation.step).planned_at or obligation.started_at
    first = first_attempt(obligation)
    ended = obligation.fulfilled_at if obligation.is_telling else scope.taken_at(obligation)
    if ended is None and obligation.decline is not None:
        ended = obligation.decline.happened_at
    return Bar(
        step=obligation.step,
        partner=obligation.partner,
        planned_at=planned,
        due_at=obligation.due_at,
        asked_at=None if first is None else first.started_at,
        attempts=tuple(a.started_at for a in obligation.attempts),
        hard_failures=tuple(a.started_at for a in obligation.attempts if is_hard(a)),
        rises=obligation.rises,
        ended_at=ended or obligation.obsolete_at,
        state=standing(scope, obligation),
    )


def _span(scope: Scope, step: str) -> Span | None:
    run = scope.incident.run_of(step)
    if run.started_at is None:
        return None
    states = [standing(scope, o) for o in scope.addressed if o.step == step]
    done = done_at(scope, step)
    return Span(
        step=step,
        planned_at=run.planned_at or run.started_at,
        due_at=run.due_at,
        started_at=run.started_at,
        done_at=done,
        asked=len(states),
        taken=sum(s in {RowState.IN_TIME, RowState.MEASURED, RowState.LATE} for s in states),
        late=sum(s is RowState.LATE for s in states),
        state=_span_state(scope, run, done=done),
        told=sum(s is RowState.TOLD for s in states),
    )


def _span_state(scope: Scope, run: StepRun, *, done: datetime | None) -> RowState:
    due = run.due_at
    if done is None:
        if run.obsolete_at is not None or run.skipped_reason is not None:
            return RowState.FELL_AWAY
        return RowState.NEVER if due is not None and due < scope.at else RowState.RUNNING
    return RowState.LATE if due is not None and done > due else RowState.IN_TIME
