"""Checks of occasions: what they come by, and who counts from them."""

from collections.abc import Iterator

from crisis.loading.condition_file import AtLevelFile, DecidedFile, leaves
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place


def check_occasions(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every occasion that cannot be counted from, and every unknown one."""
    for key, occasion in written.occasions.items():
        for loc, leaf in leaves(occasion.when, ("occasions", key, "when")):
            if isinstance(leaf, AtLevelFile):
                hint = "let the step itself wait: when: {at_level: …}"
                message = f"`{key}` cannot come by the level of a ladder"
                yield document.problem((*loc, "at_level"), "PB233", message, hint=hint)
            if isinstance(leaf, DecidedFile):
                hint = "compare an attribute, or let the step start after the decision"
                message = f"`{key}` cannot come by a decision"
                yield document.problem((*loc, "decided"), "PB233", message, hint=hint)
    for loc, step in steps_in_place(written):
        if step.start.occasion:
            yield from _check_known(document, (*loc, "start"), step.start.occasion, written)
        if step.within is not None and step.within.occasion:
            yield from _check_known(document, (*loc, "within"), step.within.occasion, written)


def _check_known(
    document: Document, loc: Loc, occasion: str, written: PlaybookFile
) -> Iterator[Problem]:
    if occasion not in written.occasions:
        hint = "write occasions: {V: {title: …, when: …}} at the top of the file"
        if written.occasions:
            hint = did_you_mean(occasion, written.occasions)
        yield document.problem(loc, "PB233", f"unknown occasion `{occasion}`", hint=hint)
