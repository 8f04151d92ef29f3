"""Checks of texts: placeholders from the closed list, no personal data, both languages."""

from collections.abc import Iterator

from crisis.core.message import PLACEHOLDERS
from crisis.loading.located import Document, Loc
from crisis.loading.placeholders import (
    PERSONAL,
    has_loose_brace,
    placeholders_in,
)
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place
from crisis.loading.words_file import WordsFile


def check_messages(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every text that cannot be sent as it stands."""
    yield from _check_text(document, ("stand_down", "message"), written.stand_down.message)
    for loc, step in steps_in_place(written):
        yield from _check_text(document, (*loc, "message"), step.message)


def _check_text(document: Document, loc: Loc, words: WordsFile) -> Iterator[Problem]:
    for language, text in (("de", words.de), ("en", words.en)):
        place: Loc = (*loc, language)
        for name in placeholders_in(text):
            yield from _check_placeholder(document, place, name)
        if has_loose_brace(text):
            hint = "write {code}, with both braces"
            yield document.problem(place, "PB213", "a brace stands alone", hint=hint)
    if not words.en:
        yield document.problem(
            loc,
            "PB308",
            "the English text is missing; partners who read English get German",
            hint="write en:",
            strength=Strength.NOTICE,
        )


def _check_placeholder(document: Document, place: Loc, name: str) -> Iterator[Problem]:
    if name.casefold() in PERSONAL:
        yield document.problem(
            place,
            "L-31",
            f"`{{{name}}}` would carry personal data",
            hint="messages name the incident and what is asked, never a person",
        )
    elif name not in PLACEHOLDERS:
        yield document.problem(
            place,
            "PB213",
            f"unknown placeholder `{{{name}}}`",
            hint=did_you_mean(name, PLACEHOLDERS),
        )
