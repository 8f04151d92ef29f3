"""Checks of steps that repeat: what ends them, what they may ask, how soon they come again."""

from collections.abc import Iterator

from crisis.core.repeat import Repeat
from crisis.loading.durations import written as as_written
from crisis.loading.durations import written_moment
from crisis.loading.expect_file import ExpectDecisionFile, ExpectFile, ExpectSignOffFile
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.repeat_file import CalendarFile
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile


def check_repeats(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield everything that keeps a step's rounds from being asked or from ending."""
    for loc, step in steps_in_place(written):
        if step.repeat is None:
            continue
        place: Loc = (*loc, "repeat")
        yield from _check_kind(document, place, step)
        if isinstance(step.repeat, CalendarFile):
            if step.start.after or step.start.same_as:
                hint = "write start: T0; the first date then comes from the rule"
                message = f"{step.id} follows the calendar and cannot wait for a step"
                yield document.problem((*loc, "start"), "PB231", message, hint=hint)
        else:
            yield from _check_names(document, place, step, step.repeat, written)


def _check_kind(document: Document, loc: Loc, step: StepFile) -> Iterator[Problem]:
    if _happens_once(step.expect):
        hint = (
            "let a repeated step expect an acknowledgement, an answer, a sign_off or both_confirm"
        )
        message = f"{step.id} cannot be repeated: what it expects happens once"
        yield document.problem(loc, "PB231", message, hint=hint)
    if step.hold_while is not None:
        hint = "write the condition under when:, so that no round begins while it is false"
        message = f"{step.id} cannot be held and repeated"
        yield document.problem((*loc[:-1], "hold_while"), "PB231", message, hint=hint)
    if step.within is not None and step.within.absolute:
        hint = "write a duration such as within: 4h; it counts from each round's start"
        message = f"the deadline of {step.id} would be the same for every round"
        yield document.problem((*loc[:-1], "within"), "PB231", message, hint=hint)


def _happens_once(expect: ExpectFile) -> bool:
    final = isinstance(expect, ExpectSignOffFile) and expect.sign_off.publishes == "final"
    return final or expect == "report" or isinstance(expect, ExpectDecisionFile)


def _check_names(
    document: Document, loc: Loc, step: StepFile, repeat: Repeat, written: PlaybookFile
) -> Iterator[Problem]:
    if repeat.until and repeat.until not in written.steps:
        hint = did_you_mean(repeat.until, written.steps)
        yield document.problem(loc, "PB202", f"unknown step `{repeat.until}`", hint=hint)
    if repeat.until == step.id:
        hint = "name a later step, or a moment such as until T0+7d"
        yield document.problem(loc, "PB231", f"{step.id} cannot end itself", hint=hint)
    if repeat.latest is not None and repeat.latest <= step.start.offset:
        hint = f"it starts at {written_moment(step.start.offset)}; write a later moment"
        message = f"the rounds of {step.id} end before it starts"
        yield document.problem(loc, "PB231", message, hint=hint)
    if repeat.changes and repeat.changes not in written.attributes:
        hint = did_you_mean(repeat.changes, written.attributes)
        yield document.problem(loc, "PB207", f"unknown attribute `{repeat.changes}`", hint=hint)
    if repeat.every is None or step.within is None or step.within.absolute:
        return
    if step.within.duration > repeat.every:
        every = as_written(repeat.every)
        message = f"the next round of {step.id} begins before the deadline of the one before it"
        hint = f"a deadline of up to {every} leaves one round to answer at a time"
        yield document.problem(
            (*loc[:-1], "within"), "PB232", message, hint=hint, strength=Strength.WARNING
        )
