"""Whole messages, as they are read: by mail and as a text, in both languages, in every case."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crisis.core import event as ev
from crisis.core.condition import Value
from crisis.core.contact import ChannelKind, Tlp
from crisis.core.event import Entry, IncidentOpened, Mode, Purpose
from crisis.core.incident import Incident, fold
from crisis.core.material import Material
from crisis.core.message import Text, compose, local_time, sender_of, step_message
from crisis.core.playbook import Step
from crisis.core.pursuit import Ask
from crisis.core.words import Words
from tests.builders import (
    T0,
    a_channel,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)

LINK = "https://crisis.example/p/token"
SAYS = Words(
    de="{code_word}: Bitte Kapazität nennen. Code {code}.",
    en="{code_word}: please name your capacity. Code {code}.",
)
ASK = Ask(
    step="A10",
    partner="ohs",
    n=1,
    contact="ohs",
    channel="ohs-email",
    purpose=Purpose.ASK,
    level=0,
    possible_repeat=False,
)
MAIL = """\
[ÜBUNG] AHORN 47 · Dresden · A10

AHORN 47: Bitte Kapazität nennen. Code K7M2Q.

Bitte antworten bis Fr 18.12., 19:35 Uhr.
Code: K7M2Q
Antworten ohne Anmeldung: https://crisis.example/p/token

Absender: Stelle lead
Rückruf nur über Ihr Kontaktverzeichnis. Bitte keine Namen oder Daten Betroffener.
"""
MAIL_IN_ENGLISH = """\
[ÜBUNG / EXERCISE] AHORN 47 · Dresden · A10

AHORN 47: please name your capacity. Code K7M2Q.

Please answer by Fri 18 Dec, 19:35.
Code: K7M2Q
Answer without an account: https://crisis.example/p/token

Sender: Office lead
Call back only by your own directory. Please no names or data of those affected.
"""


def an_incident(
    *, language: str = "de", mode: Mode = Mode.EXERCISE, step: Step | None = None, due: bool = True
) -> Incident:
    """Return an incident in which A10 has begun and Ada's partner is to be asked."""
    kinds = (ChannelKind.SMS, ChannelKind.EMAIL)
    people = [replace(a_contact(name, kinds=kinds), language=language) for name in ("ohs", "lead")]
    entries = entries_of(
        ev.StepStarted(
            step="A10",
            partners=("ohs",),
            planned_at=T0,
            due_at=T0 + minutes(15) if due else None,
        ),
        playbook=a_playbook(step or a_step(message=SAYS)),
        directory=a_directory(a_partner("ohs"), contacts=people),
    )
    return fold((_in_mode(entries[0], mode), *entries[1:]))


def _in_mode(entry: Entry, mode: Mode) -> Entry:
    assert isinstance(entry.event, IncidentOpened)
    return replace(entry, event=replace(entry.event, mode=mode))


def mail(incident: Incident, **changes: object) -> Text:
    ask = replace(ASK, **changes)  # type: ignore[arg-type]  # -- replace checks the names itself
    return _composed(incident, ask, ChannelKind.EMAIL)


def sms(incident: Incident, **changes: object) -> Text:
    ask = replace(ASK, channel="ohs-sms", **changes)  # type: ignore[arg-type]  # -- as above
    return _composed(incident, ask, ChannelKind.SMS)


def _composed(incident: Incident, ask: Ask, kind: ChannelKind) -> Text:
    sender = sender_of(incident)
    return compose(incident, ask, channel_kind=kind, code="K7M2Q", link=LINK, sender=sender)


def test_mail_says_everything_it_must() -> None:
    assert mail(an_incident()) == Text(
        title="[ÜBUNG] AHORN 47 · Dresden · A10", body=MAIL, tlp=Tlp.GREEN
    )


def test_mail_in_english() -> None:
    assert mail(an_incident(language="en")) == Text(
        title="[ÜBUNG / EXERCISE] AHORN 47 · Dresden · A10", body=MAIL_IN_ENGLISH, tlp=Tlp.GREEN
    )


def test_live_message_differs_from_an_exercise_by_its_mark_only() -> None:
    incident = an_incident(mode=Mode.LIVE)

    assert mail(incident) == Text(
        title="AHORN 47 · Dresden · A10", body=MAIL.removeprefix("[ÜBUNG] "), tlp=Tlp.GREEN
    )
    assert sms(incident).body.startswith("AHORN 47 · Dresden · A10: AHORN 47: Bitte")


def test_text_message_is_one_line() -> None:
    assert sms(an_incident()) == Text(
        title="[ÜBUNG] AHORN 47 · Dresden · A10",
        body="[ÜBUNG] AHORN 47 · Dresden · A10: AHORN 47: Bitte Kapazität nennen. Code K7M2Q. "
        "Bitte antworten bis Fr 18.12., 19:35 Uhr. Code K7M2Q https://crisis.example/p/token",
        tlp=Tlp.GREEN,
    )


