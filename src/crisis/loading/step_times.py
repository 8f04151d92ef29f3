"""When steps begin, counted from T0, as far as the file alone tells."""

from collections.abc import Mapping
from datetime import timedelta

from crisis.loading.step_file import StepFile, start_of


def beginnings(steps: Mapping[str, StepFile]) -> dict[str, timedelta]:
    """Return when steps begin, counted from T0; those that hang on what happens are left out."""
    known: dict[str, timedelta] = {}
    # A step mostly stands after those it waits for; ten rounds follow those that do not.
    for _ in range(10):
        before = dict(known)
        for step in steps.values():
            begins = _beginning(step, steps, known)
            if begins is not None:
                known[step.id] = begins
        if known == before:
            break
    return known


def _beginning(
    step: StepFile, steps: Mapping[str, StepFile], known: Mapping[str, timedelta]
) -> timedelta | None:
    start = start_of(step, steps)
    if start.occasion:
        return None
    if not start.after:
        return start.offset
    before = [known[one] for one in start.after if one in known]
    if not before or (start.mode == "all" and len(before) < len(start.after)):
        return None
    return (min(before) if start.mode == "any" else max(before)) + start.offset
