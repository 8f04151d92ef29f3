"""What changed on the way, and how well the log was kept: M17 and M27."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
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
    rows = tuple(row for change in changes for row in _triggered(scope, change))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A fact that became another, with what was known before and after."""

    seq: int
    at: datetime
    attribute: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]


def _changes(scope: Scope) -> Iterator[_Change]:
    known: dict[str, Value] = dict(scope.incident.opened.attributes)
    for entry in scope.entries:
        event = entry.event
        if not isinstance(event, ev.AttributeSet) or known.get(event.attribute) == event.value:
            continue
        before = dict(known)
        known[event.attribute] = event.value
        yield _Change(
            seq=entry.seq,
            at=entry.at,
            attribute=event.attribute,
            before=before,
            after=dict(known),
        )


def _triggered(scope: Scope, change: _Change) -> Iterator[Row]:
    for step_id in scope.steps:
        started = scope.incident.run_of(step_id).started_at
        if started is not None and started < change.at:
            continue
        if not _became_true(scope, step_id, change):
            continue
        yield Row(
            step=step_id,
            subject=change.attribute,
            value=(started or scope.at) - change.at,
            state=RowState.RUNNING if started is None else RowState.MEASURED,
            evidence=(change.seq, *scope.seqs(step_id, "", ev.StepStarted)[:1]),
        )


def _became_true(scope: Scope, step_id: str, change: _Change) -> bool:
    when = scope.incident.step_by_id[step_id].when
    if change.attribute not in attributes_of(when):
        return False
    before, after = (
        judge(
            when,
            attributes=known,
            decisions=scope.incident.decisions,
            levels=scope.incident.levels,
        )
        for known in (change.before, change.after)
    )
    return before is not Verdict.TRUE and after is Verdict.TRUE


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