def test_text_message_in_english() -> None:
    assert sms(an_incident(language="en")).body == (
        "[ÜBUNG / EXERCISE] AHORN 47 · Dresden · A10: AHORN 47: please name your capacity. Code "
        "K7M2Q. Please answer by Fri 18 Dec, 19:35. Code K7M2Q https://crisis.example/p/token"
    )


REPEAT = {"purpose": Purpose.REPEAT, "n": 2, "possible_repeat": True}


def test_repeat_says_that_it_may_be_one_and_carries_the_same_code() -> None:
    mark = "Möglicherweise haben Sie diese Nachricht schon erhalten; der Code ist derselbe.\n"

    assert mail(an_incident(), **REPEAT).body == MAIL.replace("A10\n\n", f"A10\n\n{mark}")


def test_repeat_says_so_in_a_text_message_too() -> None:
    assert sms(an_incident(language="en"), **REPEAT).body == (
        "[ÜBUNG / EXERCISE] AHORN 47 · Dresden · A10: You may have received this message before; "
        "the code is the same. AHORN 47: please name your capacity. Code K7M2Q. Please answer by "
        "Fri 18 Dec, 19:35. Code K7M2Q https://crisis.example/p/token"
    )


def test_reminder_says_that_the_answer_is_missing() -> None:
    body = mail(an_incident(language="en"), purpose=Purpose.REMIND).body

    assert body == MAIL_IN_ENGLISH.replace(
        "A10\n\n", "A10\n\nReminder: your answer is still missing.\n"
    )


def test_obsolete_ask_takes_everything_back() -> None:
    assert (
        mail(an_incident(), purpose=Purpose.OBSOLETE).body
        == """\
[ÜBUNG] AHORN 47 · Dresden · A10

Diese Anfrage ist gegenstandslos. Sie brauchen nichts mehr zu tun. Danke.

Code: K7M2Q
https://crisis.example/p/token

Absender: Stelle lead
Rückruf nur über Ihr Kontaktverzeichnis. Bitte keine Namen oder Daten Betroffener.
"""
    )
    assert sms(an_incident(language="en"), purpose=Purpose.OBSOLETE).body == (
        "[ÜBUNG / EXERCISE] AHORN 47 · Dresden · A10: This request no longer applies. Nothing "
        "more is needed from you. Thank you. Code K7M2Q https://crisis.example/p/token"
    )


def test_consent_that_was_taken_back_names_its_code_and_awaits_no_reply() -> None:
    incident = an_incident()
    told = replace(incident.run_of("A10"), consent="E-01")
    incident = replace(incident, steps={"A10": told})

    assert sms(incident, purpose=Purpose.WITHDRAWN).body == (
        "[ÜBUNG] AHORN 47 · Dresden · A10: Die Einwilligung E-01 wurde widerrufen. Bitte "
        "verwenden Sie nicht mehr, was Ihnen darauf mitgeteilt wurde, und geben Sie es nicht "
        "weiter. Code K7M2Q https://crisis.example/p/token"
    )


def test_content_that_the_channel_may_not_carry_stays_on_the_page() -> None:
    step = a_step(message=SAYS, tlp=Tlp.RED)
    amber = a_step(message=SAYS, tlp=Tlp.AMBER)
    incident = an_incident(step=amber)
    directory = incident.opened.directory
    narrow = replace(
        directory.contacts["ohs"],
        channels=(a_channel("ohs-email", ChannelKind.EMAIL, max_tlp=Tlp.GREEN),),
    )
    contacts = {**directory.contacts, "ohs": narrow}
    opened = replace(incident.opened, directory=replace(directory, contacts=contacts))

    gated = mail(replace(incident, opened=opened))

    assert gated.body == MAIL.replace(
        "AHORN 47: Bitte Kapazität nennen. Code K7M2Q.",
        "Bitte Rückruf oder auf Ihrer Seite antworten. Der Inhalt geht nicht über diesen Weg.",
    )
    assert mail(an_incident(step=amber)).body == MAIL
    # What is told by telephone only is put before whoever makes the call.
    assert mail(an_incident(step=step)).body == MAIL


def test_task_tells_the_lead_whom_to_reach_another_way() -> None:
    task = mail(an_incident(), contact="lead", channel="lead-email", purpose=Purpose.TASK, level=4)

    assert (
        task.body
        == """\
[ÜBUNG] AHORN 47 · Dresden · A10

Stelle ohs hat nicht geantwortet. Bitte auf anderem Weg erreichen: AHORN 47: Bitte Kapazität \
nennen. Code K7M2Q.

Bitte antworten bis Fr 18.12., 19:35 Uhr.
Code: K7M2Q
https://crisis.example/p/token

Absender: Stelle lead
Rückruf nur über Ihr Kontaktverzeichnis. Bitte keine Namen oder Daten Betroffener.
"""
    )


