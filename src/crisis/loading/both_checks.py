"""Checks of steps that two sides confirm to each other."""

from collections.abc import Iterator

from crisis.core.playbook import Completion
from crisis.loading.expect_file import ExpectBothFile
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile


def check_both(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every step whose two sides are not two, or are not those that it asks."""
    for loc, step in steps_in_place(written):
        if isinstance(step.expect, ExpectBothFile):
            yield from _check_sides(document, (*loc, "expect"), step, step.expect.both_confirm)
        elif step.expect == "both_confirm":
            if len(set(step.who.roles)) != _SIDES:
                yield document.problem(
                    (*loc, "expect"),
                    "PB252",
                    f"{step.id} is confirmed by two sides, but asks {_asked(step)}",
                    hint="let it ask two roles, or name the sides: "
                    "{both_confirm: [PSNV-L, [OHS, WR]]}",
                )
        else:
            continue
        if step.complete.completion is not Completion.ALL:
            yield document.problem(
                (*loc, "complete"),
                "PB252",
                f"{step.id} is done when both sides have confirmed, not by a number",
                hint="leave `complete` out",
            )


_SIDES = 2


def _asked(step: StepFile) -> str:
    count = len(set(step.who.roles))
    if step.who.earlier:
        return "the partners of earlier steps"
    return "one role" if count == 1 else f"{count} roles"


def _check_sides(
    document: Document, loc: Loc, step: StepFile, sides: list[list[str]]
) -> Iterator[Problem]:
    one, other = (set(side) for side in sides)
    for role in sorted(one & other):
        yield document.problem(
            loc, "PB252", f"`{role}` stands on both sides of {step.id}", hint="keep it on one"
        )
    for role in sorted((one | other) ^ set(step.who.roles)):
        asked = role in step.who.roles
        where = "is asked but on no side" if asked else "is on a side but not asked"
        yield document.problem(
            loc,
            "PB252",
            f"`{role}` {where} of {step.id}",
            hint="`who` and the two sides name the same roles",
        )
