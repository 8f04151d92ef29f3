"""Checks of the order of steps: references in `start`, and circles."""

from collections.abc import Iterator, Mapping

from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place

_Edges = Mapping[str, tuple[str, ...]]


def check_starts(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every unknown step in a start, and every circle of steps once."""
    steps = written.steps
    edges: dict[str, tuple[str, ...]] = {}
    places: dict[str, Loc] = {}
    for loc, step in steps_in_place(written):
        same_as = (step.start.same_as,) if step.start.same_as else ()
        edges.setdefault(step.id, (*step.start.after, *same_as))
        places.setdefault(step.id, (*loc, "start"))
        for other in (*step.start.after, *same_as):
            if other not in steps:
                yield document.problem(
                    (*loc, "start"),
                    "PB202",
                    f"unknown step `{other}`",
                    hint=did_you_mean(other, steps),
                )
    for circle in _circles(edges):
        yield document.problem(
            places[circle[0]],
            "PB203",
            f"steps wait for each other: {' → '.join([*circle, circle[0]])}",
            hint="let one of them start at a moment such as T0+30m",
        )


def _circles(edges: _Edges) -> Iterator[tuple[str, ...]]:
    """Yield each circle once, beginning with its first step in the file."""
    known: set[str] = set()
    for start in edges:
        circle = _way_back(start, edges)
        if circle and not known.intersection(circle):
            known.update(circle)
            yield circle


def _way_back(start: str, edges: _Edges) -> tuple[str, ...]:
    """Return the shortest way from a step back to itself, without its end; empty if none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for following in edges.get(way[-1], ()):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
