"""Checking what somebody filled into a form: every fault at once, beside its field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType

from crisis.core.country import CODES
from crisis.core.form import BANDS, NEED_GROUPS, Answer, Answers, Field, FieldKind, Form, Option
from crisis.core.personal_data import traces
from crisis.core.timing import is_of_our_time
from crisis.core.words import Words

_TRISTATE_OPTIONS = (
    Option(value="yes", label=Words(de="ja", en="yes")),
    Option(value="no", label=Words(de="nein", en="no")),
    Option(value="unknown", label=Words(de="noch offen", en="not known yet")),
)
_BAND_OPTIONS = tuple(Option(value=band, label=Words(de=band, en=band)) for band in BANDS)
_GROUP_OPTIONS = tuple(
    Option(value=value, label=Words(de=de, en=value))
    for value, de in zip(
        NEED_GROUPS, ("Information", "Unterstützung", "Schutz", "Beteiligung"), strict=True
    )
)
TRISTATE = tuple(option.value for option in _TRISTATE_OPTIONS)
MOST_ROWS = 50
NEED_COLUMNS = (
    "group",
    "code",
    "region",
    "band",
    "urgency",
    "language",
    "status",
    "promised_by",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one field, in words for the person who filled it in."""

    field: str
    words: Words
    personal: bool = False


def faults(form: Form, answers: Answers) -> tuple[Fault, ...]:
    """Return everything that keeps these answers from being stored; empty if nothing does."""
    known = {field.id for field in form.fields}
    unknown = (
        _fault(name, "Diese Frage gibt es nicht.", "There is no such question.")
        for name in sorted(set(answers) - known)
    )
    return (
        *unknown,
        *(fault for field in form.fields for fault in _of_field(field, answers.get(field.id))),
    )


def guards_refused(form: Form, answers: Answers) -> tuple[str, ...]:
    """Return the ids of the guard questions that were answered with no."""
    return tuple(f.id for f in form.fields if f.guard and answers.get(f.id) == "no")


def free_text_faults(name: str, text: str, *, most: int = 1000) -> tuple[Fault, ...]:
    """Return what keeps a free text (a reason, a note) from being stored."""
    return tuple(_text(name, text, most=most, place=False))


def _of_field(field: Field, answer: Answer | None) -> Iterator[Fault]:
    if answer is None or answer in ("", []):
        if field.required:
            yield _fault(field.id, "Bitte beantworten.", "Please answer this.")
        return
    yield from _BY_KIND[field.kind](field, answer)


def choices(field: Field) -> tuple[str, ...]:
    """Return the words a field of fixed choices takes; empty for other kinds."""
    return tuple(option.value for option in _options(field))


def _options(field: Field) -> tuple[Option, ...]:
    if field.kind is FieldKind.TRISTATE:
        return _TRISTATE_OPTIONS
    return _BAND_OPTIONS if field.kind is FieldKind.BAND else field.options


def _one_of(field: Field, answer: Answer) -> Iterator[Fault]:
    if answer not in choices(field):
        listed = _listed(_options(field))
        yield _fault(field.id, f"Bitte wählen: {listed.de}.", f"Please choose: {listed.en}.")


def _listed(options: tuple[Option, ...]) -> Words:
    """
    Return what people see; the word that is stored follows where it is another one.

    Who enters an answer at the command line must know it.
    """

    def named(label: str, value: str) -> str:
        return label if label.casefold() == value.casefold() else f"{label} ({value})"

    return Words(
        de=", ".join(named(one.label.de, one.value) for one in options),
        en=", ".join(named(one.label.en or one.label.de, one.value) for one in options),
    )


def _count(field: Field, answer: Answer) -> Iterator[Fault]:
    if isinstance(answer, bool) or not isinstance(answer, int) or answer < 0:
        yield _fault(
            field.id,
            "Bitte eine ganze Zahl ab 0 eingeben oder das Feld leer lassen, wenn sie offen ist.",
            "Please enter a whole number from 0, or leave the field empty while it is not known.",
        )


def _moment(field: Field, answer: Answer) -> Iterator[Fault]:
    if not is_moment(str(answer)):
        yield _fault(
            field.id,
            "Bitte tragen Sie Tag und Uhrzeit ein, zum Beispiel 18.12.2026 20:30.",
            "Please enter day and time, for example 18.12.2026 20:30.",
        )
    yield from _plain(field, answer)


def _date(field: Field, answer: Answer) -> Iterator[Fault]:
    try:
        date.fromisoformat(str(answer))
    except ValueError:
        yield _fault(
            field.id,
            "Bitte einen Tag eintragen, zum Beispiel 31.12.2026.",
            "Please enter a day, for example 2026-12-31.",
        )


