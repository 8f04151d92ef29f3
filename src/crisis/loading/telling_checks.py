"""Checks of steps that expect nothing: what makes no sense there, and what it leaves open."""

from collections.abc import Iterator

from crisis.core.playbook import Completion
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile, earlier_steps


def check_telling(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield what waits for an answer that nobody owes, and binding alerts that only tell."""
    telling = {step.id for _, step in steps_in_place(written) if step.expect == "nothing"}
    for loc, step in steps_in_place(written) if telling else ():
        if step.expect == "nothing":
            yield from _check_awaited(document, loc, step)
            yield from _check_binding(document, loc, step, kind=written.kind)
        earlier = earlier_steps(step, written.steps)
        if step.who.reached and earlier and telling.issuperset(earlier):
            yield document.problem(
                (*loc, "who"),
                "PB240",
                f"{step.id} asks who answered in {', '.join(earlier)}, where nobody answers",
                hint=f"write who: asked in {earlier[0]}, or let that step expect an answer",
            )


def _check_awaited(document: Document, loc: Loc, step: StepFile) -> Iterator[Problem]:
    awaited = (
        (
            "escalate",
            step.escalate is not None,
            "has no ladder: nobody can be silent",
            "remove it; what cannot be delivered goes on to the next channel, then to the lead",
        ),
        (
            "complete",
            step.complete.completion is not Completion.ALL,
            "has no answers to count",
            "remove it; everybody who is asked is told",
        ),
        (
            "check_in",
            step.check_in,
            "is no check-in: nobody reports",
            "remove it, or write expect: {answer: F5}",
        ),
    )
    for key, is_written, why, hint in awaited:
        if is_written:
            message = f"{step.id} expects nothing, so it {why}"
            yield document.problem((*loc, key), "PB240", message, hint=hint)


def _check_binding(
    document: Document, loc: Loc, step: StepFile, *, kind: str
) -> Iterator[Problem]:
    if kind == "response" and step.mandatory != "optional":
        yield document.problem(
            (*loc, "expect"),
            "PB309",
            f"{step.id} is binding and expects nothing: nobody notices if it is not read",
            hint="write expect: acknowledgement, or mandatory: optional",
            strength=Strength.WARNING,
        )
