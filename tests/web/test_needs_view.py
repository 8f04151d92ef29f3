"""Needs, totals and feedback on the incident's page, as far as the lead may read them."""

from dataclasses import replace
from textwrap import dedent

import pytest
from starlette.testclient import TestClient

from crisis.core.event import Via
from crisis.core.form import Answers, Field, FieldKind, Form
from crisis.core.playbook import ExpectAnswer, Start
from crisis.core.words import Words
from crisis.usecases import answering
from crisis.usecases.answering import Reply
from crisis.web.app import create_app
from crisis.web.naming import Names
from crisis.web.needs_view import answers_view
from crisis.web.texts import texts
from tests.builders import a_form_step, a_playbook, a_step
from tests.web.reading import text_of
from tests.web.staged import PASSWORD, Stage, a_site, staged

NEED = {"group": "support", "code": "Dolmetschen", "region": "Dresden"}
FORM = Form(
    id="F1",
    title=Words(de="Meldung", en="Report"),
    fields=(
        Field(id="needs", kind=FieldKind.NEEDS, label=Words(de="Bedarfe")),
        Field(
            id="hints",
            kind=FieldKind.COUNT,
            label=Words(de="Hinweise erteilt", en="Hints given"),
            total=True,
        ),
        Field(
            id="material",
            kind=FieldKind.LIST,
            label=Words(de="Material", en="Material"),
            total=True,
        ),
    ),
)


@pytest.fixture
def house() -> Stage:
    """Return a house whose lead asks two for needs, and the police for a reply."""
    reply = a_step("A50", roles=("POL",), expect=ExpectAnswer(form="F1", replies_to="A40"))
    steps = (a_form_step("A40", roles=("OHS", "WR")), reply)
    return staged(playbook=replace(a_playbook(*steps), forms=(FORM,)))


def say(house: Stage, partner: str, answers: Answers, step: str = "A40") -> None:
    house.clock.advance(minutes=1)
    reply = Reply(incident=house.incident, step=step, partner=partner, by="ada", via=Via.PHONE)
    answering.answer(house.desk, reply, answers=answers)


def shown(house: Stage, language: str = "de") -> dict[str, object]:
    incident, say_ = house.desk.incidents.current(house.incident), texts(language)
    now = house.clock.now()
    return answers_view(incident, names=Names(incident, say_), now=now, say=say_)


def test_nothing_is_shown_before_anybody_answers(house: Stage) -> None:
    assert shown(house) == {"needs": [], "totals": [], "feedback": []}


def test_need_of_two_stands_once_with_what_differs(house: Stage) -> None:
    say(house, "cy", {"needs": [{**NEED, "band": "5-19", "promised_by": "RAA"}], "hints": 3})
    say(house, "ring", {"needs": [{**NEED, "band": "100+"}], "material": ["Karte"]})

    assert shown(house) == {
        "needs": [
            {
                "what": "Dolmetschen, Dresden",
                "group": "Unterstützung",
                "symbol": "◐",
                "state": "zugesagt",
                "since": "19:21 Uhr",
                "by": "Opferhilfe, Geschäftsstelle; Hilfsring, Landesbüro",
                "promised_by": "RAA",
                "conflicts": "Zahlen weichen ab",
            }
        ],
        "totals": [
            {"label": "Hinweise erteilt", "value": "3", "answers": 1},
            {"label": "Material", "value": "Karte (1)", "answers": 1},
        ],
        "feedback": [
            {
                "step": "A40 Schritt A40",
                "partner": partner,
                "said": f"Fr., 18.12.2026, {at} Uhr",
                "owed_by": "Polizei, Beauftragte",
                "reply": "offen; Antwort bis Fr., 18.12.2026, 19:35 Uhr",
            }
            for partner, at in (
                ("Opferhilfe, Geschäftsstelle", "19:21"),
                ("Hilfsring, Landesbüro", "19:22"),
            )
        ],
    }


def replies(house: Stage) -> object:
    listed = shown(house)["feedback"]
    assert isinstance(listed, list)
    return [one["reply"] for one in listed]


def test_reply_that_is_owed_stays_open_past_its_time_until_it_comes(house: Stage) -> None:
    say(house, "cy", {"hints": 3})
    house.clock.advance(minutes=30)
    late = replies(house)

    say(house, "pol", {"hints": 1}, step="A50")

    assert late == ["offen; die Frist endete Fr., 18.12.2026, 19:35 Uhr"]
    assert replies(house) == ["beantwortet Fr., 18.12.2026, 19:52 Uhr von Polizei, Beauftragte"]


def test_feedback_of_a_step_that_begins_later_says_that_nobody_was_asked() -> None:
    later = a_step(
        "A50",
        roles=("POL",),
        expect=ExpectAnswer(form="F1", replies_to="A40"),
        start=Start(after=("A40",)),
    )
    asked = a_form_step("A40", roles=("OHS", "WR"))
    house = staged(playbook=replace(a_playbook(asked, later), forms=(FORM,)))
    say(house, "cy", {"hints": 3})

    assert replies(house) == ["offen; noch niemand gefragt"]


def test_page_shows_them_in_english(house: Stage) -> None:
    say(house, "cy", {"needs": [{**NEED, "band": "5-19"}], "hints": 3})
    app = create_app(house.desk, a_site(house))
    with TestClient(app, client=("127.0.0.1", 50000), follow_redirects=False) as client:
        client.post("/", data={"who": "ada", "password": PASSWORD})
        page = client.get(f"/incidents/{house.incident}?lang=en").text

    section = page[page.index('<section id="needs"') :]
    assert text_of(section[: section.index("</section>") + 10], "section") == dedent("""\
        Needs and feedback
        Need
        Status
        Reported by
        Promised by
        Conflicts
        Dolmetschen, Dresden support
        … raised, since 19:21
        Victim support, head office
        nobody
        none
        Hints given
        3 Answers: 1
        A40 Step A40, Victim support, head office, Fri, 18 Dec 2026, 19:21: open; reply by Fri, \
18 Dec 2026, 19:35 (reply owed by Police, officers)""")
