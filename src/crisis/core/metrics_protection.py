"""What protects those affected: consents (M18) and questions about their protection (M20)."""

from collections.abc import Iterator
from dataclasses import dataclass

from crisis.core import definition
from crisis.core import event as ev
from crisis.core.figure import Figure, Row, RowState, Stat
from crisis.core.obligation import Obligation
from crisis.core.scope import Scope
from crisis.core.task import TaskKind
from crisis.core.visibility import fields_of


def metric_m18(scope: Scope) -> Figure:
    """Return how many consents were given, refused, taken back; never a share, never a target."""
    rows = tuple(
        Row(subject=entry.event.kind, evidence=(entry.seq,))
        for entry in scope.entries
        if isinstance(entry.event, ev.ConsentGiven | ev.ConsentRefused | ev.ConsentRevoked)
    )
    kinds = [row.subject for row in rows]
    return Figure(
        definition=definition.M18,
        stats=(
            Stat(key="consents-given", value=kinds.count("consent-given")),
            Stat(key="consents-refused", value=kinds.count("consent-refused")),
            Stat(key="consents-revoked", value=kinds.count("consent-revoked")),
        ),
        rows=rows,
        n=len(rows),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


def metric_m20(scope: Scope) -> Figure:
    """Return what was answered to questions about protection, and which no is not mended yet."""
    found = tuple(guard for one in scope.obligations for guard in _guards(scope, one))
    said = [guard.said for guard in found]
    refused = [guard for guard in found if guard.said == "no"]
    return Figure(
        definition=definition.M20,
        stats=(
            Stat(key="guards-yes", value=said.count("yes")),
            Stat(key="guards-no", value=len(refused)),
            Stat(key="guards-unmended", value=sum(guard.is_open for guard in refused)),
            Stat(key="guards-unknown", value=len(found) - said.count("yes") - len(refused)),
        ),
        rows=tuple(guard.row for guard in refused if not guard.is_open),
        censored=tuple(guard.row for guard in refused if guard.is_open),
        n=len(found),
        log_from=scope.log_from,
        log_to=scope.log_to,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guard:
    """One question about protection: what a partner last answered, and whether a no is open."""

    row: Row
    said: str
    is_open: bool


def _guards(scope: Scope, obligation: Obligation) -> Iterator[_Guard]:
    """Yield the guard questions of a partner that everybody may read; none before it answered."""
    if obligation.answer is None:
        return
    step, partner = obligation.step, obligation.partner
    for field in fields_of(scope.incident, step):
        if not field.guard or field.visible_to:
            continue
        is_open = any(
            (task.raised.step, task.raised.partner, task.raised.subject)
            == (step, partner, field.id)
            for task in scope.incident.tasks.values()
            if task.raised.task_kind is TaskKind.GUARD and task.done_at is None
        )
        row = Row(
            step=step,
            partner=partner,
            subject=field.id,
            state=RowState.RUNNING if is_open else RowState.CORRECTED,
            evidence=scope.seqs(step, partner, ev.Answered),
        )
        said = str(obligation.answer.answers.get(field.id, ""))
        yield _Guard(row=row, said=said, is_open=is_open)
