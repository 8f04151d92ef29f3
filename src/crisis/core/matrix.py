"""Who was asked in which step, and what came of it: partners down, steps across."""

from dataclasses import dataclass
from datetime import timedelta

from crisis.core.figure import RowState
from crisis.core.metrics_contact import standing
from crisis.core.obligation import Obligation
from crisis.core.scope import Scope, first_attempt
from crisis.core.timing import ZERO

COLUMNS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """
    What came of one ask; `after` is the time to the answer, `level` how far it rose.

    `providers` are those that took its messages, in order, where the log names any.
    """

    state: RowState
    after: timedelta | None
    level: int
    providers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One partner's cells, in the order of the matrix's steps; None where it was not asked."""

    partner: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One part of the contact matrix, narrow enough for a page."""

    steps: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


def contact_matrices(scope: Scope) -> tuple[Matrix, ...]:
    """Return the contact matrix in parts of at most `COLUMNS` steps, with only those asked."""
    asked: dict[str, dict[str, Cell]] = {}
    for obligation in scope.addressed:
        asked.setdefault(obligation.step, {})[obligation.partner] = _cell(scope, obligation)
    steps = tuple(asked)
    parts = -(-len(steps) // COLUMNS)
    size = -(-len(steps) // parts) if parts else COLUMNS
    return tuple(
        _matrix(steps[start : start + size], asked) for start in range(0, len(steps), size)
    )


def _matrix(steps: tuple[str, ...], asked: dict[str, dict[str, Cell]]) -> Matrix:
    partners = dict.fromkeys(partner for step in steps for partner in asked[step])
    return Matrix(
        steps=steps,
        rows=tuple(
            MatrixRow(partner=partner, cells=tuple(asked[step].get(partner) for step in steps))
            for partner in partners
        ),
    )


def _cell(scope: Scope, obligation: Obligation) -> Cell:
    first, taken = first_attempt(obligation), scope.taken_at(obligation)
    after = None
    if first is not None and taken is not None:
        after = max(taken - first.started_at, ZERO)
    return Cell(
        state=standing(scope, obligation),
        after=after,
        level=obligation.level,
        providers=_carriers(obligation),
    )


def _carriers(obligation: Obligation) -> tuple[str, ...]:
    taken = (attempt for attempt in obligation.attempts if attempt.may_have_arrived)
    return tuple(dict.fromkeys(attempt.provider for attempt in taken if attempt.provider))
