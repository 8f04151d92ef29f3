"""What a hub sees of its members, and what it can enter for them."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from crisis.core.contact import ChannelKind
from crisis.core.event import Via
from crisis.core.gate import ConsentScope, Gate
from crisis.core.link import link_token
from crisis.core.playbook import ExpectAnswer, Step
from crisis.core.words import Words
from crisis.web.app import create_app
from tests.builders import a_contact, a_directory, a_partner, a_playbook, a_step, a_world, opened
from tests.web.reading import expected, text_of
from tests.web.staged import EVERY_KIND, PASSWORD, Stage, a_site

PAGE = (ChannelKind.EMAIL, ChannelKind.PORTAL)


def hub_stage(*, beside: tuple[Step, ...] = (), **changes: object) -> Stage:
    """Return a house whose hub, Cy's, was asked to inform two members."""
    members = tuple(
        replace(a_partner(name, role="OHS-B", regions=("14612",)), member_of=("cy",))
        for name in ("nord", "sued")
    )
    directory = a_directory(
        a_partner("cy"), *members, contacts=[a_contact(one.id, kinds=PAGE) for one in members]
    )
    playbook = a_playbook(a_step("A18", hub=True, **changes), *beside)
    world = a_world(replace(playbook, forms=(*playbook.forms, EVERY_KIND)), directory)
    stage = Stage(world=world, desk=world.desk, incident=opened(world))
    stage.tick()
    return stage


@pytest.fixture
def hub() -> Stage:
    return hub_stage()


@pytest.fixture
def browser(hub: Stage) -> TestClient:
    return TestClient(create_app(hub.desk, a_site(hub)), headers={"Accept-Language": "de"})


def take_over(hub: Stage, browser: TestClient) -> str:
    """Let the hub take over and return the address of its page."""
    page = f"/p/{hub.token('A18', 'cy')}"
    browser.post(page, data={"action": "acknowledge"})
    hub.tick()
    return page


def member_token(hub: Stage, member: str) -> str:
    return link_token(
        hub.desk.house.secret,
        incident=hub.incident,
        step="A18",
        partner=member,
        contact=member,
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_hub_reads_who_has_answered_and_what_to_pass_on(
    hub: Stage, browser: TestClient, language: str
) -> None:
    page = take_over(hub, browser)
    browser.post(f"{page}/members/nord", data={"action": "acknowledge"})

    shown = text_of(browser.get(f"{page}?lang={language}").text)

    link = f"https://crisis.example/p/{member_token(hub, 'sued')}"
    assert shown.replace(link, "LINK") == expected(f"hub.{language}")


def test_before_the_hub_takes_over_there_is_no_link_to_pass_on(
    hub: Stage, browser: TestClient
) -> None:
    shown = text_of(browser.get(f"/p/{hub.token('A18', 'cy')}").text)

    assert "Sobald Sie übernommen haben" in shown
    assert "Link für das Mitglied" not in shown


def test_member_answers_on_its_own_page(hub: Stage, browser: TestClient) -> None:
    take_over(hub, browser)

    browser.post(f"/p/{member_token(hub, 'nord')}", data={"action": "acknowledge"})

    said = hub.desk.incidents.current(hub.incident).obligations["A18", "nord"].acknowledgement
    assert said is not None
    assert (said.contact, said.via) == ("nord", Via.PAGE)


def test_hub_enters_what_a_member_said_and_the_log_says_so(
    hub: Stage, browser: TestClient
) -> None:
    page = take_over(hub, browser)

    answer = browser.post(f"{page}/members/nord", data={"action": "acknowledge"})

    said = hub.desk.incidents.current(hub.incident).obligations["A18", "nord"].acknowledgement
    assert said is not None
    assert (said.contact, said.via) == ("cy", Via.HUB)
    assert answer.url.path == f"{page}/members/nord"


def test_hub_reaches_its_own_members_only(hub: Stage, browser: TestClient) -> None:
    page = take_over(hub, browser)

    assert browser.get(f"{page}/members/lead").status_code == 404
    assert browser.get(f"/p/{member_token(hub, 'nord')}/members/sued").status_code == 404
    assert browser.get("/p/nothing/members/nord").status_code == 404


def test_hub_does_not_read_what_a_member_answered_itself() -> None:
    hub = hub_stage(expect=ExpectAnswer(form="F5"))
    browser = TestClient(create_app(hub.desk, a_site(hub)))
    page = take_over(hub, browser)
    stored = {"action": "answer", "f-room": "yes", "f-remark": "nur für das Mitglied"}
    browser.post(f"/p/{member_token(hub, 'nord')}", data=stored)
    browser.post(f"{page}/members/sued", data={**stored, "f-remark": "vom Verteiler"})

    assert "nur für das Mitglied" not in browser.get(f"{page}/members/nord").text
    assert "vom Verteiler" in browser.get(f"{page}/members/sued").text


def test_hub_does_not_read_why_a_member_declined_itself(hub: Stage, browser: TestClient) -> None:
    page = take_over(hub, browser)
    own = {"action": "decline", "reason": "Wir sind voll belegt."}
    browser.post(f"/p/{member_token(hub, 'nord')}", data=own)
    told = {"action": "decline", "reason": "Dort ist niemand."}
    browser.post(f"{page}/members/sued", data=told)

    nord, sued = (text_of(browser.get(f"{page}/members/{one}").text) for one in ("nord", "sued"))
    itself = text_of(browser.get(f"/p/{member_token(hub, 'nord')}").text)

    assert ("Abgelehnt am" in nord, "voll belegt" in nord, "voll belegt" in itself) == (
        True,
        False,
        True,
    )
    assert "Dort ist niemand." in sued


def test_hub_neither_reads_nor_records_the_consents_of_its_members() -> None:
    scope = ConsentScope(id="findings", label=Words(de="Erkenntnisse", en="Findings"))
    gated = a_step(
        "B30", roles=("OHS",), within=None, ladder=None, gate=Gate(scopes=(scope,), by=("OHS-B",))
    )
    hub = hub_stage(beside=(gated,))
    browser = TestClient(create_app(hub.desk, a_site(hub)), headers={"Accept-Language": "de"})
    page = take_over(hub, browser)
    given = {
        "action": "consent-give",
        "consent": "E-01",
        "consent-scope": "findings",
        "consent-recipient": "cy",
        "consent-days": "30",
    }

    own = f"/p/{member_token(hub, 'nord')}"
    by_hub = browser.post(f"{page}/members/nord", data=given)
    by_member = browser.post(own, data=given)

    assert (by_hub.status_code, by_member.status_code) == (422, 200)
    assert list(hub.desk.incidents.current(hub.incident).consents) == ["E-01"]
    assert "E-01" in text_of(browser.get(own).text)
    assert "Einwilligung" not in text_of(browser.get(f"{page}/members/nord").text)


def test_board_and_incident_count_the_members_that_have_answered(
    hub: Stage, browser: TestClient
) -> None:
    browser.post("/", data={"who": "ada", "password": PASSWORD})
    page = take_over(hub, browser)
    browser.post(f"{page}/members/nord", data={"action": "acknowledge"})

    board = text_of(browser.get("/").text)
    incident = text_of(browser.get(f"/incidents/{hub.incident}").text)

    assert "A18 Stelle cy: 1 von 2 Mitgliedern haben geantwortet" in board
    assert "1 von 2 Mitgliedern haben geantwortet" in incident
    assert "gefragt über Stelle cy" in incident
    assert "Stelle cy gibt es weiter an: Stelle nord; Stelle sued." in incident
