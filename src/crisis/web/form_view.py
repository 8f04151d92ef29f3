"""A form as the template draws it: each field with its input, hint, value and mistake."""

from collections.abc import Mapping, Sequence

from crisis.core.form import Field, FieldKind, Form
from crisis.core.playbook import Attribute
from crisis.core.words import Words
from crisis.web.forms import Posted, cell, name, rows_of
from crisis.web.labels import BANDS, NEEDS, TRISTATE
from crisis.web.texts import Texts

View = dict[str, object]


def form_view(
    form: Form,
    posted: Posted,
    errors: Mapping[str, str],
    *,
    say: Texts,
    more_rows: int = 0,
    attributes: Sequence[Attribute] = (),
) -> View:
    """
    Return a form with what was posted or stored, and the mistakes by field id.

    A question that sets one of the `attributes` says what is counted, where that is written.
    """
    counted = {one.id: one.definition for one in attributes if one.definition is not None}
    return {
        "title": say.words(form.title),
        "fields": [
            {
                **_field(field, posted, errors.get(field.id, ""), say=say, more_rows=more_rows),
                **_notes(field, errors.get(field.id, ""), counted.get(field.sets or ""), say=say),
            }
            for field in form.fields
        ],
    }


def _field(field: Field, posted: Posted, error: str, *, say: Texts, more_rows: int) -> View:
    own = name(field.id)
    return {
        "id": field.id,
        "name": own,
        "kind": field.kind.value,
        "label": say.words(field.label),
        "required": field.required,
        "error": error,
        "value": posted.get(own, ""),
        "max_length": field.max_length,
        "options": [(value, label) for value, label in _options(field, say).items()],
        "rows": _rows(field, posted, say=say, more_rows=more_rows),
        # Where a link in the list of mistakes leads: a group's first input.
        "target": cell(field.id, 0, "group") if field.kind is FieldKind.NEEDS else own,
    }


def _notes(field: Field, error: str, counted: Words | None, *, say: Texts) -> View:
    """Return the line below a question, and which lines a screen reader reads with its input."""
    told = [] if field.hint is None else [say.words(field.hint)]
    if counted is not None:
        told.append(counted_words(counted, say=say))
    hint = " ".join(told)
    lines = (("hint", hint), ("error", error))
    notes = (f"{name(field.id)}-{part}" for part, text in lines if text)
    return {"hint": hint, "described_by": " ".join(notes)}


def counted_words(definition: Words, *, say: Texts) -> str:
    """Return what a count counts, as it stands below the question for it."""
    return say("Gezählt wird: %(what)s", what=say.words(definition))


def _options(field: Field, say: Texts) -> dict[str, str]:
    match field.kind:
        case FieldKind.TRISTATE:
            return {value: say(label) for value, label in TRISTATE.items()}
        case FieldKind.BAND:
            return {value: say(label) for value, label in BANDS.items()}
        case _:
            return {option.value: say.words(option.label) for option in field.options}


def _rows(field: Field, posted: Posted, *, say: Texts, more_rows: int) -> list[View]:
    if field.kind is not FieldKind.NEEDS:
        return []
    return [
        {
            "number": row + 1,
            "cells": [
                {
                    "name": cell(field.id, row, column),
                    "label": say(label),
                    "value": posted.get(cell(field.id, row, column), ""),
                    "options": [(value, say(word)) for value, word in words.items()],
                }
                for column, (label, words) in NEEDS.items()
            ],
        }
        for row in range(rows_of(field.id, posted) + more_rows)
    ]
