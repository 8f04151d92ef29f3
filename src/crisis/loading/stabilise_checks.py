"""Checks that help and protection come before anybody is asked to testify (S5.P6)."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from crisis.loading.located import Document
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile, start_of
from crisis.loading.step_times import beginnings

_INVESTIGATION = "verfahren.ermittlung"
_HELP = ("beratung.", "akuthilfe.psychosozial", "unterbringung.schutz", "kinder.", "medizin.")

# The moment that a step counts from (empty for T0), and how long after it the step begins.
_Moment = tuple[str, timedelta]


def check_stabilise(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every step of an investigation before which nobody is asked to help."""
    steps = written.steps
    investigating = [one for one in steps_in_place(written) if _INVESTIGATION in one[1].competence]
    if not investigating:
        return
    moments = _moments(steps)
    helping = [step for step in steps.values() if _helps(step)]
    for loc, step in investigating:
        if not any(_before(one, step, steps, moments) for one in helping):
            yield document.problem(
                (*loc, "competence"),
                "L-STABIL",
                f"nobody is asked to help before {step.id} investigates",
                hint="begin counselling or protection at the same moment or earlier,"
                " or write start: after …",
            )


def _helps(step: StepFile) -> bool:
    return any(competence.startswith(_HELP) for competence in step.competence)


def _before(
    helping: StepFile,
    step: StepFile,
    steps: Mapping[str, StepFile],
    moments: Mapping[str, _Moment],
) -> bool:
    if helping.id in start_of(step, steps).after:
        return True
    one, other = moments.get(helping.id), moments.get(step.id)
    return one is not None and other is not None and one[0] == other[0] and one[1] <= other[1]


def _moments(steps: Mapping[str, StepFile]) -> dict[str, _Moment]:
    known: dict[str, _Moment] = {name: ("", at) for name, at in beginnings(steps).items()}
    for step in steps.values():
        start = start_of(step, steps)
        if start.occasion:
            known[step.id] = (start.occasion, start.offset)
    return known
