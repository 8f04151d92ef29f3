"""One figure as the strings that its pages print."""

from dataclasses import dataclass
from datetime import timedelta

from crisis.core.figure import Figure, Row, RowState
from crisis.render.names import Names
from crisis.render.wording import Wording

# Every case of these stands in the annex; here only what calls for attention.
_IN_ANNEX = frozenset({"M1", "M2", "M3", "M22"})
_HIGH_LEVEL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure with its numbers, the cases worth naming, its rule and its stretch of the log."""

    id: str
    label: str
    stats: tuple[tuple[str, str], ...]
    cases: tuple[str, ...]
    open_cases: tuple[str, ...]
    formula: str
    source: str


def figure_view(figure: Figure, *, names: Names, wording: Wording) -> FigureView:
    """Return a figure in words; open cases are always all listed."""
    return FigureView(
        id=figure.id,
        label=wording.words(figure.definition.label),
        stats=tuple((names.stat(stat.key), wording.quantity(stat.value)) for stat in figure.stats),
        cases=tuple(
            _case(figure, row, names, wording) for row in figure.rows if _is_notable(figure, row)
        ),
        open_cases=tuple(_case(figure, row, names, wording) for row in figure.censored),
        formula=wording.words(figure.definition.formula),
        source=wording.pick(
            f"Formel {figure.id}, n = {figure.n}, Protokoll Nr. {figure.log_from} bis "
            f"{figure.log_to}",
            f"formula {figure.id}, n = {figure.n}, log entries {figure.log_from} to "
            f"{figure.log_to}",
        ),
    )


def _is_notable(figure: Figure, row: Row) -> bool:
    if figure.id == "M6":
        return isinstance(row.value, int) and row.value >= _HIGH_LEVEL
    return figure.id not in _IN_ANNEX and row.state is not RowState.IN_TIME


def _case(figure: Figure, row: Row, names: Names, wording: Wording) -> str:
    partner = names.partner(row.partner) if row.partner else ""
    step = row.step if partner or not row.step else f"{row.step} {names.step(row.step)}"
    where = " ".join(part for part in (step, partner) if part)
    about = names.kind(names.subject(row.subject)) if row.subject else ""
    told = ", ".join(
        part for part in (where, about, _outcome(figure, row, names, wording)) if part
    )
    if not row.evidence:
        return told
    return f"{told} [{wording.pick('Nr.', 'no.')}\u00a0{wording.numbers(row.evidence)}]"


def _outcome(figure: Figure, row: Row, names: Names, wording: Wording) -> str:
    state = names.state(row.state)
    if figure.id == "M6":
        level = f"{wording.pick('Stufe', 'level')} {row.value}"
        return level if row.state is RowState.MEASURED else f"{level}, {state}"
    if row.state is RowState.RUNNING:
        told = wording.pick("läuft noch", "still running")
        return f"{told} {wording.since(row.value)}" if isinstance(row.value, timedelta) else told
    if row.state is RowState.MEASURED:
        return "" if row.value is None else wording.quantity(row.value)
    return state if row.value is None else _told(figure, row, state, wording)


def _told(figure: Figure, row: Row, state: str, wording: Wording) -> str:
    value = wording.quantity(row.value)
    if figure.id == "M5" and isinstance(row.value, timedelta):
        return f"{state} {wording.since(row.value)}"
    if figure.id == "M27":
        return f"{wording.pick('nachgetragen nach', 'entered after')} {value}"
    return f"{state} {value}"
