"""Was it done on time, and did the partners report back: M9 and M15."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from crisis.core import definition
from crisis.core import event as ev
from crisis.core.both_sides import settled_at
from crisis.core.figure import Figure, Row, RowState, Stat, share, spread
from crisis.core.incident import StepRun
from crisis.core.obligation import Obligation
from crisis.core.playbook import Completion, Step
from crisis.core.scope import Scope, first_attempt


def metric_m9(scope: Scope) -> Figure:
    """Return how many of the steps that were due were done on time, and the delay of the rest."""
    rows = tuple(_due_rows(scope))
    late = tuple(row for row in rows if row.state is RowState.LATE)
    undone = tuple(row for row in rows if row.state is RowState.RUNNING)
    in_time = len(rows) - len(late) - len(undone)
    return Figure(
        definition=definition.M9,
        stats=(
            Stat(key="in-time", value=share(in_time, len(rows))),
            *spread(row.value for row in late if isinstance(row.value, timedelta)),
        ),
        rows=late,
        censored=undone,
        n=len(rows),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def metric_m15(scope: Scope) -> Figure:
    """Return how many of the requested reports came in, round by round."""
    rounds = [
        (step, asked)
        for step in scope.steps
        if scope.incident.step_by_id[step].check_in
        for asked in [_asked(scope, step)]
        if asked
    ]
    requested = sum(len(asked) for _, asked in rounds)
    received = sum(o.first_answered_at is not None for _, asked in rounds for o in asked)
    late = sum(_answered_late(o) for _, asked in rounds for o in asked)
    return Figure(
        definition=definition.M15,
        stats=(
            Stat(key="received", value=share(received, requested)),
            Stat(key="late", value=share(late, received)),
        ),
        rows=tuple(row for step, asked in rounds for row in _round_rows(scope, step, asked)),
        n=len(rounds),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def done_at(scope: Scope, step_id: str) -> datetime | None:
    """Return when a step as a whole was done: by all, by one or by enough of its partners."""
    run = scope.incident.run_of(step_id)
    if run.decided is not None:
        return run.decided.happened_at
    step = scope.incident.step_by_id[step_id]
    if step.expect.kind == "report":
        return run.report_at
    if step.expect.kind == "both_confirm":
        return settled_at(scope.incident, step)
    counting = scope.incident.obligations_of(step_id)
    if step.completion is not Completion.ALL:
        counting = scope.incident.counting_of(step_id)
    owed = [o for o in counting if _counts(o)]
    settled = (_settled_at(scope, obligation) for obligation in owed)
    moments = sorted(moment for moment in settled if moment is not None)
    needed = _needed(step, owed=len(owed))
    return moments[needed - 1] if 0 < needed <= len(moments) else None


def is_due(scope: Scope, step_id: str) -> bool:
    """Return whether a step's deadline has passed, or it was done before."""
    run = scope.incident.run_of(step_id)
    if run.due_at is None or _fell_away(run):
        return False
    return run.due_at < scope.at or done_at(scope, step_id) is not None


def _due_rows(scope: Scope) -> Iterator[Row]:
    for step_id in scope.steps:
        due = scope.incident.run_of(step_id).due_at
        if due is None or not is_due(scope, step_id):
            continue
        done = done_at(scope, step_id)
        late = (done or scope.at) > due
        state = RowState.LATE if late else RowState.IN_TIME
        kinds = (ev.StepStarted, ev.Decided, ev.ReportDrafted)
        overdue = (
            seq
            for obligation in scope.incident.obligations_of(step_id)
            for seq in scope.seqs(step_id, obligation.partner, ev.Overdue)
        )
        yield Row(
            step=step_id,
            value=(done or scope.at) - due if late else None,
            state=RowState.RUNNING if done is None else state,
            evidence=tuple(sorted((*scope.seqs(step_id, "", *kinds), *overdue))),
        )


def _fell_away(run: StepRun) -> bool:
    if run.skipped_reason is not None:
        return True
    dropped, due = run.obsolete_at, run.due_at
    return dropped is not None and due is not None and dropped <= due


def _counts(obligation: Obligation) -> bool:
    return obligation.fulfilled_at is not None or obligation.obsolete_at is None


def _settled_at(scope: Scope, obligation: Obligation) -> datetime | None:
    """Return when one part was done; a refused one is done when the lead has dealt with it."""
    if obligation.fulfilled_at is not None or obligation.decline is None:
        return obligation.fulfilled_at
    key = (ev.TaskKind.DECLINED, obligation.step, obligation.partner)
    dealt = (
        task.done_at
        for task in scope.incident.tasks.values()
        if (task.raised.task_kind, task.raised.step, task.raised.partner) == key
    )
    return next((moment for moment in dealt if moment is not None), None)


def _needed(step: Step, *, owed: int) -> int:
    if step.completion is Completion.ANY:
        return 1
    if step.completion is Completion.QUORUM:
        return min(step.quorum or owed, owed)  # as the planner counts it
    return owed


def _asked(scope: Scope, step: str) -> tuple[Obligation, ...]:
    return tuple(
        obligation
        for obligation in scope.incident.obligations_of(step)
        if first_attempt(obligation) is not None
    )


def _answered_late(obligation: Obligation) -> bool:
    answered, due = obligation.first_answered_at, obligation.due_at
    return answered is not None and due is not None and answered > due


def _round_rows(scope: Scope, step: str, asked: tuple[Obligation, ...]) -> Iterator[Row]:
    answered = [o for o in asked if o.first_answered_at is not None]
    late = [o for o in answered if _answered_late(o)]
    for state, part, whole in (
        (RowState.MEASURED, answered, asked),
        (RowState.LATE, late, answered),
    ):
        seqs = (seq for o in part for seq in scope.seqs(step, o.partner, ev.Answered)[:1])
        yield Row(
            step=step,
            value=share(len(part), len(whole)),
            state=state,
            evidence=tuple(sorted(seqs)),
        )
