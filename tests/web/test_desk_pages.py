"""What a duty officer enters on pages of their own: facts, publications, the lead's hand-over."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from crisis.core.condition import Value
from crisis.core.leading import lead_now, open_offer
from crisis.core.playbook import Attribute, AttributeKind, ExpectSignOff, Phase, Playbook
from crisis.core.words import Words
from crisis.usecases import steering
from crisis.web.app import create_app
from tests.browser import PATIENCE_MS
from tests.builders import T0, a_step
from tests.web.conftest import HERE
from tests.web.reading import text_of
from tests.web.staged import EVERY_KIND, PASSWORD, Stage, a_site, staged, staged_playbook

FACT = "/incidents/i1/facts/deaths"
PUBLICATION = "/incidents/i1/publications/A35"
LEAD = "/incidents/i1/lead"
OPEN = {
    FACT: {"action": "set", "f-value": "2", "f-source": "Einsatzleitung"},
    PUBLICATION: {"action": "publish-uncleared", "f-uncleared": "Es stand schon im Netz."},
    LEAD: {"action": "hand-over", "f-to": "lead-dep", "f-reason": "Schichtwechsel"},
}


def a_playbook_that_publishes() -> Playbook:
    what = Words(de="Pressemitteilung", en="Press release")
    signed = a_step("A35", roles=("OHS", "WR"), expect=ExpectSignOff(what=what))
    plain = staged_playbook()
    more = (
        Attribute(id="languages", kind=AttributeKind.LIST, label=Words(de="Sprachen")),
        Attribute(
            id="hurt",
            kind=AttributeKind.COUNT,
            label=Words(de="Verletzte", en="Injured"),
            definition=Words(de="Behandelte", en="People treated"),
        ),
        Attribute(id="area", kind=AttributeKind.REGION, label=Words(de="Gebiet")),
    )
    return replace(
        plain,
        attributes=(*plain.attributes, *more),
        phases=(*plain.phases, Phase(id="P2", title=Words(de="Presse"), steps=(signed,))),
    )


@pytest.fixture
def stage() -> Stage:
    return staged(playbook=a_playbook_that_publishes())


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    app = create_app(stage.desk, a_site(stage))
    with TestClient(app, client=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def ada(client: TestClient) -> TestClient:
    client.post("/", data={"who": "ada", "password": PASSWORD})
    return client


def sign(stage: Stage, client: TestClient, partner: str) -> None:
    path = f"/p/{stage.token('A35', partner)}"
    done = client.post(path, data={"action": "sign", "verdict": "agreed"})
    assert done.status_code == 303


def test_count_says_what_it_counts(ada: TestClient) -> None:
    page = "/incidents/i1/facts/hurt"

    told = [text_of(ada.get(f"{page}?lang={one}").text).split("\n") for one in ("de", "en")]

    assert ("Gezählt wird: Behandelte" in told[0], "Counted: People treated" in told[1]) == (
        True,
        True,
    )


@pytest.mark.parametrize("path", [FACT, PUBLICATION, LEAD])
def test_eve_sees_and_enters_nothing(stage: Stage, client: TestClient, path: str) -> None:
    written = stage.desk.house.log.last_seq()

    answers = [client.get(path), client.post(path, data=OPEN[path])]

    assert [(one.status_code, one.headers["location"]) for one in answers] == [(303, "/")] * 2
    assert stage.desk.house.log.last_seq() == written


@pytest.mark.parametrize("path", [FACT, PUBLICATION, LEAD])
def test_incident_page_leads_to_each(ada: TestClient, path: str) -> None:
    assert f'href="{path}"' in ada.get("/incidents/i1").text
    assert ada.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/incidents/i1/facts/nope", "/incidents/i1/publications/A10", "/incidents/x/lead"]
)
def test_there_is_no_page_for_what_there_is_not(ada: TestClient, path: str) -> None:
    assert (ada.get(path).status_code, ada.post(path, data={}).status_code) == (404, 404)


def test_fact_is_written_down_with_its_source_and_moment(stage: Stage, ada: TestClient) -> None:
    stage.clock.advance(minutes=10)

    done = ada.post(FACT, data={**OPEN[FACT], "f-when": "2026-12-18T19:25"})

    change = stage.desk.incidents.current("i1").attribute_changes[-1]
    assert done.headers["location"] == "/incidents/i1#changes"
    assert (change.attribute, change.value, change.source) == ("deaths", 2, "Einsatzleitung")
    assert text_of(ada.get(FACT).text) == (
        "AHORN 47\n"
        "Tote\n"
        "Bisher: 2\n"
        "Angabe speichern\n"
        "Tote\n"
        "Von wem wissen Sie das?\n"
        "Die Funktion, zum Beispiel: Einsatzleitung.\n"
        "Wann war das? (freiwillig)\n"
        "Leer lassen, wenn es eben war.\n"
        "Angabe speichern\n"
        "Zurück, ohne etwas zu speichern"
    )


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("kind_of_event", "extremism", "extremism"),
        ("dangerous", "no", "no"),
        ("languages", "pl\n\ncs ", ("pl", "cs")),
        ("area", "14626", "14626"),
    ],
)
def test_fact_of_any_kind_is_entered(
    stage: Stage, ada: TestClient, name: str, typed: str, value: Value
) -> None:
    said = {"action": "set", "f-value": typed, "f-source": "Polizei"}

    assert ada.post(f"/incidents/i1/facts/{name}", data=said).status_code == 303
    assert stage.desk.incidents.current("i1").attributes[name] == value


@pytest.mark.parametrize(
    ("path", "wrong", "told"),
    [
        (FACT, {"f-value": "viele"}, "Tote: Bitte eine ganze Zahl ab 0 eingeben"),
        (FACT, {"f-source": ""}, "Von wem wissen Sie das?: Bitte beantworten."),
        (FACT, {"f-source": "Frau Muster"}, "Von wem wissen Sie das?: Der Text scheint einen"),
        (FACT, {"f-when": "gestern"}, "Wann war das?: Bitte tragen Sie Tag und Uhrzeit ein"),
        (FACT, {"f-when": "2030-01-01T10:00"}, "2030-01-01 10:00:00 lies in the future"),
        (PUBLICATION, {"f-uncleared": ""}, "Warum kam es trotzdem heraus?: Bitte beantworten."),
        (LEAD, {"f-to": "eve"}, "An welche Funktion?: Bitte wählen:"),
        (LEAD, {"f-minutes": "bald"}, "Frist für die Bestätigung, in Minuten: Bitte eine ganze"),
    ],
)
def test_mistake_is_named_and_nothing_is_written(
    stage: Stage, ada: TestClient, path: str, wrong: dict[str, str], told: str
) -> None:
    written = stage.desk.house.log.last_seq()

    page = ada.post(path, data={**OPEN[path], **wrong})

    assert (page.status_code, stage.desk.house.log.last_seq()) == (422, written)
    assert [line for line in text_of(page.text).split("\n") if line.startswith(told)] != []
    assert "Muster" not in page.text


def test_publication_is_blocked_until_all_have_signed(stage: Stage, ada: TestClient) -> None:
    sign(stage, ada, "cy")
    blocked = text_of(ada.get(PUBLICATION).text).split("\n")
    refused = ada.post(PUBLICATION, data={"action": "publish"})

    assert blocked[1:4] == [
        "„Pressemitteilung“ veröffentlicht",
        "Gesperrt: Es fehlt die Zustimmung von Hilfsring, Landesbüro.",
        "Nichts davon wird veröffentlicht, bevor alle zugestimmt haben.",
    ]
    assert (refused.status_code, stage.desk.incidents.current("i1").run_of("A35").published) == (
        409,
        None,
    )

    sign(stage, ada, "ring")
    done = ada.post(PUBLICATION, data={"action": "publish"})

    published = stage.desk.incidents.current("i1").run_of("A35").published
    assert done.headers["location"] == "/incidents/i1#step-A35"
    assert published is not None
    assert published.cleared
    assert ada.get(PUBLICATION).status_code == 404


def test_what_came_out_uncleared_is_entered_with_its_reason(stage: Stage, ada: TestClient) -> None:
    ada.post(PUBLICATION, data=OPEN[PUBLICATION])

    published = stage.desk.incidents.current("i1").run_of("A35").published
    assert published is not None
    assert (published.cleared, published.reason) == (False, "Es stand schon im Netz.")


def test_signature_that_came_after_the_publication_is_no_clearance(
    stage: Stage, ada: TestClient
) -> None:
    stage.clock.advance(minutes=10)
    sign(stage, ada, "cy")
    sign(stage, ada, "ring")

    late = ada.post(PUBLICATION, data={"action": "publish", "f-when": "2026-12-18T19:22"})

    assert late.status_code == 409
    assert "A35 was cleared at" in text_of(late.text)


def test_lead_is_offered_and_passes_with_the_second_word(stage: Stage, ada: TestClient) -> None:
    done = ada.post(LEAD, data={**OPEN[LEAD], "f-minutes": "30"})
    stage.tick()

    incident = stage.desk.incidents.current("i1")
    offer = open_offer(incident)
    assert (done.status_code, done.headers["location"]) == (303, "/incidents/i1")
    assert offer is not None
    assert (offer.contact, incident.obligations[offer.step, "lead"].due_at) == (
        "lead-dep",
        T0 + timedelta(minutes=30),
    )
    assert ada.get(LEAD).status_code == 404
    ada.post(f"/p/{stage.token(offer.step, 'lead')}", data={"action": "acknowledge"})
    post = lead_now(stage.desk.incidents.current("i1"))
    assert post is not None
    assert post.contact == "lead-dep"


def test_lead_is_handed_over_with_the_brief_of_the_playbook() -> None:
    plain = a_playbook_that_publishes()
    stage = staged(playbook=replace(plain, lead=replace(plain.lead, brief=EVERY_KIND.id)))
    ada = TestClient(create_app(stage.desk, a_site(stage)), client=HERE, follow_redirects=False)
    ada.post("/", data={"who": "ada", "password": PASSWORD})
    more = ada.post(LEAD, data={"action": "more-rows", "f-reason": "Schichtwechsel"})
    missing = ada.post(LEAD, data=OPEN[LEAD])
    said = {
        **OPEN[LEAD],
        "f-brief-room": "yes",
        "f-brief-tongues": "Polnisch\nTschechisch",
        "f-brief-from": "2026-12-19T07:30",
    }

    done = ada.post(LEAD, data=said)

    assert "Bedarf 4" in more.text
    assert "Schichtwechsel" in more.text
    assert missing.status_code == 422
    assert done.status_code == 303
    [offered] = stage.desk.incidents.current("i1").offers.values()
    assert dict(offered.brief) == {
        "room": "yes",
        "tongues": ["Polnisch", "Tschechisch"],
        "from": "2026-12-19T06:30:00+00:00",
    }
    stage.tick()
    [step] = stage.desk.incidents.current("i1").offers
    page = ada.get(f"/p/{stage.token(step, offered.partner)}").text
    assert "Sa., 19.12.2026, 07:30 Uhr" in text_of(page)


def test_nothing_is_entered_once_the_response_is_over(stage: Stage, ada: TestClient) -> None:
    steering.stand_down(stage.desk, "i1", reason="Fehlalarm", by="ada")

    late = ada.post(FACT, data=OPEN[FACT])

    assert late.status_code == 409
    assert ada.get(LEAD).status_code == 404
    assert 'href="/incidents/i1/facts/' not in ada.get("/incidents/i1").text


@pytest.mark.parametrize("path", [FACT, PUBLICATION, LEAD])
@pytest.mark.parametrize("language", ["de", "en"])
def test_page_has_no_accessibility_fault(
    address: str, page: Page, axe: Callable[[Page], list[str]], path: str, language: str
) -> None:
    _signed_in(page, address)
    page.goto(f"{address}{path}?lang={language}")

    assert axe(page) == []


@pytest.mark.parametrize("path", [FACT, PUBLICATION, LEAD])
def test_page_works_by_keyboard_without_a_script(
    stage: Stage, address: str, browser: Browser, path: str
) -> None:
    context = browser.new_context(locale="de-DE", java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    _signed_in(page, address)
    written = stage.desk.house.log.last_seq()

    page.goto(f"{address}{path}")
    for name, value in OPEN[path].items():
        if name == "f-to":
            page.locator(f"[name={name}][value={value}]").focus()
            page.keyboard.press("Space")
        elif name != "action":
            page.locator(f"[name={name}]").focus()
            page.keyboard.type(value)
    page.locator("button.main-button").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Protokoll").wait_for()
    arrived = page.url
    context.close()

    assert path not in arrived
    assert stage.desk.house.log.last_seq() > written


def _signed_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Kürzel oder Funktion").fill("ada")
    page.get_by_label("Kennwort für die Anmeldung").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="AHORN 47").wait_for()
