"""Were the partners reached, and how soon: M1 to M5 and M22."""

from datetime import datetime, timedelta

from crisis.core import definition
from crisis.core import event as ev
from crisis.core.figure import Figure, Row, RowState, Stat, median, share, spread
from crisis.core.obligation import Obligation
from crisis.core.scope import Scope, fell_away, first_attempt
from crisis.core.timing import ZERO


def metric_m1(scope: Scope) -> Figure:
    """Return how long after the incident it was opened; n/a while its moment is unknown."""
    occurred, opened = scope.incident.opened.occurred_at, scope.incident.t0
    value = None if occurred is None else opened - occurred
    return Figure(
        definition=definition.M1,
        stats=(Stat(key="duration", value=value),),
        rows=(Row(subject="t0", value=value, evidence=(scope.log_from,)),),
        n=int(value is not None),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def metric_m2(scope: Scope) -> Figure:
    """Return how long after T0 each partner was first tried."""
    firsts: dict[str, Row] = {}
    waiting: dict[str, Row] = {}
    for obligation in scope.expected:
        first, since = first_attempt(obligation), _counted_from(scope, obligation)
        row = Row(
            step=obligation.step,
            partner=obligation.partner,
            value=scope.at - since if first is None else first.started_at - since,
            state=RowState.RUNNING if first is None else RowState.MEASURED,
            evidence=scope.seqs(obligation.step, obligation.partner, ev.AttemptStarted)[:1],
        )
        table = waiting if first is None else firsts
        known = table.get(obligation.partner)
        if known is None or _duration(row) < _duration(known):
            table[obligation.partner] = row
    return Figure(
        definition=definition.M2,
        stats=spread(_duration(row) for row in firsts.values()),
        rows=tuple(firsts.values()),
        censored=tuple(row for partner, row in waiting.items() if partner not in firsts),
        n=len(firsts),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def metric_m3(scope: Scope) -> Figure:
    """Return how long each partner took to take over, from the first attempt and from T0."""
    rows = [_answer_row(scope, obligation) for obligation in scope.obligations]
    measured = [row for row in rows if row.state is RowState.MEASURED]
    since_opened = (
        taken - _counted_from(scope, one)
        for one in scope.obligations
        if (taken := scope.taken_at(one)) is not None
    )
    return Figure(
        definition=definition.M3,
        stats=(
            *spread(_duration(row) for row in measured),
            *spread(since_opened, prefix="t0-"),
        ),
        rows=tuple(row for row in rows if row.state not in {RowState.RUNNING, RowState.FELL_AWAY}),
        censored=tuple(row for row in rows if row.state in {RowState.RUNNING, RowState.FELL_AWAY}),
        n=len(measured),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def _counted_from(scope: Scope, obligation: Obligation) -> datetime:
    """Return T0, or when the partner was first to be asked where that lies before it."""
    return min(scope.incident.t0, obligation.started_at)


def metric_m4(scope: Scope) -> Figure:
    """Return how many of the expected partners took over by their deadline."""
    rows = [
        _target_row(scope, obligation)
        for obligation in scope.expected
        if obligation.due_at is not None
    ]
    judged = tuple(row for row in rows if row.state is not RowState.RUNNING)
    in_time = sum(row.state is RowState.IN_TIME for row in judged)
    return Figure(
        definition=definition.M4,
        stats=(Stat(key="in-time", value=share(in_time, len(judged))),),
        rows=judged,
        censored=tuple(row for row in rows if row.state is RowState.RUNNING),
        n=len(judged),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def metric_m5(scope: Scope) -> Figure:
    """Return the expected partners that never took over and never refused."""
    silent = [
        obligation
        for obligation in scope.expected
        if scope.taken_at(obligation) is None and obligation.decline is None
    ]
    rows = [_silent_row(scope, obligation) for obligation in silent]
    never = tuple(row for row in rows if row.state is RowState.NEVER)
    expected = len(scope.expected)
    return Figure(
        definition=definition.M5,
        stats=(Stat(key="never", value=share(len(never), expected)),),
        rows=never,
        censored=tuple(row for row in rows if row.state is RowState.RUNNING),
        n=expected,
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def metric_m22(scope: Scope) -> Figure:
    """Return how many first attempts fell outside office hours, and what that cost in time."""
    inside: list[timedelta] = []
    outside: list[timedelta] = []
    rows: list[Row] = []
    n = 0
    for obligation in scope.obligations:
        first, taken = first_attempt(obligation), scope.taken_at(obligation)
        if first is None:
            continue
        n += 1
        if first.outside_hours:
            seqs = scope.seqs(obligation.step, obligation.partner, ev.AttemptStarted)[:1]
            rows.append(Row(step=obligation.step, partner=obligation.partner, evidence=seqs))
        if taken is not None:
            times = outside if first.outside_hours else inside
            times.append(max(taken - first.started_at, ZERO))
    return Figure(
        definition=definition.M22,
        stats=(
            Stat(key="outside", value=share(len(rows), n)),
            Stat(key="median-outside", value=median(outside)),
            Stat(key="median-inside", value=median(inside)),
        ),
        rows=tuple(rows),
        n=n,
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def _duration(row: Row) -> timedelta:
    return row.value if isinstance(row.value, timedelta) else ZERO


def _answer_row(scope: Scope, obligation: Obligation) -> Row:
    first, taken = first_attempt(obligation), scope.taken_at(obligation)
    asked = None if first is None else first.started_at
    state, end = _answer_state(scope, obligation)
    tried = scope.seqs(obligation.step, obligation.partner, ev.AttemptStarted)[:1]
    if taken is None:
        answered = scope.seqs(obligation.step, obligation.partner, ev.Declined)[-1:]
    else:
        answered = scope.taken_seqs(obligation)
    return Row(
        step=obligation.step,
        partner=obligation.partner,
        # Somebody may report before being asked: that took no time at all.
        value=None if asked is None else max(end - asked, ZERO),
        state=RowState.NOT_ASKED if asked is None else state,
        evidence=(*tried, *answered),
    )


def _answer_state(scope: Scope, obligation: Obligation) -> tuple[RowState, datetime]:
    taken = scope.taken_at(obligation)
    if taken is not None:
        return RowState.MEASURED, taken
    if obligation.decline is not None:
        return RowState.DECLINED, obligation.decline.happened_at
    if obligation.obsolete_at is not None:
        return RowState.FELL_AWAY, obligation.obsolete_at
    return RowState.RUNNING, scope.at


def standing(scope: Scope, obligation: Obligation) -> RowState:
    """
    Return how one partner stands to its deadline; without one, whether it took over.

    Who was only told has not taken over, whenever that was.
    """
    if obligation.is_telling and obligation.fulfilled_at is not None:
        return RowState.TOLD
    taken, due = scope.taken_at(obligation), obligation.due_at
    if taken is not None:
        if due is None:
            return RowState.MEASURED
        return RowState.IN_TIME if taken <= due else RowState.LATE
    if obligation.decline is not None:
        return RowState.DECLINED
    if fell_away(obligation):
        return RowState.FELL_AWAY
    return RowState.NEVER if scope.is_overdue(obligation) else RowState.RUNNING


def _target_row(scope: Scope, obligation: Obligation) -> Row:
    return Row(
        step=obligation.step,
        partner=obligation.partner,
        state=standing(scope, obligation),
        evidence=scope.taken_seqs(obligation)
        or scope.seqs(obligation.step, obligation.partner, ev.Declined, ev.Overdue),
    )


def _silent_row(scope: Scope, obligation: Obligation) -> Row:
    first = first_attempt(obligation)
    since = obligation.started_at if first is None else first.started_at
    return Row(
        step=obligation.step,
        partner=obligation.partner,
        value=scope.at - since,
        state=RowState.NEVER if scope.is_overdue(obligation) else RowState.RUNNING,
        evidence=scope.seqs(
            obligation.step, obligation.partner, ev.AttemptStarted, ev.Overdue, ev.TaskRaised
        ),
    )
