"""Checks of steps that carry bulletins: what begins them, what they ask, who issues."""

from collections.abc import Iterator

from crisis.loading.catalogue import ROLES
from crisis.loading.located import Document, Loc
from crisis.loading.placeholders import placeholders_in
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile


def check_bulletins(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every bulletin that nobody could issue or confirm, or that another thing begins."""
    for loc, step in steps_in_place(written):
        if step.bulletin is None:
            yield from _check_words(document, loc, step)
            continue
        for role in step.bulletin.by:
            if role not in ROLES:
                hint = did_you_mean(role, ROLES)
                place: Loc = (*loc, "bulletin", "by")
                yield document.problem(place, "PB404", f"unknown role `{role}`", hint=hint)
        yield from _check_beginning(document, loc, step)


def _check_beginning(document: Document, loc: Loc, step: StepFile) -> Iterator[Problem]:
    if step.expect != "acknowledgement":
        message = f"{step.id} carries bulletins, which are confirmed and nothing else"
        hint = "write expect: acknowledgement"
        yield document.problem((*loc, "expect"), "PB236", message, hint=hint)
    for key in ("repeat", "gate"):
        if getattr(step, key) is not None:
            message = f"{step.id} begins with each bulletin, so it has no `{key}`"
            hint = f"remove {key}:, or bulletin:"
            yield document.problem((*loc, key), "PB236", message, hint=hint)
    if not step.who.roles:
        message = f"{step.id} must name the roles that are told"
        yield document.problem((*loc, "who"), "PB236", message, hint="write who: [FBS, KOK]")


def _check_words(document: Document, loc: Loc, step: StepFile) -> Iterator[Problem]:
    for language, text in (("de", step.message.de), ("en", step.message.en)):
        if "bulletin" in placeholders_in(text):
            message = f"{step.id} carries no bulletins, so `{{bulletin}}` would stay empty"
            hint = "remove it, or write bulletin: {about: [general], by: [FBS]}"
            place: Loc = (*loc, "message", language)
            yield document.problem(place, "PB236", message, hint=hint)
