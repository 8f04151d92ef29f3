"""Was everything cleared before it came out: M19."""

from datetime import timedelta

from crisis.core import definition
from crisis.core.figure import Figure, Row, RowState, Stat, spread
from crisis.core.joint_review import clearance_reviews
from crisis.core.scope import Scope


def metric_m19(scope: Scope) -> Figure:
    """Return how long clearances took, and what was published without one."""
    found = clearance_reviews(scope)
    rows = tuple(
        Row(
            step=one.step,
            value=(one.cleared_at or scope.at) - one.started_at,
            state=RowState.RUNNING if one.cleared_at is None else RowState.MEASURED,
            evidence=one.evidence,
        )
        for one in found
    )
    measured = tuple(row for row in rows if row.state is RowState.MEASURED)
    uncleared = sum(one.uncleared for one in found)
    return Figure(
        definition=definition.M19,
        stats=(
            *spread(row.value for row in measured if isinstance(row.value, timedelta)),
            Stat(key="uncleared", value=uncleared if found else None),
        ),
        rows=measured,
        censored=tuple(row for row in rows if row.state is RowState.RUNNING),
        n=len(measured),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )
