"""Checks of what is told to whom over what (`law-and-trust.md` §6.1, §6.4)."""

from collections.abc import Iterator

from crisis.loading.expect_file import ExpectAnswerFile
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile

_TOO_TIGHT_TO_PASS_ON = frozenset({"amber+strict", "red"})


def check_protection(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every step whose way of telling does not fit what is told."""
    for loc, step in steps_in_place(written):
        profile = written.profiles.get(step.via)
        if profile is not None and profile.oral:
            yield from _check_oral(document, loc, step, written)
        elif step.tlp == "red":
            yield document.problem(
                (*loc, "tlp"),
                "PB305",
                f"{step.id} is TLP:RED but goes out in writing",
                hint="send it via a profile with oral: true, or lower the label",
            )
        if step.hub and step.tlp in _TOO_TIGHT_TO_PASS_ON:
            yield document.problem(
                (*loc, "tlp"),
                "PB306",
                f"{step.id} is to be passed on, but TLP:{step.tlp.upper()} may not be",
                hint="write amber or lower",
            )


def _check_oral(
    document: Document, loc: Loc, step: StepFile, written: PlaybookFile
) -> Iterator[Problem]:
    if step.tlp != "red":
        yield document.problem(
            (*loc, "via"),
            "PB304",
            f"{step.id} is told orally only, so its label is TLP:RED",
            hint="write tlp: red",
        )
    if not isinstance(step.expect, ExpectAnswerFile):
        return
    form = written.forms.get(step.expect.answer)
    kinds = {} if form is None else {key: field.kind for key, field in form.fields.items()}
    for key in (key for key, kind in kinds.items() if kind != "tristate"):
        yield document.problem(
            (*loc, "expect", "answer"),
            "PB307",
            f"{step.id} is oral, but the field `{key}` would store what was said",
            hint="an oral step's form has fields of kind tristate only",
        )
