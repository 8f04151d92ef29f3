"""A further round of a step as the step it amounts to."""

from dataclasses import replace

from crisis.core.playbook import Start, Step
from crisis.core.words import Words


def round_step(step: Step, round_id: str, *, number: int) -> Step:
    """Return a step's round, counted from 1; it begins once and repeats nothing itself."""
    return replace(
        step,
        id=round_id,
        title=Words(
            de=f"{step.title.de} ({number}. Runde)",
            en=f"{step.title.en} (round {number})" if step.title.en else "",
        ),
        start=Start(),
        repeat=None,
    )
