"""
What is left of entries when texts are erased: the shape stays, the words go.

Only closed incidents are redacted. What is left still folds, so that pages and
reports open; where a text stood they read that it was erased.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crisis.core import event as ev
from crisis.core.availability import Availability, Rota
from crisis.core.contact import Channel, Contact, Directory
from crisis.core.custody import ERASED_TEXT
from crisis.core.event import SYSTEM, Entry, Event, IncidentOpened
from crisis.core.form import Answer, FieldKind
from crisis.core.words import Words

ERASED_WORDS = Words(de="[gelöscht nach Frist]", en="[erased after its period]")
_FREE = frozenset({FieldKind.TEXT, FieldKind.LIST})
# By what is needed and where the needs are told apart and counted; this column is in no figure.
_FREE_COLUMN = "promised_by"
# What vouches for other entries must stay as it is.
_CUSTODY = (ev.EntriesErased, ev.BrokenChainAccepted, ev.LogRestored, ev.Erased)

Change = Callable[[Event], Event]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What is left of one entry, and who it says wrote it."""

    version: int
    event: Event
    actor: str


def without_free_text(entries: Sequence[Entry]) -> tuple[Redaction, ...]:
    """Return what changes when what partners wrote freely goes: text fields, refusals."""
    opened = _opening(entries)
    free = {
        field.id: field.kind
        for form in opened.playbook.forms
        for field in form.fields
        if field.kind in {*_FREE, FieldKind.NEEDS}
    }
    answered = {
        f"{entry.event.step}/{entry.event.partner}"
        for entry in entries
        if isinstance(entry.event, ev.Answered)
    }

    def change(event: Event) -> Event:
        match event:
            case ev.Answered():
                answers = {
                    name: _answer(value, free.get(name)) for name, value in event.answers.items()
                }
                return replace(event, answers=answers)
            case ev.LeadOffered():
                brief = {
                    name: _answer(value, free.get(name)) for name, value in event.brief.items()
                }
                return replace(event, brief=brief)
            case ev.AttributeSet(value=tuple()) if event.value and event.source in answered:
                return replace(event, value=(ERASED_TEXT,))
            case ev.Declined():
                return replace(event, reason=_erased(event.reason))
            case ev.BulletinIssued():
                return replace(event, text=_erased(event.text))
            case _:
                return event

    return _changed(entries, change)


def without_people(entries: Sequence[Entry]) -> tuple[Redaction, ...]:
    """Return what changes when notes, reasons and remarks go, and signs become pseudonyms."""
    return _changed(entries, _without_words, actors=_pseudonyms(entries))


def without_contacts(entries: Sequence[Entry]) -> tuple[Redaction, ...]:
    """Return what changes when the pinned extract of the directory is emptied."""
    return _changed(entries, _without_contacts)


def without_all(entries: Sequence[Entry]) -> tuple[Redaction, ...]:
    """Return what changes when nothing stays but that there was a run, of which playbook."""

    def change(event: Event) -> Event:
        match event:
            case IncidentOpened():
                bare = replace(event, attributes={}, occurred_at=None, gaps=())
                return _without_contacts(_without_words(bare))
            case ev.IncidentClosed():
                return _without_words(event)
            case _:
                return ev.Erased(what=event.kind)

    return _changed(entries, change, actors=_pseudonyms(entries))


def applied(entries: Sequence[Entry], redactions: Sequence[Redaction]) -> tuple[Entry, ...]:
    """Return entries as they read after redactions, places and hashes as they were."""
    left = {redaction.version: redaction for redaction in redactions}
    return tuple(
        replace(entry, event=left[entry.version].event, actor=left[entry.version].actor)
        if entry.version in left
        else entry
        for entry in entries
    )