def test_ask_without_a_deadline_names_none() -> None:
    assert mail(an_incident(due=False)).body == MAIL.replace(
        "Bitte antworten bis Fr 18.12., 19:35 Uhr.\n", ""
    )


ALL_PLACEHOLDERS = Words(
    de="{code}|{code_word}|{conference_at}|{district}|{due}|{federal_takeover}|{kind}|{languages}"
    "|{link}|{sender}|{step}",
)


@pytest.mark.parametrize(
    ("facts", "filled"),
    [
        (
            {},
            (
                "K7M2Q|AHORN 47|Fr 18.12., 20:50 Uhr|Dresden|Fr 18.12., 19:35 Uhr|offen"
                f"|noch nicht bekannt|-|{LINK}|Stelle lead|Schritt A10"
            ),
        ),
        (
            {
                "kind_of_event": "rampage",
                "gba_takes_over": "no",
                "languages": ("Dari", "Arabisch"),
            },
            (
                "K7M2Q|AHORN 47|Fr 18.12., 20:50 Uhr|Dresden|Fr 18.12., 19:35 Uhr|nein"
                f"|Amok|Dari, Arabisch|{LINK}|Stelle lead|Schritt A10"
            ),
        ),
    ],
)
def test_placeholders_are_filled_from_what_is_known(facts: dict[str, Value], filled: str) -> None:
    incident = replace(an_incident(step=a_step(message=ALL_PLACEHOLDERS)), attributes=facts)

    text = step_message(incident, incident.step_by_id["A10"], "de", code="K7M2Q", link=LINK)

    assert text == filled


def test_deadline_of_a_step_that_has_not_begun_is_empty() -> None:
    incident = fold(entries_of())
    step = a_step("A11", message=Words(de="bis {due}"))

    assert step_message(incident, step, "de", code="", link="") == "bis "


@pytest.mark.parametrize(
    ("language", "read"), [("de", "So 29.03., 03:30 Uhr"), ("en", "Sun 29 Mar, 03:30")]
)
def test_moments_are_read_in_local_time(language: str, read: str) -> None:
    assert local_time(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), language) == read


def test_sender_is_the_most_local_lead() -> None:
    bund = a_partner("bund", role="OB-L", regions=("00",))
    directory = a_directory(a_partner("ohs"))
    directory = replace(directory, partners=(bund, *directory.partners))

    assert sender_of(fold(entries_of(directory=directory))) == Words(
        de="Stelle lead", en="Office lead"
    )


def test_sender_without_a_lead_is_the_role() -> None:
    directory = replace(a_directory(a_partner("ohs")), partners=(a_partner("ohs"),))

    assert sender_of(fold(entries_of(directory=directory))) == Words(de="OB-L")


def test_languages_of_a_step_stand_beside_those_of_the_incident() -> None:
    asks = Words(de="Dolmetschen {languages}?")
    step = a_step(message=asks, languages=("pl", "cs"))
    opened = entries_of(playbook=a_playbook(step, a_step("A11", message=asks)))
    known = ev.AttributeSet(
        attribute="languages", value=("uk", "pl"), source="ada", happened_at=T0
    )
    before = fold(opened)
    after = fold((*opened, replace(opened[0], seq=2, version=2, event=known)))

    said = [
        step_message(incident, incident.step_by_id[name], "de", code="", link="")
        for incident in (before, after)
        for name in ("A10", "A11")
    ]

    assert said == [
        "Dolmetschen pl, cs?",
        "Dolmetschen -?",
        "Dolmetschen uk, pl, cs?",
        "Dolmetschen uk, pl?",
    ]


def test_material_of_a_step_is_named_with_its_languages() -> None:
    leaflet = Material(
        id="leaflet",
        title=Words(de="Merkblatt", en="Leaflet"),
        about=("rights",),
        languages=("de", "de-LS"),
        version="1",
        valid_until=date(2027, 6, 30),
    )
    card = replace(leaflet, id="card", title=Words(de="Karte", en="Card"), languages=("pl",))
    directory = replace(
        a_directory(a_partner("ohs")), materials={"leaflet": leaflet, "card": card}
    )
    asks = Words(de="Auslegen: {material}.", en="Lay out: {material}.")
    steps = (
        a_step(message=asks, materials=("leaflet", "card", "of-nobody")),
        a_step("A11", message=asks),
    )
    incident = fold(entries_of(playbook=a_playbook(*steps), directory=directory))

    said = [
        step_message(incident, incident.step_by_id[name], language, code="", link="")
        for name, language in (("A10", "de"), ("A10", "en"), ("A11", "de"))
    ]

    assert said == [
        "Auslegen: Merkblatt (de, de-LS); Karte (pl).",
        "Lay out: Leaflet (de, de-LS); Card (pl).",
        "Auslegen: -.",
    ]
    assert not leaflet.has_expired(date(2027, 6, 30))
    assert leaflet.has_expired(date(2027, 7, 1))
