"""Two runs beside each other: every figure, and where the time went step by step (S4.9)."""

from dataclasses import dataclass
from datetime import timedelta

from crisis.core.definition import Definition
from crisis.core.figure import Quantity
from crisis.core.report_part import ReflectionReport
from crisis.core.timeline import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePair:
    """One number of a figure in both runs; None where it cannot be known."""

    definition: Definition
    key: str
    first: Quantity
    second: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTime:
    """How a step went in one run: how long it took, None if it was not done, and who was late."""

    took: timedelta | None
    asked: int
    taken: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPair:
    """A step in both runs; None in a run in which it did not begin."""

    step: str
    first: StepTime | None
    second: StepTime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunComparison:
    """
    Two runs beside each other.

    Steps are compared only where both runs are of the same playbook: elsewhere an id
    may mean another step.
    """

    first: ReflectionReport
    second: ReflectionReport
    figures: tuple[FigurePair, ...]
    steps: tuple[StepPair, ...]

    @property
    def same_playbook(self) -> bool:
        """Whether both runs are of the same playbook, in whatever version."""
        return self.first.cover.playbook == self.second.cover.playbook


def compare_runs(first: ReflectionReport, second: ReflectionReport) -> RunComparison:
    """Return two runs beside each other, in the order of the first one."""
    same = first.cover.playbook == second.cover.playbook
    return RunComparison(
        first=first,
        second=second,
        figures=_figures(first, second),
        steps=_steps(first, second) if same else (),
    )


def change(first: Quantity, second: Quantity) -> timedelta | int | None:
    """Return how much the second of two quantities is more; None where that cannot be said."""
    if isinstance(first, timedelta) and isinstance(second, timedelta):
        return second - first
    if isinstance(first, int) and isinstance(second, int):
        return second - first
    return None


def _figures(first: ReflectionReport, second: ReflectionReport) -> tuple[FigurePair, ...]:
    values = [
        {(figure.id, stat.key): stat.value for figure in report.figures for stat in figure.stats}
        for report in (first, second)
    ]
    known = {
        (figure.id, stat.key): figure.definition
        for report in (first, second)
        for figure in report.figures
        for stat in figure.stats
    }
    order = list(dict.fromkeys(figure for figure, _ in known))
    return tuple(
        FigurePair(
            definition=definition,
            key=key[1],
            first=values[0].get(key),
            second=values[1].get(key),
        )
        # What only the second run has stands with its figure, not at the end.
        for key, definition in sorted(known.items(), key=lambda one: order.index(one[0][0]))
    )


def _steps(first: ReflectionReport, second: ReflectionReport) -> tuple[StepPair, ...]:
    before, after = (
        {span.step: _time(span) for span in report.timeline.spans} for report in (first, second)
    )
    return tuple(
        StepPair(step=step, first=before.get(step), second=after.get(step))
        for step in dict.fromkeys((*before, *after))
    )


def _time(span: Span) -> StepTime:
    took = None if span.done_at is None else span.done_at - span.started_at
    return StepTime(took=took, asked=span.asked, taken=span.taken, late=span.late)
