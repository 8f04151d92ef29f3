"""Steps that several parties do together, for the laws of the core."""

from crisis.core.playbook import ExpectBothConfirm, ExpectSignOff, Step
from crisis.core.words import Words
from tests.builders import a_step


def a_both_step(name: str, **changes: object) -> Step:
    """Return a step that OHS and WR confirm to each other."""
    return a_step(name, **{**changes, "expect": ExpectBothConfirm(sides=(("OHS",), ("WR",)))})


def a_release_step(name: str, **changes: object) -> Step:
    """Return a step whose partners sign before something is published."""
    return a_step(name, **{**changes, "expect": ExpectSignOff(what=Words(de="Aufruf"))})