def _changed(
    entries: Sequence[Entry], change: Change, *, actors: Mapping[str, str] | None = None
) -> tuple[Redaction, ...]:
    known = actors or {}
    left = (
        (
            entry,
            Redaction(
                version=entry.version,
                event=change(entry.event),
                actor=known.get(entry.actor, entry.actor),
            ),
        )
        for entry in entries
        if not isinstance(entry.event, _CUSTODY)
    )
    return tuple(
        redaction
        for entry, redaction in left
        if (redaction.event, redaction.actor) != (entry.event, entry.actor)
    )


def _opening(entries: Sequence[Entry]) -> IncidentOpened:
    opened = entries[0].event
    if not isinstance(opened, IncidentOpened):
        raise ValueError("a log begins with incident-opened")  # noqa: TRY004 -- as `fold` says it
    return opened


def _pseudonyms(entries: Sequence[Entry]) -> dict[str, str]:
    """Return a pseudonym for every sign; functions of the directory keep their ids."""
    directory = _opening(entries).directory
    functions = {SYSTEM, *directory.contacts, *(partner.id for partner in directory.partners)}
    signs = dict.fromkeys(entry.actor for entry in entries)
    people = [sign for sign in signs if sign not in functions and not _is_pseudonym(sign)]
    taken = sum(map(_is_pseudonym, signs))
    return {sign: f"{_PSEUDONYM}{n}" for n, sign in enumerate(people, taken + 1)}


_PSEUDONYM = "person-"


def _is_pseudonym(sign: str) -> bool:
    return sign.startswith(_PSEUDONYM) and sign.removeprefix(_PSEUDONYM).isdigit()


def _erased(text: str) -> str:
    return ERASED_TEXT if text else ""


def _answer(value: Answer, kind: FieldKind | None) -> Answer:
    if kind in _FREE and value:
        return ERASED_TEXT if isinstance(value, str) else [ERASED_TEXT]
    if kind is FieldKind.NEEDS and isinstance(value, list):
        return [_row(row) for row in value if isinstance(row, dict)]
    return value


def _row(row: Mapping[str, str]) -> dict[str, str]:
    return {name: _erased(text) if name == _FREE_COLUMN else text for name, text in row.items()}


_WORDS: Mapping[type[Event], tuple[str, ...]] = {
    IncidentOpened: ("label", "occasion"),
    ev.NoteAdded: ("text",),
    ev.BulletinIssued: ("text",),
    ev.AdHocAsked: ("text", "reason"),
    ev.LeadOffered: ("reason",),
    ev.Signed: ("remark",),
    ev.Published: ("reason",),
    ev.TaskDone: ("note",),
    ev.StartMoved: ("reason",),
    ev.StoodDown: ("reason",),
    ev.IncidentClosed: ("reason",),
    ev.LinkRevoked: ("reason",),
    ev.StepSkipped: ("reason",),
    ev.Decided: ("reason",),
    ev.Declined: ("reason",),
}


def _without_words(event: Event) -> Event:
    texts: dict[str, Any] = {
        name: _erased(getattr(event, name)) for name in _WORDS.get(type(event), ())
    }
    return replace(event, **texts)


def _without_contacts(event: Event) -> Event:
    if not isinstance(event, IncidentOpened):
        return event
    contacts = {name: _bare(contact) for name, contact in event.directory.contacts.items()}
    directory = Directory(
        partners=event.directory.partners,
        contacts=contacts,
        holidays=event.directory.holidays,
        neighbours=event.directory.neighbours,
        materials=event.directory.materials,
    )
    return replace(event, directory=directory)


def _bare(contact: Contact) -> Contact:
    return replace(
        contact,
        title=ERASED_WORDS,
        channels=tuple(map(_bare_channel, contact.channels)),
        availability=_hours(contact.availability),
    )


def _bare_channel(channel: Channel) -> Channel:
    return replace(channel, provider="", verified_on=None, hours=_hours(channel.hours))


def _hours(hours: Availability) -> Availability:
    # Who was on duty when is what a rota says of people.
    return Rota(shifts=()) if isinstance(hours, Rota) else hours
