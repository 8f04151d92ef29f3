"""
One thing a duty officer enters on a page of its own: what is asked, and what then happens.

Each has a form of the same kind as a partner's, so that mistakes, personal data and
keyboards are dealt with in one way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crisis.core.answer import Fault
from crisis.core.form import Answer, Answers, Field, FieldKind, Form
from crisis.core.words import Words
from crisis.web.forms import Posted, Reading, read_answers
from crisis.web.texts import Texts

WHEN = "when"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskAct:
    """
    What is entered: its title, sentences above the form, the form, its button.

    `action` is what the button posts. `held` are answers that stand there already. `do`
    carries out what was answered. `check` finds what the form alone cannot see. `anchor` is
    where on the page it came from it shows, `done` which word of thanks stands there. `number`
    is what is posted back as it was shown, so that what is sent twice is done once. `refused`
    is what to say where the house refuses it.
    """

    title: str
    form: Form
    button: str
    action: str
    do: Callable[[Answers], object]
    check: Callable[[Answers], tuple[Fault, ...]] = lambda _: ()
    notes: tuple[str, ...] = ()
    held: Mapping[str, Answer] = field(default_factory=dict)
    anchor: str = ""
    done: str = ""
    number: str = ""
    refused: tuple[str, ...] = ()


def read_act(act: DeskAct, posted: Posted, say: Texts) -> Reading:
    """Return what was posted to an act, with every mistake beside its field."""
    reading = read_answers(act.form, posted, say)
    further = [one for one in act.check(reading.answers) if one.field not in reading.errors]
    return Reading(
        answers=reading.answers,
        errors={**reading.errors, **{one.field: say.words(one.words) for one in further}},
        personal=reading.personal | {one.field for one in further if one.personal},
    )


def said(text: str) -> Words:
    """Return a text that was said in the reader's language already."""
    return Words(de=text, en=text)


def when_field(say: Texts) -> Field:
    """Return the question that makes a late entry: when it happened."""
    return Field(
        id=WHEN,
        kind=FieldKind.TIME,
        label=said(say("Wann war das?")),
        hint=said(say("Leer lassen, wenn es eben war.")),
    )


def when_of(answers: Answers) -> datetime | None:
    """Return when it happened, None for just now; the form has seen to it that it is a time."""
    text = answers.get(WHEN)
    return datetime.fromisoformat(str(text)) if text else None
