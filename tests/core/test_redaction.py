"""What is left of entries when their words are erased."""

from dataclasses import replace
from datetime import date
from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.core import event as ev
from crisis.core.availability import Rota, Shift
from crisis.core.condition import Value
from crisis.core.custody import ERASED_TEXT, EntriesErased
from crisis.core.event import Entry, Event, IncidentOpened
from crisis.core.form import Answers, Field, FieldKind, Form
from crisis.core.incident import fold
from crisis.core.redaction import (
    ERASED_WORDS,
    Redaction,
    applied,
    without_all,
    without_contacts,
    without_free_text,
    without_people,
)
from crisis.core.words import Words
from tests.builders import (
    T0,
    a_bulletin,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    entries_of,
    minutes,
)

SAY = Words(de="?")
FORM = Form(
    id="F9",
    title=SAY,
    fields=(
        Field(id="remark", kind=FieldKind.TEXT, label=SAY),
        Field(id="places", kind=FieldKind.LIST, label=SAY),
        Field(id="beds", kind=FieldKind.COUNT, label=SAY),
        Field(id="needs", kind=FieldKind.NEEDS, label=SAY),
    ),
)
PLAYBOOK = replace(a_playbook(), forms=(FORM,))
REPLY = {"step": "A10", "partner": "ohs", "contact": "ohs", "via": ev.Via.PAGE, "happened_at": T0}
ANSWERED = ev.Answered(
    **REPLY,  # type: ignore[arg-type]  # -- passed on
    answers={
        "remark": "Frei.",
        "places": ["Halle"],
        "beds": 3,
        "needs": [{"group": "support", "promised_by": "Stelle"}, {"group": "protection"}],
        "gone": "kein Feld",
    },
)
DECLINED = ev.Declined(**REPLY, reason="Zu weit.")  # type: ignore[arg-type]  # -- passed on
NOTE = ev.NoteAdded(text="Wechsel", happened_at=T0)
CLOSED = ev.IncidentClosed(reason="Ende")
BULLETIN = a_bulletin(text="Fahrdienste.", countries=("RO",))
KEPT = EntriesErased(rule="people", days=1, entries=())


def log(*events: Event, **opening: Value) -> tuple[Entry, ...]:
    shifts = (Shift(start=T0, end=T0 + minutes(60), holder="ohs"),)
    channel = replace(a_contact("ohs").channels[0], provider="p", verified_on=date(2026, 1, 1))
    contact = replace(a_contact("ohs", availability=Rota(shifts=shifts)), channels=(channel,))
    directory = a_directory(a_partner("ohs"), contacts=(contact,))
    first, *rest = entries_of(*events, playbook=PLAYBOOK, directory=directory)
    assert isinstance(first.event, IncidentOpened)
    opened = replace(first.event, label="Bahnhof", attributes={"deaths": 2, **opening})
    return (replace(first, event=opened), *rest)


def test_what_partners_wrote_freely_goes_and_figures_stay() -> None:
    entries = log(ANSWERED, DECLINED, NOTE, replace(DECLINED, reason=""), BULLETIN, a_bulletin())

    left = without_free_text(entries)

    assert left == (
        Redaction(
            version=2,
            event=replace(
                ANSWERED,
                answers={
                    "remark": ERASED_TEXT,
                    "places": [ERASED_TEXT],
                    "beds": 3,
                    "needs": [
                        {"group": "support", "promised_by": ERASED_TEXT},
                        {"group": "protection"},
                    ],
                    "gone": "kein Feld",
                },
            ),
            actor="ada",
        ),
        Redaction(version=3, event=replace(DECLINED, reason=ERASED_TEXT), actor="ada"),
        Redaction(version=6, event=replace(BULLETIN, text=ERASED_TEXT), actor="ada"),
    )
    assert without_free_text(applied(entries, left)) == ()


def test_list_that_an_answer_made_a_fact_goes_with_the_answer() -> None:
    fact = ev.AttributeSet(
        attribute="languages", value=("Polnisch",), source="A10/ohs", happened_at=T0
    )
    from_the_lead = replace(fact, source="POL-FLZ")
    number = replace(fact, attribute="deaths", value=2)

    left = without_free_text(log(ANSWERED, fact, from_the_lead, number, replace(fact, value=())))

    erased = replace(fact, value=(ERASED_TEXT,))
    assert [(one.version, one.event) for one in left[1:]] == [(3, erased)]


