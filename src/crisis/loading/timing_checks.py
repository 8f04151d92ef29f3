"""Checks of deadlines and escalation ladders."""

from collections.abc import Iterator
from datetime import timedelta

from crisis.core.deadline import Within
from crisis.core.playbook import RungAction
from crisis.loading.durations import written as as_written
from crisis.loading.durations import written_within
from crisis.loading.ladder_file import RungFile
from crisis.loading.located import Document, Loc
from crisis.loading.overlay_weakening import BINDING
from crisis.loading.phrases import StartPhrase
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile, start_of

_ORDER = [action.value for action in RungAction]


def check_ladders(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every rung that comes too early or does less than the one before it."""
    for ladder_id, rungs in written.ladders.items():
        for index in range(1, len(rungs)):
            loc: Loc = ("ladders", ladder_id, index)
            yield from _check_pair(document, loc, rungs[index - 1], rungs[index])


def _check_pair(
    document: Document, loc: Loc, before: RungFile, rung: RungFile
) -> Iterator[Problem]:
    if _ORDER.index(rung.then) <= _ORDER.index(before.then):
        yield document.problem(
            (*loc, "then"),
            "PB211",
            f"`{rung.then}` cannot come after `{before.then}`",
            hint=f"the order is {', '.join(_ORDER)}",
        )
    if isinstance(rung.after, int) != isinstance(before.after, int):
        hint = "write all rungs of a ladder in the same way"
        message = "working days and clock time are mixed in one ladder"
        yield document.problem((*loc, "after"), "PB211", message, hint=hint)
    elif _comparable(rung) <= _comparable(before):
        hint = "each rung comes later than the one before"
        yield document.problem((*loc, "after"), "PB211", "the ladder does not rise", hint=hint)


def _comparable(rung: RungFile) -> timedelta:
    return timedelta(days=rung.after) if isinstance(rung.after, int) else rung.after


def check_deadlines(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every deadline that cannot work, or that passes before anyone is asked again."""
    steps = written.steps
    for loc, step in steps_in_place(written):
        yield from _check_binding(document, loc, step, written)
        yield from _check_levels(document, loc, step, written)
        start = start_of(step, steps)
        yield from _check_first_rung(document, loc, step, written, start)
        yield from _check_absolute(document, loc, step, start)


def _check_binding(
    document: Document, loc: Loc, step: StepFile, written: PlaybookFile
) -> Iterator[Problem]:
    # The house computes a report itself: nobody is asked, so nobody can be silent.
    # Behind a gate there is no pressure (L-EINWILLIGUNG).
    if step.mandatory not in BINDING or step.expect == "report" or step.gate is not None:
        return
    # Once its condition holds, such a step binds like any other. What the lead alone is asked
    # lies with it anyway, and the table of `playbooks.md` (B14) has no ladder there.
    own = step.mandatory == "if-true" and set(step.who.roles) == {written.lead.role}
    if step.escalate is None and step.expect != "nothing" and not own:
        yield document.problem(
            loc,
            "PB303",
            f"the mandatory step {step.id} has no ladder: silence would go unnoticed",
            hint="write escalate: with one of the ladders",
        )
    if step.within is None:
        yield document.problem(
            loc,
            "PB303",
            f"the mandatory step {step.id} has no deadline",
            hint="write within: 15m or T0+24h, unless the date is agreed elsewhere",
            strength=Strength.NOTICE,
        )


def _check_levels(
    document: Document, loc: Loc, step: StepFile, written: PlaybookFile
) -> Iterator[Problem]:
    rungs = written.ladders.get(step.escalate or "", ())
    if step.mandatory in BINDING and len(rungs) == 1:
        yield document.problem(
            (*loc, "escalate"),
            "L-03",
            f"behind the mandatory step {step.id} stands one level only",
            hint=f"give the ladder {step.escalate} a second rung, such as the lead",
            strength=Strength.WARNING,
        )


def _check_first_rung(
    document: Document, loc: Loc, step: StepFile, written: PlaybookFile, start: StartPhrase
) -> Iterator[Problem]:
    rungs = written.ladders.get(step.escalate or "")
    allowed = _allowed(step, start)
    if not rungs or allowed is None or allowed <= timedelta():
        return
    after = rungs[0].after
    # The next working day is a day away at least, and three on a Friday.
    first = timedelta(days=after) if isinstance(after, int) else after
    if allowed < first:
        yield document.problem(
            (*loc, "within"),
            "PB301",
            f"the deadline of {step.id} passes before anyone is asked again "
            f"({as_written(allowed)} against {as_written(first)})",
            hint="choose a faster ladder or a longer deadline",
            strength=Strength.WARNING,
        )


def _allowed(step: StepFile, start: StartPhrase) -> timedelta | None:
    """Return the least time a partner has; None where it hangs on what happens in the run."""
    within = step.within
    if within is None:
        return None
    if not within.absolute:
        return min(within.duration, within.otherwise or within.duration)
    if start.after or within.occasion != start.occasion:
        return None
    return within.duration - start.offset


def _check_absolute(
    document: Document, loc: Loc, step: StepFile, start: StartPhrase
) -> Iterator[Problem]:
    within = step.within
    if within is None or not within.absolute or start.after:
        return
    if within.occasion == start.occasion and within.duration <= start.offset:
        begins = Within(duration=start.offset, absolute=True, occasion=start.occasion)
        yield document.problem(
            (*loc, "within"),
            "PB219",
            f"the deadline of {step.id} lies before its start",
            hint=f"it starts at {written_within(begins)}; write a later moment",
        )
