"""`name=value` on the command line becomes values of the kinds a playbook or a form asks for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from crisis.cli.moment import read_moment
from crisis.core.answer import TRISTATE, iso_day
from crisis.core.condition import Value
from crisis.core.form import Answer, Field, FieldKind, Form
from crisis.core.playbook import Attribute, AttributeKind
from crisis.core.region import is_key
from crisis.errors import NotFoundError, UsageError


def read_attributes(
    assignments: Sequence[str], attributes: Sequence[Attribute]
) -> dict[str, Value]:
    """
    Return what `--set name=value` says, by the kinds of the playbook's attributes.

    Raises:
        NotFoundError: names are unknown; the message lists what exists.
        UsageError: a value is not allowed; every mistake is listed.
    """
    known = {attribute.id: attribute for attribute in attributes}
    mistakes: list[str] = []
    unknown: list[str] = []
    values: dict[str, Value] = {}
    for name, text in _split(assignments, mistakes):
        attribute = known.get(name)
        if attribute is None:
            listed = ", ".join(known) or "none at all"
            unknown.append(f"there is no attribute `{name}`; there are: {listed}")
            continue
        value = _attribute_value(attribute, text)
        if value is None:
            mistakes.append(f"`{name}` cannot be `{text}`; it takes {allowed(attribute)}")
        else:
            values[name] = value
    _refuse(mistakes, unknown)
    return values


def allowed(attribute: Attribute) -> str:
    """Return in words what an attribute takes."""
    match attribute.kind:
        case AttributeKind.CHOICE:
            return " | ".join(attribute.values)
        case AttributeKind.TRISTATE:
            return " | ".join(TRISTATE)
        case AttributeKind.COUNT:
            return "a whole number from 0"
        case AttributeKind.LIST:
            return "words separated by commas"
        case AttributeKind.REGION:
            return "an official key of 2, 5 or 8 digits, such as 14612"


def read_answers(assignments: Sequence[str], form: Form, *, now: datetime) -> dict[str, Answer]:
    """
    Return what `--set field=value` says, by the kinds of the form's fields.

    Whether a value is allowed is judged by the core, beside every other answer. `now`
    (UTC) says which day is today.

    Raises:
        NotFoundError: names are unknown; the message lists what exists.
        UsageError: a field cannot be given on the command line, or a moment is none.
    """
    known = {field.id: field for field in form.fields}
    mistakes: list[str] = []
    unknown: list[str] = []
    answers: dict[str, Answer] = {}
    for name, text in _split(assignments, mistakes):
        if name not in known:
            unknown.append(
                f"form `{form.id}` has no field `{name}`; there are: {', '.join(known)}"
            )
        elif known[name].kind is FieldKind.NEEDS:
            mistakes.append(f"`{name}` is a table; give it in a file with --file answers.yaml")
        else:
            try:
                answers[name] = field_answer(known[name], text, now=now)
            except UsageError as error:
                mistakes.append(f"`{name}`: {error}")
    _refuse(mistakes, unknown)
    return answers


def field_answer(field: Field, text: str, *, now: datetime) -> Answer:
    """
    Return one answer as its field's kind stores it; a number that is none stays a text.

    Raises:
        UsageError: a moment is asked for, and the text names none.
    """
    if field.kind is FieldKind.COUNT and text.isascii() and text.strip().isdecimal():
        return int(text)
    if field.kind is FieldKind.TIME and text.strip():
        return read_moment(text, now=now).isoformat()
    if field.kind is FieldKind.DATE:
        return iso_day(text)
    if field.kind in {FieldKind.LIST, FieldKind.COUNTRIES}:
        return _words(text)
    return text


def _split(assignments: Iterable[str], mistakes: list[str]) -> Iterable[tuple[str, str]]:
    seen: set[str] = set()
    for assignment in assignments:
        name, equals, text = (part.strip() for part in assignment.partition("="))
        if not equals or not name:
            mistakes.append(f"`{assignment}` is no assignment; write name=value")
        elif name in seen:
            mistakes.append(f"`{name}` is given twice; give it once")
        else:
            seen.add(name)
            yield name, text


def _attribute_value(attribute: Attribute, text: str) -> Value | None:
    match attribute.kind:
        case AttributeKind.CHOICE:
            return text if text in attribute.values else None
        case AttributeKind.TRISTATE:
            return text if text in TRISTATE else None
        case AttributeKind.COUNT:
            return int(text) if text.isascii() and text.isdecimal() else None
        case AttributeKind.LIST:
            return tuple(_words(text))
        case AttributeKind.REGION:
            return text if is_key(text) else None


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _refuse(mistakes: Sequence[str], unknown: Sequence[str]) -> None:
    if mistakes:
        raise UsageError("\n".join((*mistakes, *unknown)))
    if unknown:
        raise NotFoundError("\n".join(unknown))