def _countries(field: Field, answer: Answer) -> Iterator[Fault]:
    named = answer if isinstance(answer, list) else [answer]
    if len(named) > MOST_ROWS:
        yield _fault(
            field.id,
            f"Bitte höchstens {MOST_ROWS} Länder.",
            f"Please at most {MOST_ROWS} countries.",
        )
    # What was typed is not said again: it may be anything, also a name.
    elif not CODES.issuperset(map(str, named)):
        wrong = sum(str(one) not in CODES for one in named)
        yield _fault(
            field.id,
            f"Unbekannt: {wrong} von {len(named)}. Bitte Länder mit ihrem Namen oder ihrem Code "
            "aus zwei Buchstaben nennen, zum Beispiel RO, eines je Zeile.",
            f"Unknown: {wrong} of {len(named)}. Please give countries by name or by their code "
            "of two letters, for example RO, one a line.",
        )


def iso_day(text: str) -> str:
    """Return a day such as `31.12.2026` in ISO 8601; what is none stays and is refused later."""
    try:
        return datetime.strptime(text.strip(), "%d.%m.%Y").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        return text


def is_moment(text: str) -> bool:
    """Return whether a text is a moment of our time as answers hold it: with an offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None and is_of_our_time(moment)


def _plain(field: Field, answer: Answer) -> Iterator[Fault]:
    if not isinstance(answer, str):
        yield _fault(field.id, "Bitte einen Text eingeben.", "Please enter a text.")
        return
    yield from _text(field.id, answer, most=field.max_length, place=field.place)


def _list(field: Field, answer: Answer) -> Iterator[Fault]:
    if not isinstance(answer, list) or len(answer) > MOST_ROWS:
        yield _fault(
            field.id,
            f"Bitte höchstens {MOST_ROWS} Einträge, einen je Zeile.",
            f"Please at most {MOST_ROWS} entries, one a line.",
        )
        return
    for row in answer:
        yield from _plain(field, str(row))


def _needs(field: Field, answer: Answer) -> Iterator[Fault]:
    if not isinstance(answer, list) or len(answer) > MOST_ROWS:
        yield _fault(
            field.id,
            f"Bitte höchstens {MOST_ROWS} Bedarfe.",
            f"Please at most {MOST_ROWS} needs.",
        )
        return
    for number, row in enumerate(answer, start=1):
        if not isinstance(row, Mapping):
            yield _fault(field.id, f"Zeile {number}: unlesbar.", f"Row {number}: unreadable.")
            continue
        yield from _need(field, row, number=number)


def _need(field: Field, row: Mapping[str, str], *, number: int) -> Iterator[Fault]:
    unknown = sorted(set(row) - set(NEED_COLUMNS))
    if unknown:
        names = ", ".join(unknown)
        yield _fault(
            field.id,
            f"Zeile {number}: unbekannte Spalte {names}.",
            f"Row {number}: unknown column {names}.",
        )
    for column, options in (("group", _GROUP_OPTIONS), ("band", _BAND_OPTIONS)):
        if row.get(column, "") not in [option.value for option in options]:
            listed = _listed(options)
            yield _fault(
                field.id,
                f"Zeile {number}: bitte wählen: {listed.de}.",
                f"Row {number}: please choose: {listed.en}.",
            )
    for column in NEED_COLUMNS:
        yield from _text(field.id, str(row.get(column, "")), most=120, place=False)


def _text(name: str, text: str, *, most: int, place: bool) -> Iterator[Fault]:
    if len(text) > most:
        yield _fault(
            name,
            f"Bitte höchstens {most} Zeichen (jetzt {len(text)}).",
            f"Please at most {most} characters (now {len(text)}).",
        )
    found = traces(text, place=place)
    if found:
        de = " und ".join(trace.label.de for trace in found)
        en = " and ".join(trace.label.en for trace in found)
        yield Fault(
            field=name,
            words=Words(
                de=f"Der Text scheint {de} zu enthalten und wurde nicht gespeichert. "
                "Bitte nur Zahlen und Bedarfe nennen, keine Angaben zu Personen.",
                en=f"The text seems to hold {en} and was not stored. "
                "Please give numbers and needs only, nothing about persons.",
            ),
            personal=True,
        )


_BY_KIND: Mapping[FieldKind, Callable[[Field, Answer], Iterator[Fault]]] = MappingProxyType(
    {
        FieldKind.TRISTATE: _one_of,
        FieldKind.CHOICE: _one_of,
        FieldKind.BAND: _one_of,
        FieldKind.COUNT: _count,
        FieldKind.TEXT: _plain,
        FieldKind.TIME: _moment,
        FieldKind.LIST: _list,
        FieldKind.NEEDS: _needs,
        FieldKind.DATE: _date,
        FieldKind.COUNTRIES: _countries,
    }
)


def _fault(field: str, de: str, en: str) -> Fault:
    return Fault(field=field, words=Words(de=de, en=en))
