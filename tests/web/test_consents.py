"""Consents on a partner's page and on the incident's: codes, and nothing but codes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from crisis.core.event import Purpose
from crisis.core.gate import ConsentScope, Gate
from crisis.core.playbook import Phase, Playbook
from crisis.core.words import Words
from crisis.web.app import create_app
from tests.builders import T0, a_step
from tests.web.conftest import HERE
from tests.web.reading import text_of
from tests.web.staged import PASSWORD, Stage, a_site, staged, staged_playbook

GIVEN = {
    "action": "consent-give",
    "consent": "E-01",
    "consent-scope": "findings",
    "consent-recipient": "ring",
    "consent-days": "30",
}


def a_playbook_with_a_gate() -> Playbook:
    scope = ConsentScope(id="findings", label=Words(de="Erkenntnisse", en="Findings"))
    gated = a_step(
        "B30",
        roles=("WR",),
        title=Words(de="Erkenntnisse weitergeben", en="Pass findings on"),
        within=None,
        ladder=None,
        gate=Gate(scopes=(scope,), by=("OHS",)),
        message=Words(de="Mit Einwilligung {consent}: bitte Rückruf.", en="With {consent}: call."),
    )
    plain = staged_playbook()
    return replace(
        plain, phases=(*plain.phases, Phase(id="P2", title=Words(de="Später"), steps=(gated,)))
    )


@pytest.fixture
def stage() -> Stage:
    return staged(playbook=a_playbook_with_a_gate())


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    app = create_app(stage.desk, a_site(stage))
    with TestClient(app, client=HERE, follow_redirects=False) as client:
        yield client


def part(page: str, *, lines: int) -> list[str]:
    """Return what a page says about consents."""
    text = text_of(page).split("\n")
    start = text.index("Einwilligungen")
    return text[start : start + lines]


def cy_s_page(stage: Stage) -> str:
    return f"/p/{stage.token('A10', 'cy')}"


def test_partner_who_may_record_none_sees_nothing_of_consents(
    stage: Stage, client: TestClient
) -> None:
    path = f"/p/{stage.token('A40', 'cy')}"
    others = f"/p/{stage.token('A10', 'ring')}"

    assert "Einwilligungen" in text_of(client.get(path).text)
    assert "Einwilligungen" not in text_of(client.get(others).text)
    refused = client.post(others, data=GIVEN)
    assert refused.status_code == 409
    assert stage.desk.incidents.current("i1").consents == {}


def test_partner_records_a_consent_and_takes_it_back(stage: Stage, client: TestClient) -> None:
    path = cy_s_page(stage)
    assert part(client.get(path).text, lines=3) == [
        "Einwilligungen",
        "Hier steht nur ein Code, nie ein Name. Notieren Sie ihn in Ihrer eigenen Akte.",
        "Noch keine. Bis dahin wird nichts weitergegeben.",
    ]

    done = client.post(path, data=GIVEN)
    twice = client.post(path, data=GIVEN)
    stage.tick()

    assert (done.headers["location"], twice.status_code) == (f"{path}?done=recorded", 409)
    assert part(client.get(path).text, lines=3)[2] == (
        "E-01 Erkenntnisse → Hilfsring, Landesbüro: gilt bis So., 17.01.2027, 19:20 Uhr"
    )
    assert stage.desk.incidents.current("i1").run_of("B30").consent == "E-01"

    client.post(path, data={"action": "consent-revoke", "consent": "E-01"})
    assert part(client.get(path).text, lines=3)[2].endswith(
        "widerrufen am Fr., 18.12.2026, 19:20 Uhr"
    )
    again = client.post(path, data={"action": "consent-revoke", "consent": "E-01"})
    assert again.status_code == 409


def test_page_says_how_it_was_given_and_refuses_what_is_too_weak(
    stage: Stage, client: TestClient
) -> None:
    done = client.post(cy_s_page(stage), data={**GIVEN, "consent-form": "written"})
    wrong = client.post(
        cy_s_page(stage), data={**GIVEN, "consent": "E-02", "consent-form": "by letter"}
    )

    assert (done.status_code, wrong.status_code) == (303, 422)
    page = text_of(client.get(cy_s_page(stage)).text).split("\n")
    at = page.index("Wie erteilt")
    assert page[at + 1 : at + 3] == ["mündlich", "schriftlich"]
    assert part(client.get(cy_s_page(stage)).text, lines=3)[2].startswith(
        "E-01 Erkenntnisse → Hilfsring, Landesbüro (schriftlich): gilt bis"
    )
    assert stage.desk.incidents.current("i1").consents["E-01"].form == "written"


def test_refusal_is_kept_and_nothing_is_passed_on(stage: Stage, client: TestClient) -> None:
    path = cy_s_page(stage)

    client.post(path, data={**GIVEN, "action": "consent-refuse"})
    stage.clock.advance(minutes=3)
    stage.tick()

    assert part(client.get(path).text, lines=3)[2] == (
        "E-01 Erkenntnisse: nicht erteilt; nichts wird weitergegeben"
    )
    assert stage.desk.incidents.current("i1").run_of("B30").started_at is None


def test_term_that_nobody_offered_is_refused(stage: Stage, client: TestClient) -> None:
    answer = client.post(cy_s_page(stage), data={**GIVEN, "consent-days": "400"})

    assert answer.status_code == 422
    assert stage.desk.incidents.current("i1").consents == {}


def test_lead_records_for_all_and_sees_what_waits(stage: Stage, client: TestClient) -> None:
    client.post("/", data={"who": "ada", "password": PASSWORD})
    page = client.get("/incidents/i1").text
    assert "wartet auf eine Einwilligung" in text_of(page)

    done = client.post("/incidents/i1/consents", data={**GIVEN, "consent-days": ""})
    stage.tick()

    assert done.headers["location"] == "/incidents/i1#consents"
    shown = client.get("/incidents/i1").text
    assert part(shown, lines=3)[2] == (
        "E-01 Erkenntnisse → Hilfsring, Landesbüro: gilt bis auf Widerruf"
    )
    assert "Einwilligung E-01 (Erkenntnisse) für Hilfsring, Landesbüro liegt vor." in text_of(
        shown
    )
    assert client.post("/incidents/i1/consents", data={"action": "?"}).status_code == 404
    assert client.post("/incidents/i1/consents", data=GIVEN).status_code == 409


def test_eve_records_nothing(stage: Stage, client: TestClient) -> None:
    answer = client.post("/incidents/i1/consents", data=GIVEN)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert stage.desk.incidents.current("i1").consents == {}


def test_recipient_s_page_says_that_the_consent_is_gone(stage: Stage, client: TestClient) -> None:
    client.post(cy_s_page(stage), data=GIVEN)
    stage.tick()
    its_page = f"/p/{stage.token('B30', 'ring')}"
    stage.clock.advance(minutes=1)
    client.post(cy_s_page(stage), data={"action": "consent-revoke", "consent": "E-01"})
    stage.tick()

    text = text_of(client.get(its_page).text)

    assert "Die Einwilligung E-01 wurde widerrufen." in text
    assert "bitte Rückruf" not in text
    assert client.post(its_page, data={"action": "acknowledge"}).status_code == 409
    attempts = stage.desk.incidents.current("i1").obligations["B30", "ring"].attempts
    assert [attempt.purpose for attempt in attempts] == [Purpose.ASK, Purpose.WITHDRAWN]


def test_consent_that_has_ended_says_so(stage: Stage, client: TestClient) -> None:
    client.post(cy_s_page(stage), data=GIVEN)
    stage.clock.advance(minutes=31 * 24 * 60)

    assert part(client.get(cy_s_page(stage)).text, lines=3)[2].endswith(
        "abgelaufen am So., 17.01.2027, 19:20 Uhr"
    )
    assert stage.clock.now() == T0 + timedelta(days=31)
