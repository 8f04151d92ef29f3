"""Every input of a step's form becomes an answer here, with the mistake beside its field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from crisis.core.answer import MOST_ROWS, NEED_COLUMNS, faults, is_moment, iso_day
from crisis.core.availability import ZONE
from crisis.core.form import Answer, Field, FieldKind, Form
from crisis.core.timing import is_of_our_time
from crisis.web.countries import country_code
from crisis.web.texts import Texts

FIRST_ROWS = 2
MORE_ROWS = 2
LONGEST_COUNT = 7
LOCAL = "%Y-%m-%dT%H:%M"
SPOKEN = "%d.%m.%Y %H:%M"

# What a browser posts: the name of an input and its text.
Posted = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What a form held.

    `errors` has the mistakes by field id; the fields in `personal` seem to name
    a person, and what was typed there must neither be stored nor shown again.
    """

    answers: Mapping[str, Answer]
    errors: Mapping[str, str]
    personal: frozenset[str]


def read_answers(form: Form, posted: Posted, say: Texts) -> Reading:
    """Return a form's answers and all its mistakes at once; empty fields have no answer."""
    answers = {field.id: _read(field, posted) for field in form.fields}
    given = {name: answer for name, answer in answers.items() if answer not in ("", [])}
    found = faults(form, given)
    errors: dict[str, str] = {}
    for fault in found:
        first = f"{errors[fault.field]} " if fault.field in errors else ""
        errors[fault.field] = first + say.words(fault.words)
    personal = frozenset(fault.field for fault in found if fault.personal)
    return Reading(answers=given, errors=errors, personal=personal)


def as_posted(form: Form, answers: Mapping[str, Answer]) -> Posted:
    """Return stored answers as a browser would post them, to show and change them."""
    posted: dict[str, str] = {}
    for field in form.fields:
        match answers.get(field.id):
            case None:
                continue
            case list() as items if field.kind is FieldKind.NEEDS:
                for row, need in enumerate(items):
                    for column, text in need.items() if isinstance(need, dict) else ():
                        posted[cell(field.id, row, column)] = text
            case list() as items:
                posted[name(field.id)] = "\n".join(str(item) for item in items)
            case stored if field.kind is FieldKind.TIME:
                posted[name(field.id)] = _local(str(stored))
            case stored:
                posted[name(field.id)] = str(stored)
    return posted


def without(posted: Posted, field_ids: frozenset[str]) -> Posted:
    """Return what was posted without everything of some fields."""
    # A field's id may begin with another's: `place` and `place-note`.
    names = "|".join(re.escape(name(one)) for one in field_ids)
    columns = "|".join(NEED_COLUMNS)
    own = re.compile(rf"(?:{names})(?:-[0-9]+-(?:{columns}))?")
    return {key: text for key, text in posted.items() if not own.fullmatch(key)}


def name(field_id: str) -> str:
    """Return the name of a field's input."""
    return f"f-{field_id}"


def cell(field_id: str, row: int, column: str) -> str:
    """Return the name of one input in a row of needs."""
    return f"{name(field_id)}-{row}-{column}"


def rows_of(field_id: str, posted: Posted) -> int:
    """Return how many rows of needs were posted, at least the first ones."""
    prefix = f"{name(field_id)}-"
    # Four digits are more than enough; no browser posts more, and a longer number takes time.
    numbers = (
        key.removeprefix(prefix).split("-")[0][:4] for key in posted if key.startswith(prefix)
    )
    rows = [int(number) for number in numbers if number.isascii() and number.isdecimal()]
    return min(max(max(rows, default=-1) + 1, FIRST_ROWS), MOST_ROWS)


def _read(field: Field, posted: Posted) -> Answer:
    text = posted.get(name(field.id), "").replace("\r\n", "\n").strip()
    match field.kind:
        case FieldKind.NEEDS:
            rows = (_need(field, posted, row) for row in range(rows_of(field.id, posted)))
            answer: Answer = [row for row in rows if row]
        case FieldKind.LIST:
            answer = _lines(text)
        case FieldKind.COUNTRIES:
            named = map(country_code, _lines(text.replace(",", "\n")))
            answer = list(dict.fromkeys(named))
        case FieldKind.DATE:
            answer = iso_day(text)
        case FieldKind.COUNT if _is_count(text):
            answer = int(text)
        case FieldKind.TIME:
            answer = _in_utc(text)
        case _:
            answer = text
    return answer


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _need(field: Field, posted: Posted, row: int) -> dict[str, str]:
    cells = {
        column: posted.get(cell(field.id, row, column), "").strip() for column in NEED_COLUMNS
    }
    return {column: text for column, text in cells.items() if text}


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_COUNT


def _in_utc(text: str) -> str:
    """
    Return a local time as ISO 8601 in UTC; what is no time stays as it is and is refused.

    So is an hour that the clocks leave out in spring. Of one that comes twice in autumn
    it is the first.
    """
    for shape in (LOCAL, SPOKEN):
        try:
            local = datetime.strptime(text, shape)  # noqa: DTZ007 -- it gets its zone below
        except ValueError:
            continue
        if not is_of_our_time(local):
            return text
        moment = local.replace(tzinfo=ZONE).astimezone(UTC)
        there = moment.astimezone(ZONE).replace(tzinfo=None) == local
        return moment.isoformat() if there else text
    return text


def _local(stored: str) -> str:
    if not is_moment(stored):
        return stored
    return datetime.fromisoformat(stored).astimezone(ZONE).strftime(LOCAL)
