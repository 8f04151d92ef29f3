"""Issuing a bulletin: all mistakes at once, no person, no case, nothing of what is only told."""

from datetime import date

import pytest

from crisis.core.bulletin import BulletinClass, BulletinIssued
from crisis.core.contact import Tlp
from crisis.core.form import Answers
from crisis.core.issuing import form_for, steps_for
from crisis.errors import NotFoundError, PersonalDataError, RefusedError, UsageError
from tests.builders import T0, a_step
from tests.core.bulletins import ON_ROADS, a_carrying_step, a_run, issued


def test_log_holds_what_was_said_of_it() -> None:
    timeline = a_run()

    assert issued(timeline, partner="wr") == (
        BulletinIssued(
            bulletin="H-01",
            step="B04",
            about=BulletinClass.COUNTRY,
            countries=("RO", "BG"),
            valid_until=date(2026, 12, 31),
            text="Anwerbung läuft über Fahrdienste.",
            happened_at=T0,
            partner="wr",
            contact="wr",
        ),
    )


def test_those_who_may_issue_are_the_lead_and_the_roles_of_the_step() -> None:
    incident = a_run(a_carrying_step(), a_step("A10")).incident

    found = {one: [step.id for step in steps_for(incident, one)] for one in ("", "wr", "ohs")}

    assert found == {"": ["B04"], "wr": ["B04"], "ohs": []}
    timeline = a_run()
    for partner in ("ohs", "far", "nobody"):
        with pytest.raises(RefusedError, match=f"{partner} issues no bulletins over B04"):
            issued(timeline, partner=partner)


def test_step_that_carries_none_says_which_do() -> None:
    timeline = a_run(a_carrying_step(), a_step("A10"))

    with pytest.raises(RefusedError, match="A10 carries no bulletins; these do: B04"):
        issued(timeline, step="A10")
    with pytest.raises(NotFoundError, match="there is no step 'B9'"):
        issued(timeline, step="B9")
    alone = a_run(a_step("A10"))
    with pytest.raises(RefusedError, match="these do: no step does"):
        issued(alone, step="A10")


def test_what_is_sent_twice_is_issued_once() -> None:
    timeline = a_run()
    timeline.append(*issued(timeline, number="H-01"))

    with pytest.raises(RefusedError, match="H-01 was issued already; nothing was changed"):
        issued(timeline, number="H-01")


def test_every_mistake_is_said_at_once() -> None:
    timeline = a_run()

    with pytest.raises(UsageError) as wrong:
        issued(
            timeline,
            {"about": "weather", "countries": ["RO", "XX"], "valid_until": "morgen", "why": "so"},
        )

    assert str(wrong.value).split("\n") == [
        "why: Diese Frage gibt es nicht. / There is no such question.",
        (
            "about: Bitte wählen: Lage im Herkunftsland (country-of-origin), Sicherheit der "
            "Beratenden (counsellors), allgemeine Entwicklung, ohne Fallbezug (general). / Please "
            "choose: situation in the country (country-of-origin), safety of counsellors "
            "(counsellors), general development, about no case (general)."
        ),
        "text: Bitte beantworten. / Please answer this.",
        (
            "countries: Unbekannt: 1 von 2. Bitte Länder mit ihrem Namen oder ihrem Code aus zwei "
            "Buchstaben nennen, zum Beispiel RO, eines je Zeile. / Unknown: 1 of 2. Please give "
            "countries by name or by their code of two letters, for example RO, one a line."
        ),
        (
            "valid_until: Bitte einen Tag eintragen, zum Beispiel 31.12.2026. / Please enter a "
            "day, for example 2026-12-31."
        ),
    ]


@pytest.mark.parametrize("day", ["2026-12-17", "2027-12-20", "0001-01-01"])
def test_day_that_is_over_or_far_away_is_refused(day: str) -> None:
    with pytest.raises(UsageError, match="from today to a year from now"):
        issued(a_run(), {**ON_ROADS, "valid_until": day})


