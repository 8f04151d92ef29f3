"""A run that was opened before its T0: what pages say of it, and what they keep to themselves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from crisis.core.deadline import Within
from crisis.core.playbook import Start
from crisis.web.app import create_app
from tests.builders import T0, a_step
from tests.web.conftest import HERE
from tests.web.reading import text_of
from tests.web.staged import PASSWORD, Stage, a_site, staged, staged_playbook

START = T0 + timedelta(days=9)
STARTED, PLANNED = "/incidents/i1/start", "/incidents/i1/planned"
LATER = {"action": "move", "f-planned_for": "2026-12-31T04:00", "f-reason": "Witterung"}


@pytest.fixture
def stage() -> Stage:
    early = Start(offset=-timedelta(days=14))
    by_t0 = Within(duration=timedelta(), absolute=True)
    asked = (
        a_step("B11", roles=("OHS",), start=early, within=Within(duration=timedelta(hours=48))),
        a_step("B14", roles=("WR",), start=early, within=by_t0),
    )
    plain = staged_playbook()
    phases = (replace(plain.phases[0], steps=(*asked, *plain.phases[0].steps)),)
    return staged(
        playbook=replace(plain, phases=phases), planned_for=START, label="Razzia Bahnhof"
    )


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    app = create_app(stage.desk, a_site(stage))
    with TestClient(app, client=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def ada(client: TestClient) -> TestClient:
    client.post("/", data={"who": "ada", "password": PASSWORD})
    return client


def test_partner_page_before_t0_is_told_whole(stage: Stage, client: TestClient) -> None:
    page = client.get(f"/p/{stage.token('B11', 'cy')}")

    assert text_of(page.text) == (
        "AHORN 47\n"
        "Für: Opferhilfe, Geschäftsstelle, Dienst cy\n"
        "Schritt B11\n"
        "AHORN 47: Bitte melden. Code CJ3NC.\n"
        "Bis: So., 20.12.2026\n"
        "Stand: … angefragt, noch keine Antwort\n"
        "Wir übernehmen\n"
        "Nicht zuständig oder nicht möglich? Ablehnen\n"
        "Warum?\n"
        "Die Federführung liest die Begründung und vergibt die Aufgabe neu.\n"
        "Ablehnen\n"
        "Worum es geht\n"
        "Kennwort\n"
        "AHORN 47\n"
        "Federführung\n"
        "OB-L\n"
        "Grundlage\n"
        "S2.6\n"
        "Nutzen für Betroffene\n"
        "Hilfe startet.\n"
        "Ihr Code am Telefon\n"
        "CJ3NC\n"
        "Vertraulichkeit\n"
        "TLP:GREEN: unter den beteiligten Stellen, nicht öffentlich\n"
        "Rückruf nur über Ihr eigenes Kontaktverzeichnis."
    )


def test_deadline_that_is_t0_itself_is_not_told(stage: Stage, client: TestClient) -> None:
    page = client.get(f"/p/{stage.token('B14', 'ring')}").text

    given_away = ("Bis:", "27.12", "2026-12-27", "Dresden", "Großschadenslage", "Razzia")
    assert [words for words in given_away if words in page] == []


def test_page_says_all_again_once_it_has_begun(stage: Stage, ada: TestClient) -> None:
    ada.post(STARTED, data={"action": "start"})

    page = text_of(ada.get(f"/p/{stage.token('B11', 'cy')}").text)

    assert page.startswith("Ursache noch unklar · Dresden · Razzia Bahnhof\nAHORN 47\n")


def test_incident_page_says_when_it_is_planned_and_leads_on(ada: TestClient) -> None:
    page = ada.get("/incidents/i1").text

    assert "Geplanter Beginn (T0)\nSo., 27.12.2026, 19:20 Uhr" in text_of(page)
    assert [path for path in (STARTED, PLANNED) if f'href="{path}"' in page] == [STARTED, PLANNED]


def test_beginning_is_confirmed_once(stage: Stage, ada: TestClient) -> None:
    stage.clock.advance(minutes=5)
    asks = text_of(ada.get(STARTED).text)
    done = ada.post(STARTED, data={"action": "start", "f-when": "2026-12-18T19:22"})
    page = ada.get("/incidents/i1").text

    found = stage.desk.incidents.current("i1")
    assert asks == (
        "AHORN 47\n"
        "Beginn bestätigen\n"
        "Geplant für: So., 27.12.2026, 19:20 Uhr\n"
        "Von jetzt an laufen die Schritte ab T0, und Nachrichten nennen den Kreis.\n"
        "Es hat begonnen\n"
        "Wann war das? (freiwillig)\n"
        "Leer lassen, wenn es eben war.\n"
        "Es hat begonnen\n"
        "Zurück, ohne etwas zu speichern"
    )
    assert done.headers["location"] == "/incidents/i1"
    assert (found.is_ahead, found.t0) == (False, T0 + timedelta(minutes=2))
    assert "Begonnen (T0)\nFr., 18.12.2026, 19:22 Uhr" in text_of(page)
    assert STARTED not in page
    assert ada.get(STARTED).status_code == 404
    assert ada.post(PLANNED, data=LATER).status_code == 404


def test_beginning_is_moved_with_a_reason(stage: Stage, ada: TestClient) -> None:
    without = ada.post(PLANNED, data={"action": "move", "f-planned_for": "2026-12-31T04:00"})
    past = ada.post(PLANNED, data={**LATER, "f-planned_for": "2026-12-01T04:00"})
    unmoved = stage.desk.incidents.current("i1").t0
    done = ada.post(PLANNED, data=LATER)

    assert (without.status_code, past.status_code, unmoved) == (422, 422, START)
    assert "does not lie ahead" in past.text
    assert done.headers["location"] == "/incidents/i1"
    assert f"{stage.desk.incidents.current('i1').t0:%Y-%m-%dT%H:%M}" == "2026-12-31T03:00"


@pytest.mark.parametrize("path", [STARTED, PLANNED])
def test_eve_sees_and_enters_nothing(stage: Stage, client: TestClient, path: str) -> None:
    written = stage.desk.house.log.last_seq()

    answers = [client.get(path), client.post(path, data={"action": "start"})]

    assert [(one.status_code, one.headers["location"]) for one in answers] == [(303, "/")] * 2
    assert stage.desk.house.log.last_seq() == written
