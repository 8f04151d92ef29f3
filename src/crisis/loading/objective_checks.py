"""Checks of objectives: the steps they are rated by, and the numbers they compare."""

from collections.abc import Iterator

from crisis.loading.expect_file import ExpectAnswerFile
from crisis.loading.located import Document, Loc
from crisis.loading.objective_file import CountsFile, ObjectiveFile
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean

_NUMBERS = frozenset({"count", "band"})


def check_objectives(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every step of an objective that does not exist, and numbers it cannot compare."""
    for key, objective in written.objectives.items():
        for number, step in enumerate(objective.steps):
            if step not in written.steps:
                yield document.problem(
                    ("objectives", key, "steps", number),
                    "PB202",
                    f"unknown step `{step}`",
                    hint=did_you_mean(step, written.steps),
                )
        if objective.counts is not None:
            loc: Loc = ("objectives", key, "counts")
            counts = objective.counts
            yield from _check_question(document, (*loc, "of"), objective, counts, written)
            yield from _check_attribute(document, (*loc, "equals"), counts, written)


def _check_question(
    document: Document,
    loc: Loc,
    objective: ObjectiveFile,
    counts: CountsFile,
    written: PlaybookFile,
) -> Iterator[Problem]:
    form_id, field_id = counts.question
    form = written.forms.get(form_id)
    if form is None:
        hint = did_you_mean(form_id, written.forms)
        yield document.problem(loc, "PB206", f"unknown form `{form_id}`", hint=hint)
        return
    field = form.fields.get(field_id)
    if field is None or field.kind not in _NUMBERS:
        numbers = [one for one, each in form.fields.items() if each.kind in _NUMBERS]
        what = "has no such question" if field is None else f"asks a {field.kind} there"
        hint = (
            f"its numbers are: {', '.join(numbers)}" if numbers else "add a question of kind count"
        )
        yield document.problem(loc, "PB241", f"`{counts.of}`: {form_id} {what}", hint=hint)
    asked = [
        step.expect.answer
        for step in map(written.steps.get, objective.steps)
        if step is not None and isinstance(step.expect, ExpectAnswerFile)
    ]
    if form_id not in asked:
        message = f"none of its steps asks for {form_id}, so nothing is added up"
        yield document.problem(loc, "PB241", message, hint="name the step that asks for the form")


def _check_attribute(
    document: Document, loc: Loc, counts: CountsFile, written: PlaybookFile
) -> Iterator[Problem]:
    attribute = written.attributes.get(counts.equals)
    if attribute is None:
        hint = did_you_mean(counts.equals, written.attributes)
        yield document.problem(loc, "PB207", f"unknown attribute `{counts.equals}`", hint=hint)
    elif attribute.kind != "count":
        message = f"`{counts.equals}` is no number but a {attribute.kind}"
        yield document.problem(loc, "PB241", message, hint="name an attribute of kind count")
