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
    for circle in circles(edges):
        yield document.problem(
            places[circle[0]],
            "PB203",
            f"steps wait for each other: {' → '.join([*circle, circle[0]])}",
            hint="let one of them start at a moment such as T0+30m",
        )


def circles(edges: _Edges) -> Iterator[tuple[str, ...]]:
    """Yield each circle once, beginning with its first step in the file."""
    known: set[str] = set()
    entangled = _entangled(edges)
    for start in entangled:
        # One that goes through a step of another circle is told once that one is mended.
        circle = () if start in known else _way_back(start, entangled)
        if circle and not known.intersection(circle):
            known.update(circle)
            yield circle


def _entangled(edges: _Edges) -> _Edges:
    """Return what is left once every step has fallen out that waits for none that is left."""
    left = {step: tuple(one for one in others if one in edges) for step, others in edges.items()}
    waiting: dict[str, list[str]] = {step: [] for step in left}
    for step, others in left.items():
        for one in others:
            waiting[one].append(step)
    open_ends = {step: len(others) for step, others in left.items()}
    free = [step for step, many in open_ends.items() if not many]
    for step in free:
        for one in waiting[step]:
            open_ends[one] -= 1
            if not open_ends[one]:
                free.append(one)
    gone = set(free)
    return {step: others for step, others in left.items() if step not in gone}


def _way_back(start: str, edges: _Edges) -> tuple[str, ...]:
    """Return the shortest way from a step back to itself, without its end; empty if none."""
    came_from: dict[str, str] = {}
    reached = [start]
    for here in reached:
        for following in edges.get(here, ()):
            if following == start:
                return _way(start, here, came_from)
            if following not in came_from:
                came_from[following] = here
                reached.append(following)
    return ()


def _way(start: str, end: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
