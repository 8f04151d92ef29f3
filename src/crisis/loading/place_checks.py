"""Checks of places that messages name: where they are asked for, and who may know them."""

from collections.abc import Iterator

from crisis.loading.expect_file import ExpectAnswerFile
from crisis.loading.kind_words import TLP_WORDS
from crisis.loading.located import Document, Loc
from crisis.loading.placeholders import placeholders_in
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile


def check_places(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every place that nobody is asked for, or that not everybody may read."""
    for loc, step in steps_in_place(written):
        if step.place is None:
            yield from _check_words(document, loc, step)
        else:
            yield from _check_source(document, (*loc, "place"), step, written)


def _check_source(
    document: Document, loc: Loc, step: StepFile, written: PlaybookFile
) -> Iterator[Problem]:
    name, _, question = (step.place or "").partition(".")
    asking = written.steps.get(name)
    if asking is None:
        hint = did_you_mean(name, written.steps)
        yield document.problem(loc, "PB202", f"unknown step `{name}`", hint=hint)
        return
    expect = asking.expect
    form = written.forms.get(expect.answer) if isinstance(expect, ExpectAnswerFile) else None
    places = {} if form is None else {n: f for n, f in form.fields.items() if f.place}
    if question not in places:
        known = ", ".join(f"{name}.{one}" for one in places) or "none"
        message = f"{name} asks for no place under `{question}`"
        hint = f"name a question with `place: true`; {name} has: {known}"
        yield document.problem(loc, "PB237", message, hint=hint)
    elif places[question].visible_to:
        message = f"`{step.place}` is for {', '.join(places[question].visible_to)} alone"
        hint = "a place that others are told is asked for without visible_to"
        yield document.problem(loc, "PB237", message, hint=hint)
    elif TLP_WORDS.index(step.tlp) < TLP_WORDS.index(asking.tlp):
        message = f"{name} is answered under TLP:{asking.tlp.upper()}, which {step.id} would lower"
        hint = f"write tlp: {asking.tlp} here, or ask for the place under a lower label"
        yield document.problem(loc, "PB237", message, hint=hint)


def _check_words(document: Document, loc: Loc, step: StepFile) -> Iterator[Problem]:
    for language, text in (("de", step.message.de), ("en", step.message.en)):
        if "place" in placeholders_in(text):
            message = f"{step.id} does not say where `{{place}}` is asked for"
            hint = "write place: A21.address, the step and the question of its form"
            yield document.problem((*loc, "message", language), "PB237", message, hint=hint)
