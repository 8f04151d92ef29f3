"""Two runs beside each other, as rows of words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from crisis.core.figure import Quantity
from crisis.core.run_comparison import RunComparison, StepTime, change
from crisis.render.names import Names
from crisis.render.wording import Wording


def figure_rows(
    found: RunComparison, *, language: Literal["de", "en"]
) -> Iterator[tuple[str, ...]]:
    """Yield every number of every figure: its figure, what it is, both runs, and the change."""
    wording = Wording(language)
    names = Names(found.first, wording)
    for pair in found.figures:
        yield (
            pair.definition.id,
            f"{wording.words(pair.definition.label)}: {names.stat(pair.key)}",
            _told(pair.first, wording),
            _told(pair.second, wording),
            _change(pair.first, pair.second, wording),
        )


def step_rows(found: RunComparison, *, language: Literal["de", "en"]) -> Iterator[tuple[str, ...]]:
    """Yield every step: its id, its title, how long it took in both runs, and the change."""
    wording = Wording(language)
    names = [Names(report, wording) for report in (found.second, found.first)]
    for pair in found.steps:
        # A step that began in one run only is known by that run's name for it.
        titles = [one.step(pair.step) for one in names]
        took = [None if one is None else one.took for one in (pair.first, pair.second)]
        yield (
            pair.step,
            next((title for title in titles if title != pair.step), pair.step),
            _time(pair.first, wording),
            _time(pair.second, wording),
            _change(took[0], took[1], wording),
        )


def _time(time: StepTime | None, wording: Wording) -> str:
    if time is None:
        return "-"
    took = wording.pick("nicht erledigt", "not done")
    if time.took is not None:
        took = wording.duration(time.took)
    late = f", {time.late} {wording.pick('verspätet', 'late')}" if time.late else ""
    return f"{took} ({time.taken}/{time.asked}{late})"


def _told(quantity: Quantity, wording: Wording) -> str:
    return "-" if quantity is None else wording.quantity(quantity)


def _change(first: Quantity, second: Quantity, wording: Wording) -> str:
    more = change(first, second)
    if not more:
        return "" if more is None else "="
    if isinstance(more, timedelta):
        sign, size = ("+" if more > timedelta() else "-"), wording.duration(abs(more))
    else:
        sign, size = ("+" if more > 0 else "-"), wording.number(abs(more))
    return f"{sign}{size}"
