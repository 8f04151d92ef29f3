"""How far up the ladders went before somebody took over: M6."""

from collections import Counter

from crisis.core import definition
from crisis.core import event as ev
from crisis.core.figure import Figure, Row, RowState, Stat, share
from crisis.core.obligation import Obligation
from crisis.core.scope import Scope

LEVELS = (1, 2, 3, 4)


def metric_m6(scope: Scope) -> Figure:
    """Return how many cases reached each level, and at which level somebody took over."""
    reached: Counter[int] = Counter()
    succeeded: Counter[int] = Counter()
    for obligation in scope.obligations:
        reached.update({rise.level for rise in obligation.rises})
        level = _level_when_taken(scope, obligation)
        succeeded.update(() if level is None else (level,))
    risen = tuple(obligation for obligation in scope.obligations if obligation.rises)
    asked = {obligation.step for obligation in scope.obligations}
    rows = tuple(_row(scope, obligation) for obligation in risen)
    return Figure(
        definition=definition.M6,
        stats=(
            *(Stat(key=f"level-{level}", value=reached[level]) for level in LEVELS),
            Stat(key="steps", value=share(len({o.step for o in risen}), len(asked))),
            *(Stat(key=f"succeeded-{level}", value=succeeded[level]) for level in (0, *LEVELS)),
        ),
        rows=tuple(row for row in rows if row.state is not RowState.RUNNING),
        censored=tuple(row for row in rows if row.state is RowState.RUNNING),
        n=len(scope.obligations),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def _level_when_taken(scope: Scope, obligation: Obligation) -> int | None:
    taken = scope.taken_at(obligation)
    if taken is None:
        return None
    return max((rise.level for rise in obligation.rises if rise.at <= taken), default=0)


def _row(scope: Scope, obligation: Obligation) -> Row:
    if scope.taken_at(obligation) is not None:
        state = RowState.MEASURED
    elif obligation.decline is not None:
        state = RowState.DECLINED
    else:
        state = RowState.FELL_AWAY if obligation.obsolete_at is not None else RowState.RUNNING
    return Row(
        step=obligation.step,
        partner=obligation.partner,
        value=obligation.level,
        state=state,
        evidence=scope.seqs(obligation.step, obligation.partner, ev.Escalated),
    )
