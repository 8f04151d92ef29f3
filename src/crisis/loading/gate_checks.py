"""Checks of consent gates: no pressure, and nobody who may record a consent is a slip."""

from collections.abc import Iterator

from crisis.loading.catalogue import ROLES
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile


def check_gates(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every gate that puts somebody under pressure, or that nobody can open."""
    for loc, step in steps_in_place(written):
        if step.gate is None:
            continue
        for role in step.gate.by:
            if role not in ROLES:
                hint = did_you_mean(role, ROLES)
                place: Loc = (*loc, "gate", "by")
                yield document.problem(place, "PB404", f"unknown role `{role}`", hint=hint)
        yield from _check_pressure(document, loc, step)


def _check_pressure(document: Document, loc: Loc, step: StepFile) -> Iterator[Problem]:
    pressing = {"within": step.within, "escalate": step.escalate, "repeat": step.repeat}
    for key, held in pressing.items():
        if held is not None:
            message = f"{step.id} waits for a consent, so it has no `{key}`"
            hint = "remove it: a consent comes when it comes, and a refusal is a normal end"
            yield document.problem((*loc, key), "L-EINWILLIGUNG", message, hint=hint)
    if step.hub:
        message = f"what {step.id} tells on a consent is for its recipient alone"
        hint = "remove hub: true; the consent names one partner"
        yield document.problem((*loc, "hub"), "L-EINWILLIGUNG", message, hint=hint)
    if not step.who.roles:
        message = f"{step.id} must name the roles that may be told on a consent"
        hint = "write who: BPOL"
        yield document.problem((*loc, "who"), "L-EINWILLIGUNG", message, hint=hint)
