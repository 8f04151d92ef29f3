"""Checks that what goes out before T0 does not give the operation away (`playbooks.md` §7.2)."""

import re
from collections.abc import Iterator
from datetime import timedelta

from crisis.loading.located import Document, Loc
from crisis.loading.placeholders import placeholders_in
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile
from crisis.loading.step_times import beginnings
from crisis.loading.words_file import WordsFile

# What would say where, when or what for; a deadline is the partner's own.
_TELLING = {"district": "the place", "conference_at": "the time", "kind": "the target"}
# What may be said by word of mouth, but not be written.
_SAID_ONLY = {
    "week": "the time",
    "land": "the place",
    "band": "the target",
    "station": "the place",
}
_TIME = re.compile(
    r"\b\d{1,2}:\d{2}\b|\b\d{1,2} Uhr\b|\b\d{1,2}\. ?\d{1,2}\.|\b\d{4}-\d{2}-\d{2}\b"
)


def check_secrecy(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield every text of a step before T0 that names place, time or target."""
    begins = beginnings(written.steps)
    for loc, step in steps_in_place(written):
        if begins.get(step.id, timedelta()) < timedelta():
            yield from _check_text(document, (*loc, "title"), step, step.title)
            yield from _check_text(document, (*loc, "message"), step, step.message)


def _check_text(
    document: Document, loc: Loc, step: StepFile, words: WordsFile
) -> Iterator[Problem]:
    telling = _TELLING if step.tlp == "red" else {**_TELLING, **_SAID_ONLY}
    for language, text in (("de", words.de), ("en", words.en or "")):
        told = [
            (f"{{{name}}}", telling[name]) for name in placeholders_in(text) if name in telling
        ]
        told += [(match[0], "the time") for match in _TIME.finditer(text)]
        for what, gives_away in told:
            yield document.problem(
                (*loc, language),
                "L-GEHEIM",
                f"{step.id} goes out before T0, and `{what}` gives away {gives_away}",
                hint="ask for what is needed only; say the rest in person",
            )
