"""What changed on the way, and how well the log was kept: M17 and M27."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from crisis.core import definition
from crisis.core import event as ev
from crisis.core.condition import Value, Verdict, attributes_of, judge
from crisis.core.event import Entry
from crisis.core.figure import Figure, Row, RowState, Stat, share
from crisis.core.scope import Scope, happened_at, is_late_entry


def metric_m17(scope: Scope) -> Figure:
    """Return the facts that changed after the opening and the steps that they set going."""
    changes = tuple(_changes(scope))
    rows = tuple(
        row for entry, before, after in changes for row in _triggered(scope, entry, before, after)
    )
    return Figure(
        definition=definition.M17,
        stats=(
            Stat(key="changes", value=len(changes)),
            Stat(key="triggered", value=len(rows)),
        ),
        rows=tuple(row for row in rows if row.state is not RowState.RUNNING),
        censored=tuple(row for row in rows if row.state is RowState.RUNNING),
        n=len(changes),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def metric_m27(scope: Scope) -> Figure:
    """Return whether the chain holds, and what was entered late or corrected."""
    broken = [
        after.seq for before, after in pairwise(scope.entries) if after.prev_hash != before.hash
    ]
    late = tuple(_late_row(entry) for entry in scope.entries if is_late_entry(entry))
    corrected = tuple(_corrections(scope))
    return Figure(
        definition=definition.M27,
        stats=(
            Stat(key="entries", value=len(scope.entries)),
            Stat(key="breaks", value=len(broken)),
            Stat(key="late-entries", value=share(len(late), len(scope.entries))),
            Stat(key="corrections", value=len(corrected)),
        ),
        rows=(*late, *corrected),
        n=len(scope.entries),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def _changes(scope: Scope) -> Iterator[tuple[Entry, dict[str, Value], dict[str, Value]]]:
    known: dict[str, Value] = dict(scope.incident.opened.attributes)
    for entry in scope.entries:
        event = entry.event
        if not isinstance(event, ev.AttributeSet) or known.get(event.attribute) == event.value:
            continue
        before = dict(known)
        known[event.attribute] = event.value
        yield entry, before, dict(known)


def _triggered(
    scope: Scope, entry: Entry, before: dict[str, Value], after: dict[str, Value]
) -> Iterator[Row]:
    event = entry.event
    if not isinstance(event, ev.AttributeSet):
        return
    for step_id in scope.steps:
        when = scope.incident.step_by_id[step_id].when
        started = scope.incident.run_of(step_id).started_at
        if event.attribute not in attributes_of(when):
            continue
        was, now_is = (
            judge(when, attributes=known, decisions=scope.incident.decisions)
            for known in (before, after)
        )
        already = started is not None and started < entry.at
        if already or now_is is not Verdict.TRUE or was is Verdict.TRUE:
            continue
        yield Row(
            step=step_id,
            subject=event.attribute,
            value=(started or scope.at) - entry.at,
            state=RowState.RUNNING if started is None else RowState.MEASURED,
            evidence=(entry.seq, *scope.seqs(step_id, "", ev.StepStarted)[:1]),
        )


def _late_row(entry: Entry) -> Row:
    return Row(
        step=getattr(entry.event, "step", ""),
        partner=getattr(entry.event, "partner", "") or "",
        subject=entry.event.kind,
        value=entry.at - happened_at(entry),
        state=RowState.LATE,
        evidence=(entry.seq,),
    )


def _corrections(scope: Scope) -> Iterator[Row]:
    seen: Counter[tuple[str, str, str, int]] = Counter()
    for entry in scope.entries:
        event = entry.event
        if not isinstance(event, ev.AttemptEnded | ev.Answered):
            continue
        n = event.n if isinstance(event, ev.AttemptEnded) else 0
        seen[event.kind, event.step, event.partner, n] += 1
        if seen[event.kind, event.step, event.partner, n] > 1:
            yield Row(
                step=event.step,
                partner=event.partner,
                subject=event.kind,
                state=RowState.CORRECTED,
                evidence=(entry.seq,),
            )