@pytest.mark.parametrize("day", ["2026-12-18", "2027-12-19"])
def test_today_and_a_year_from_now_are_taken(day: str) -> None:
    [event] = issued(a_run(), {**ON_ROADS, "valid_until": day})

    assert isinstance(event, BulletinIssued)
    assert event.valid_until.isoformat() == day


def test_one_without_an_answer_lacks_them_all() -> None:
    with pytest.raises(UsageError) as wrong:
        issued(a_run(), {})

    fields = [line.partition(":")[0] for line in str(wrong.value).split("\n")]
    assert fields == ["about", "text", "valid_until"]


def test_one_on_a_country_names_it_and_no_list_is_endless() -> None:
    with pytest.raises(UsageError, match="Please name the country"):
        issued(a_run(), {**ON_ROADS, "countries": []})
    with pytest.raises(UsageError, match="Please at most 50 countries"):
        issued(a_run(), {**ON_ROADS, "countries": ["RO"] * 51})
    # A single word, as a file may hold it, is a list of one country and no list of letters.
    with pytest.raises(UsageError, match="Unknown: 1 of 1"):
        issued(a_run(), {**ON_ROADS, "countries": "ROBG"})


def test_person_in_its_text_is_refused() -> None:
    with pytest.raises(PersonalDataError, match="a person's name"):
        issued(a_run(), {**ON_ROADS, "text": "Frau Muster wurde bedroht."})


GENERAL: Answers = {"about": "general", "valid_until": "2026-12-31"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Wie im Fall 17 der letzten Woche", "the number of a case"),
        ("Siehe Fall 2027-01.", "the number of a case"),
        ("case no. 4 shows it", "the number of a case"),
        ("Az.: 12 Js 345/26", "a file number"),
        ("vgl. 203 Js 4711/26", "a file number"),
        ("Aktenzeichen B-77", "a file number"),
        ("Vorgang 815-2026", "the number of a case"),
        ("Siehe 4711/2026", "a file number"),
        ("Wie bei P-03 besprochen", "the code of a consent or person"),
        ("E-7K2M weiß mehr", "the code of a consent or person"),
        ("Seit AHORN 47 häufiger", "the code word or id of a run"),
        ("Im Lauf 20261218-1820-k7m2", "the code word or id of a run"),
    ],
)
def test_general_bulletin_names_no_case(text: str, what: str) -> None:
    with pytest.raises(PersonalDataError, match=f"{what}.*was not stored"):
        issued(a_run(), {**GENERAL, "text": text})
    # About safety, towards counselling, a case may stand: nothing of it leaves counselling.
    assert issued(a_run(), {**GENERAL, "about": "counsellors", "text": text})


@pytest.mark.parametrize(
    "text",
    [
        "In drei Fällen wurden Busse genutzt.",
        "Seit 2025 mehr Anfragen, 40 im Monat; in jedem Fall beraten wir.",
        "Die Richtlinie (EU) 2024/1712 ist bis 15.07.2026 umzusetzen.",
        "COVID-19-Regeln gelten nicht mehr; Aktenführung bleibt gleich.",
    ],
)
def test_general_bulletin_may_count(text: str) -> None:
    assert issued(a_run(), {**GENERAL, "text": text})


def test_what_is_told_by_word_of_mouth_is_not_stored() -> None:
    timeline = a_run(a_carrying_step(tlp=Tlp.RED))
    oral = {name: value for name, value in ON_ROADS.items() if name != "text"}

    with pytest.raises(UsageError, match="There is no such question"):
        issued(timeline)
    [event] = issued(timeline, oral)

    assert isinstance(event, BulletinIssued)
    assert event.text == ""
    form = form_for(timeline.incident, timeline.incident.step_by_id["B04"], now=T0)
    assert [field.id for field in form.fields] == ["about", "countries", "valid_until"]
