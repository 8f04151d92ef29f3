"""Bulletins on a partner's page and on the incident's: who issues, who reads, what is marked."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from crisis.core.bulletin import BulletinClass, BulletinRule
from crisis.core.contact import Tlp
from crisis.core.playbook import Phase, Playbook
from crisis.core.words import Words
from crisis.usecases import steering
from crisis.web.app import create_app
from tests.browser import PATIENCE_MS
from tests.builders import a_step
from tests.web.conftest import HERE
from tests.web.reading import text_of
from tests.web.staged import PASSWORD, Stage, a_site, staged, staged_playbook

ON_ROADS = {
    "action": "issue",
    "number": "H-01",
    "f-about": "country-of-origin",
    "f-text": "Anwerbung läuft über Fahrdienste.",
    "f-countries": "Rumänien\nbg",
    "f-valid_until": "31.12.2026",
}


CONFIRM = {"de": "Wir bestätigen", "en": "We confirm"}


def a_playbook_with_bulletins() -> Playbook:
    classes = (BulletinClass.COUNTRY, BulletinClass.GENERAL)
    written = a_step(
        "B04",
        roles=("WR",),
        title=Words(de="Sicherheitshinweis", en="Security bulletin"),
        bulletin=BulletinRule(classes=classes, by=("OHS",)),
        message=Words(de="Neuer Hinweis: {bulletin}.", en="New bulletin: {bulletin}."),
        tlp=Tlp.AMBER_STRICT,
    )
    oral = replace(written, id="B04a", title=Words(de="Mündlich"), tlp=Tlp.RED)
    plain = staged_playbook()
    phase = Phase(id="P2", title=Words(de="Hinweise"), steps=(written, oral))
    return replace(plain, phases=(*plain.phases, phase))


@pytest.fixture
def stage() -> Stage:
    return staged(playbook=a_playbook_with_bulletins())


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    app = create_app(stage.desk, a_site(stage))
    with TestClient(app, client=HERE, follow_redirects=False) as client:
        yield client


def cy_s_page(stage: Stage) -> str:
    return f"/p/{stage.token('A10', 'cy')}"


def part(page: str, *, lines: int) -> list[str]:
    """Return what a page says in its section about bulletins."""
    text = text_of(page).split("\n")
    start = len(text) - 1 - text[::-1].index("Sicherheitshinweise")
    return text[start : start + lines]


def test_partner_issues_one_and_those_who_are_asked_read_it(
    stage: Stage, client: TestClient
) -> None:
    page = cy_s_page(stage)
    assert part(client.get(page).text, lines=3) == [
        "Sicherheitshinweise",
        "Hinweis herausgeben: Sicherheitshinweis",
        "Hinweis herausgeben: Mündlich",
    ]
    form = client.get(f"{page}/bulletins/B04")
    assert "Der Text steht nur auf den Seiten der Gefragten" in text_of(form.text)

    done = client.post(f"{page}/bulletins/B04", data=ON_ROADS)
    stage.tick()

    assert (done.status_code, done.headers["location"]) == (303, f"{page}?done=issued#bulletins")
    assert "Der Hinweis ist herausgegeben" in text_of(client.get(f"{page}?done=issued").text)
    asked = text_of(client.get(f"/p/{stage.token('B04', 'ring')}").text).split("\n")
    at = asked.index("Sicherheitshinweis")
    assert asked[at + 1 : at + 5] == [
        "Neuer Hinweis: H-01 · Lage im Herkunftsland · RO, BG · gilt bis 31.12.2026.",
        "H-01 Lage im Herkunftsland, Rumänien, Bulgarien, gilt bis 31.12.2026",
        "Anwerbung läuft über Fahrdienste.",
        "Von Opferhilfe, Geschäftsstelle, Fr., 18.12.2026, 19:20 Uhr",
    ]
    bodies = [sent.body for sent in stage.world.sender.sent if "/B04/" in sent.id]
    assert not any("Fahrdienste" in body for body in bodies)


def test_nobody_else_reads_it(stage: Stage, client: TestClient) -> None:
    client.post(f"{cy_s_page(stage)}/bulletins/B04", data=ON_ROADS)
    stage.tick()

    others = [cy_s_page(stage), f"/p/{stage.token('A10', 'ring')}"]

    assert [("Fahrdienste" in client.get(page).text) for page in others] == [False, False]
    eve = client.get("/incidents/i1")
    assert (eve.status_code, eve.headers["location"]) == (303, "/")
    assert client.get("/incidents/i1/bulletins/B04").status_code == 303
    assert client.post("/incidents/i1/bulletins/B04", data=ON_ROADS).status_code == 303
    assert list(stage.desk.incidents.current("i1").bulletins) == ["H-01"]


def test_partner_who_may_issue_none_finds_no_form(stage: Stage, client: TestClient) -> None:
    page = f"/p/{stage.token('A10', 'ring')}"

    assert "Sicherheitshinweise" not in text_of(client.get(page).text)
    answers = [
        client.get(f"{page}/bulletins/B04"),
        client.post(f"{page}/bulletins/B04", data=ON_ROADS),
        client.get(f"{cy_s_page(stage)}/bulletins/A10"),
        client.get("/p/wrong/bulletins/B04"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert stage.desk.incidents.current("i1").bulletins == {}


def test_every_mistake_stands_beside_its_field_and_what_names_somebody_is_gone(
    stage: Stage, client: TestClient
) -> None:
    wrong = {
        **ON_ROADS,
        "f-about": "general",
        "f-text": "Wie im Fall 17: mehr Anfragen.",
        "f-countries": "Bohemia",
        "f-valid_until": "2026-12-01",
    }

    answer = client.post(f"{cy_s_page(stage)}/bulletins/B04?lang=en", data=wrong)

    assert answer.status_code == 422
    text = text_of(answer.text)
    assert "The bulletin: The text seems to hold the number of a case and was not stored." in text
    assert "Which countries is it about?: Unknown: 1 of 1." in text
    assert "Up to which day does it hold?: Please a day from today to a year from now;" in text
    assert "Fall 17" not in answer.text
    assert "Bohemia" in answer.text
    assert stage.desk.incidents.current("i1").bulletins == {}


def test_what_is_told_by_word_of_mouth_has_no_field_for_its_text(
    stage: Stage, client: TestClient
) -> None:
    path = f"{cy_s_page(stage)}/bulletins/B04a"

    assert "Der Hinweis" not in text_of(client.get(path).text).split("\n")
    client.post(path, data={**ON_ROADS, "f-text": "Das wird nirgends gelesen."})
    stage.tick()

    assert stage.desk.incidents.current("i1").bulletins["H-01"].text == ""
    asked = text_of(client.get(f"/p/{stage.token('B04a', 'ring')}").text)
    assert "H-01 Lage im Herkunftsland, Rumänien, Bulgarien, gilt bis 31.12.2026" in asked


def test_what_is_sent_twice_is_issued_once(stage: Stage, client: TestClient) -> None:
    client.post("/", data={"who": "ada", "password": PASSWORD})
    path, hers = "/incidents/i1/bulletins/B04", f"{cy_s_page(stage)}/bulletins/B04"
    shown = client.get(path).text
    assert ('type="date"' in shown, 'name="number" value="H-01"' in shown) == (True, True)

    first = client.post(path, data={**ON_ROADS, "f-valid_until": "2026-12-31"})

    assert (first.status_code, first.headers["location"]) == (303, "/incidents/i1#bulletins")
    assert client.post(path, data=ON_ROADS).status_code == 409
    assert client.post(hers, data=ON_ROADS).status_code == 409
    assert client.post(path, data={"action": "other"}).status_code == 409
    assert list(stage.desk.incidents.current("i1").bulletins) == ["H-01"]


def test_lead_sees_who_has_confirmed_and_what_is_replaced_or_expired(
    stage: Stage, client: TestClient
) -> None:
    client.post("/", data={"who": "ada", "password": PASSWORD})
    assert part(client.get("/incidents/i1").text, lines=2)[1] == "Noch keine."
    path = "/incidents/i1/bulletins/B04"
    client.post(path, data={**ON_ROADS, "f-valid_until": "18.12.2026"})
    assert "noch niemand gefragt" in text_of(client.get("/incidents/i1").text)
    stage.tick()
    its_page = f"/p/{stage.token('B04', 'ring')}"
    client.post(its_page, data={"action": "acknowledge"})

    again = {**ON_ROADS, "number": "H-02", "f-text": "Berichtigt.", "f-replaces": "H-01"}
    client.post(path, data=again)
    stage.tick()

    assert part(client.get("/incidents/i1").text, lines=11) == [
        "Sicherheitshinweise",
        "H-02 Lage im Herkunftsland, Rumänien, Bulgarien, gilt bis 31.12.2026, ersetzt H-01",
        "Berichtigt.",
        "Von Federführung, Fr., 18.12.2026, 19:20 Uhr",
        "B04 Sicherheitshinweis: 0 von 1 haben bestätigt",
        (
            "H-01 Lage im Herkunftsland, Rumänien, Bulgarien, gilt bis 18.12.2026"
            " ⊘ ersetzt durch H-02"
        ),
        "Anwerbung läuft über Fahrdienste.",
        "Von Federführung, Fr., 18.12.2026, 19:20 Uhr",
        "B04 Sicherheitshinweis: 1 von 1 haben bestätigt",
        "Hinweis herausgeben: Sicherheitshinweis",
        "Hinweis herausgeben: Mündlich",
    ]
    assert "ersetzt durch H-02" in text_of(client.get(its_page).text)
    stage.clock.advance(minutes=14 * 24 * 60)
    stage.tick()
    client.post("/", data={"who": "ada", "password": PASSWORD})
    assert "gilt bis 31.12.2026, ersetzt H-01 ! abgelaufen" in text_of(
        client.get("/incidents/i1").text
    )


def test_incident_that_is_over_takes_none(stage: Stage, client: TestClient) -> None:
    path = f"{cy_s_page(stage)}/bulletins/B04"
    opened = client.get(path)
    steering.stand_down(stage.desk, "i1", reason="Ende", by="ada")

    assert opened.status_code == 200
    assert client.post(path, data=ON_ROADS).status_code == 404
    assert "Hinweis herausgeben" not in text_of(client.get(cy_s_page(stage)).text)


@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_have_no_accessibility_fault(
    stage: Stage, address: str, page: Page, axe: Callable[[Page], list[str]], language: str
) -> None:
    form = f"{address}{cy_s_page(stage)}/bulletins/B04?lang={language}"
    page.goto(form)
    faults = axe(page)
    page.locator("button.main-button").click()
    faults += axe(page)
    page.locator("[name=f-about][value=general]").check()
    page.locator("[name=f-text]").fill("Mehr Anfragen.")
    page.locator("[name=f-valid_until]").fill("2026-12-31")
    page.locator("button.main-button").click()
    page.locator(".done").wait_for()
    stage.tick()
    page.goto(f"{address}/p/{stage.token('B04', 'ring')}?lang={language}")

    assert faults + axe(page) == []
    assert page.locator(".bulletin .code").inner_text() == "H-01"
    assert page.locator("button.main-button").inner_text() == CONFIRM[language]


def test_form_works_without_a_script(stage: Stage, address: str, browser: Browser) -> None:
    context = browser.new_context(locale="de-DE", java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{address}{cy_s_page(stage)}/bulletins/B04")
    page.locator("[name=f-about][value=country-of-origin]").focus()
    page.keyboard.press("Space")
    for name, value in (("f-text", "Neue Lage."), ("f-countries", "Republik Moldau")):
        page.locator(f"[name={name}]").focus()
        page.keyboard.type(value)
    page.locator("[name=f-valid_until]").focus()
    page.keyboard.type("12312026")
    page.locator("button.main-button").focus()
    page.keyboard.press("Enter")
    page.locator(".done").wait_for()
    context.close()

    [issued] = stage.desk.incidents.current("i1").bulletins.values()
    assert (issued.countries, issued.text) == (("MD",), "Neue Lage.")
    assert issued.valid_until.isoformat() == "2026-12-31"
