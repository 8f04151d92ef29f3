"""Two sides and n signatures, as partners and the duty officer read them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from crisis.core.form import Answers, Field, FieldKind, Form
from crisis.core.hand_over import Handing
from crisis.core.playbook import Completion, ExpectBothConfirm, ExpectSignOff
from crisis.core.words import Words
from crisis.usecases import steering
from crisis.web.app import create_app
from crisis.web.handover_view import handover_view
from crisis.web.texts import texts
from tests.builders import a_directory, a_partner, a_playbook, a_step, a_world, opened
from tests.web.reading import text_of
from tests.web.staged import PASSWORD, Stage, a_browser, a_site, read_as_ada

WHAT = Words(de="Erste Information", en="First information")


@pytest.fixture
def house() -> Stage:
    """Return a house with a hand-over and a clearance, both of Cy's and Bo's offices."""
    playbook = a_playbook(
        a_step("A57", roles=("OHS", "WR"), expect=ExpectBothConfirm(sides=(("OHS",), ("WR",)))),
        a_step("A35", roles=("OHS", "WR"), expect=ExpectSignOff(what=WHAT)),
    )
    directory = a_directory(a_partner("cy"), a_partner("bo", role="WR"))
    world = a_world(playbook, directory)
    stage = Stage(world=world, desk=world.desk, incident=opened(world))
    stage.tick()
    return stage


@pytest.fixture
def browser(house: Stage) -> TestClient:
    return a_browser(house)


@pytest.fixture
def lines(browser: TestClient) -> Callable[[str], list[str]]:
    """Return a reader of the lines of a page as Ada sees it."""
    return read_as_ada(browser)


def press(house: Stage, browser: TestClient, step: str, partner: str, **data: str) -> None:
    browser.post(f"/p/{house.token(step, partner)}", data=data)
    house.tick()


def test_partner_is_asked_to_confirm_and_told_with_whom(house: Stage, browser: TestClient) -> None:
    shown = browser.get(f"/p/{house.token('A57', 'cy')}").text
    mails = [sent.body for sent in house.world.sender.sent if "/A57/cy/" in sent.id]

    assert "Wir bestätigen" in shown
    assert "Erledigt ist es, wenn auch die andere Seite bestätigt hat: Stelle bo." in mails[0]


def test_one_sides_word_is_half_everywhere(
    house: Stage, browser: TestClient, lines: Callable[[str], list[str]]
) -> None:
    press(house, browser, "A57", "cy", action="acknowledge")

    own = text_of(browser.get(f"/p/{house.token('A57', 'cy')}").text)
    incident = lines(f"/incidents/{house.incident}")

    assert "Stand: ◐ bestätigt, die andere Seite noch nicht" in own
    assert "Bestätigt am Fr., 18.12.2026, 19:20 Uhr." in own
    assert "A57 Schritt A57: 1 von 2 Seiten haben bestätigt" in lines("/")
    assert "begonnen 19:20 Uhr · 1 von 2 Seiten haben bestätigt" in incident
    assert any("Stelle cy hat bestätigt" in line for line in incident)


def test_both_words_are_whole(
    house: Stage, browser: TestClient, lines: Callable[[str], list[str]]
) -> None:
    press(house, browser, "A57", "cy", action="acknowledge")
    press(house, browser, "A57", "bo", action="acknowledge")

    assert "Stand: ✓ bestätigt" in text_of(browser.get(f"/p/{house.token('A57', 'bo')}").text)
    assert not [line for line in lines("/") if "A57" in line]


def test_block_is_visible_to_signatories_and_to_the_duty_officer(
    house: Stage, browser: TestClient, lines: Callable[[str], list[str]]
) -> None:
    press(house, browser, "A35", "cy", action="sign", verdict="agreed")
    press(house, browser, "A35", "bo", action="sign", verdict="dissent", remark="So nicht.")

    own = text_of(browser.get(f"/p/{house.token('A35', 'bo')}").text)

    assert (
        "Erste Information: 1 von 2 haben unterzeichnet. Nichts davon wird veröffentlicht, bevor"
        " alle zugestimmt haben." in own
    )
    assert [line for line in lines("/") if "A35" in line] == [
        "A35 Schritt A35: gesperrt: „Erste Information“, 1 von 2 haben unterzeichnet",
        "A35 Schritt A35: Stelle bo stimmt nicht zu",
    ]
    tasks = [line for line in lines(f"/incidents/{house.incident}") if "Nicht einv" in line]
    assert tasks[0] == "Nicht einverstanden: bitte klären: Stelle bo"


def test_who_did_not_agree_may_sign_again_and_clears_it(
    house: Stage, browser: TestClient, lines: Callable[[str], list[str]]
) -> None:
    press(house, browser, "A35", "cy", action="sign", verdict="agreed")
    press(house, browser, "A35", "bo", action="sign", verdict="dissent", remark="So nicht.")
    press(house, browser, "A35", "bo", action="sign", verdict="agreed")

    assert "A35 Schritt A35: „Erste Information“ freigegeben 19:20 Uhr" in lines("/")

    steering.publish(house.desk, house.incident, step="A35", by="ada")
    incident = lines(f"/incidents/{house.incident}")
    assert any("„Erste Information“ veröffentlicht 19:20 Uhr" in line for line in incident)
    assert any("A35 Schritt A35: Veröffentlicht." in line for line in incident)


def test_what_came_out_before_is_said(house: Stage, lines: Callable[[str], list[str]]) -> None:
    steering.publish(house.desk, house.incident, step="A35", by="ada", uncleared="Zu früh.")

    incident = lines(f"/incidents/{house.incident}")

    assert any("ohne vollständige Freigabe: Zu früh." in line for line in incident)
    assert any("Ohne vollständige Freigabe veröffentlicht: Zu früh." in one for one in incident)


def test_hand_over_shows_the_brief_and_who_leads(
    house: Stage, browser: TestClient, lines: Callable[[str], list[str]]
) -> None:
    steering.hand_over(
        house.desk, house.incident, Handing(to="bo", reason="Schichtwechsel", brief={}), by="ada"
    )
    house.tick()
    own = text_of(browser.get(f"/p/{house.token('H01', 'bo')}").text)
    before = lines("/")
    press(house, browser, "H01", "bo", action="acknowledge")
    incident = lines(f"/incidents/{house.incident}")

    assert "Lagebild zur Übergabe" in own
    assert "Wir übernehmen die Federführung" in own
    assert "Federführung Stelle bo, Dienst bo, angeboten; noch nicht bestätigt" in before
    assert "Federführung: Stelle lead · eröffnet Fr., 18.12.2026, 19:20 Uhr" in before
    assert "Stelle bo, Dienst bo" in incident
    assert any("Stelle bo führt ab jetzt (Dienst bo, über die Seite)." in one for one in incident)


def test_brief_is_read_in_words() -> None:
    form = Form(
        id="F2",
        title=Words(de="Schalte"),
        fields=(
            Field(id="present", kind=FieldKind.LIST, label=Words(de="Anwesend")),
            Field(id="danger", kind=FieldKind.TRISTATE, label=Words(de="Gefahr")),
            Field(id="needs", kind=FieldKind.NEEDS, label=Words(de="Bedarfe")),
            Field(id="next", kind=FieldKind.TEXT, label=Words(de="Nächste Schalte")),
        ),
    )
    plain = a_playbook()
    playbook = replace(plain, forms=(form,), lead=replace(plain.lead, brief="F2"))
    world = a_world(playbook, a_directory(a_partner("cy")))
    incident_id = opened(world)
    brief: Answers = {
        "present": ["Dienst", "Polizei"],
        "danger": "no",
        "needs": [{"group": "support", "code": "Dolmetschen", "band": "5-19"}],
    }
    handing = Handing(to="cy", reason="Schichtwechsel", brief=brief)
    incident = steering.hand_over(world.desk, incident_id, handing, by="ada")

    shown = handover_view(incident, "H01", say=texts("de"))

    assert shown == {
        "reason": "Schichtwechsel",
        "brief": [
            ("Anwesend", "Dienst; Polizei"),
            ("Gefahr", "nein"),
            ("Bedarfe", "Unterstützung, Dolmetschen, 5 bis 19"),
        ],
        "tasks": [],
    }
    assert handover_view(incident, "A10", say=texts("de")) is None


def test_quorum_says_how_many_are_needed() -> None:
    playbook = a_playbook(
        a_step("A20", roles=("OHS", "WR"), completion=Completion.QUORUM, quorum=2)
    )
    world = a_world(playbook, a_directory(a_partner("cy"), a_partner("bo", role="WR")))
    house = Stage(world=world, desk=world.desk, incident=opened(world))
    house.tick()
    browser = TestClient(create_app(house.desk, a_site(house)), headers={"Accept-Language": "de"})
    press(house, browser, "A20", "cy", action="acknowledge")
    browser.post("/", data={"who": "ada", "password": PASSWORD})

    incident = text_of(browser.get(f"/incidents/{house.incident}").text)

    assert "begonnen 19:20 Uhr · 1 von 2 nötigen Antworten" in incident
