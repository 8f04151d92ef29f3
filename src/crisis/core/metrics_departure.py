"""Where a run departed from its playbook, and how its numbers grew: M10 and M16."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from crisis.core import definition
from crisis.core import event as ev
from crisis.core.asked import TOO_LATE
from crisis.core.event import Entry
from crisis.core.figure import Figure, Row, RowState, Stat
from crisis.core.playbook import AttributeKind
from crisis.core.scope import Scope, happened_at

# Two sources that name different numbers within this time speak of the same moment.
SAME_TIME = timedelta(hours=1)
_Value = tuple[Entry, int, str]


def metric_m10(scope: Scope) -> Figure:
    """Return what was left out, asked beside the playbook, or given longer, and whether why."""
    rows = tuple(_departures(scope))
    kinds = [row.subject for row in rows]
    return Figure(
        definition=definition.M10,
        stats=(
            Stat(key="left-out", value=kinds.count("step-skipped")),
            Stat(key="asked-beside", value=kinds.count("ad-hoc-asked")),
            Stat(key="given-longer", value=len(scope.incident.playbook.longer)),
            Stat(
                key="unexplained",
                value=sum(row.state is RowState.UNCERTAIN for row in rows),
            ),
        ),
        rows=rows,
        n=len(rows),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def metric_m16(scope: Scope) -> Figure:
    """Return how each count grew: its values, the greatest change, and contradictory reports."""
    series = {name: tuple(values) for name, values in _series(scope).items() if values}
    changes = {
        name: max((abs(b - a) for (_, a, _), (_, b, _) in pairwise(values)), default=None)
        for name, values in series.items()
    }
    known = [change for change in changes.values() if change is not None]
    return Figure(
        definition=definition.M16,
        stats=(
            Stat(key="values", value=sum(map(len, series.values()))),
            Stat(key="largest-change", value=max(known, default=None)),
            Stat(key="contradictions", value=sum(map(_contradictions, series.values()))),
        ),
        rows=tuple(
            Row(
                subject=name,
                value=values[-1][1],
                evidence=tuple(entry.seq for entry, _, _ in values),
            )
            for name, values in series.items()
        ),
        n=len(series),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def _departures(scope: Scope) -> Iterator[Row]:
    for entry in scope.entries:
        event = entry.event
        if isinstance(event, ev.StepSkipped) and event.reason == TOO_LATE:
            continue  # T0 came first; nobody left it out
        if not isinstance(event, ev.StepSkipped | ev.AdHocAsked):
            continue
        yield Row(
            step=event.step,
            partner=event.partner or "",
            subject=event.kind,
            state=RowState.MEASURED if event.reason else RowState.UNCERTAIN,
            evidence=(entry.seq,),
        )


def _series(scope: Scope) -> dict[str, list[_Value]]:
    """Return every value of each count in the order in which it held, with who named it."""
    counts = [
        one.id for one in scope.incident.playbook.attributes if one.kind is AttributeKind.COUNT
    ]
    found: dict[str, list[_Value]] = defaultdict(list)
    first = scope.entries[0]
    for name in counts:
        value = scope.incident.opened.attributes.get(name)
        if isinstance(value, int):
            found[name].append((first, value, "opening"))
    for entry in scope.entries:
        event = entry.event
        if (
            isinstance(event, ev.AttributeSet)
            and event.attribute in counts
            and isinstance(event.value, int)
        ):
            found[event.attribute].append((entry, event.value, event.source))
    return {name: sorted(found[name], key=lambda one: happened_at(one[0])) for name in counts}


def _contradictions(values: tuple[_Value, ...]) -> int:
    return sum(
        a != b and said != says and happened_at(later) - happened_at(earlier) <= SAME_TIME
        for (earlier, a, said), (later, b, says) in pairwise(values)
    )