def test_brief_of_a_hand_over_loses_what_was_written_freely_and_keeps_its_figures() -> None:
    offered = ev.LeadOffered(
        step="H01",
        partner="ohs",
        contact="ohs",
        reason="Schichtwechsel",
        due_at=None,
        within=None,
        happened_at=T0,
        form="F9",
        brief={"remark": "Frei.", "places": ["Halle"], "beds": 3},
    )

    left = without_free_text(log(offered))

    brief: Answers = {"remark": ERASED_TEXT, "places": [ERASED_TEXT], "beds": 3}
    assert left == (Redaction(version=2, event=replace(offered, brief=brief), actor="ada"),)
    assert without_free_text(log(replace(offered, form="", brief={}))) == ()


# What vouches for other entries stays; of the orchestrator the house itself tells.
NOT_WRITTEN_BY_PEOPLE = {IncidentOpened, ev.BrokenChainAccepted, ev.OrchestratorUnavailable}
WRITTEN_FREELY = ("note", "reason", "remark", "text")


@pytest.mark.parametrize("kind", sorted(set(get_args(Event)) - NOT_WRITTEN_BY_PEOPLE, key=str))
@settings(max_examples=10)
@given(data=st.data())
def test_no_entry_keeps_what_somebody_who_acted_wrote_freely(
    kind: type[Event], data: st.DataObject
) -> None:
    event = data.draw(st.from_type(kind))
    entries = log(event)

    left = applied(entries, without_people(entries))[1].event

    # What the house itself says is one of a few words.
    texts = [
        getattr(left, name)
        for name in WRITTEN_FREELY
        if get_type_hints(kind).get(name) is str and getattr(event, name)
    ]
    assert set(texts) <= {ERASED_TEXT}


def test_notes_go_and_signs_become_pseudonyms_that_tell_people_apart() -> None:
    entries = log(NOTE, KEPT, CLOSED, NOTE)
    signs = ("ada", "bo", "system", "ohs", "ada")
    entries = tuple(replace(entry, actor=sign) for entry, sign in zip(entries, signs, strict=True))

    left = without_people(entries)

    assert [(one.version, one.actor) for one in left] == [
        (1, "person-1"),
        (2, "person-2"),
        (4, "ohs"),
        (5, "person-1"),
    ]
    assert [one.event for one in left[1:3]] == [
        replace(NOTE, text=ERASED_TEXT),
        replace(CLOSED, reason=ERASED_TEXT),
    ]
    opened = left[0].event
    assert isinstance(opened, ev.IncidentOpened)
    assert opened.label == ERASED_TEXT
    again = replace(entries[3], actor="cy")
    assert [one.actor for one in without_people((*applied(entries, left)[:3], again))] == [
        "person-3"
    ]


def test_contacts_keep_their_ids_and_lose_their_titles_and_rotas() -> None:
    [left] = without_contacts(log(NOTE))

    assert isinstance(left.event, ev.IncidentOpened)
    contact = left.event.directory.contacts["ohs"]
    assert (contact.title, contact.availability) == (ERASED_WORDS, Rota(shifts=()))
    assert [(c.id, c.provider, c.verified_on) for c in contact.channels] == [
        (contact.channels[0].id, "", None)
    ]
    assert {c.title for c in left.event.directory.contacts.values()} == {ERASED_WORDS}


def test_of_the_whole_only_opening_closing_and_custody_are_left() -> None:
    entries = log(NOTE, ANSWERED, KEPT, CLOSED)

    left = without_all(entries)

    assert [one.event.kind for one in left] == [
        "incident-opened",
        "erased",
        "erased",
        "incident-closed",
    ]
    after = applied(entries, left)
    incident = fold(after)
    assert (incident.closed_at, dict(incident.attributes)) == (entries[-1].at, {})
    assert [entry.hash for entry in after] == [entry.hash for entry in entries]
    assert without_all(after) == ()


def test_log_without_its_beginning_is_not_redacted() -> None:
    with pytest.raises(ValueError, match="a log begins with incident-opened"):
        without_free_text(entries_of(NOTE)[1:])
