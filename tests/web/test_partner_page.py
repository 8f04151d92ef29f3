"""What a partner reads."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from crisis.core.delivery import Outcome, OutcomeKind
from crisis.core.event import Mode
from crisis.core.link import link_hash
from crisis.core.playbook import Attribute, AttributeKind
from crisis.core.words import Words
from crisis.usecases import steering
from crisis.web.app import create_app
from tests.web.conftest import HERE
from tests.web.reading import expected, text_of
from tests.web.staged import Stage, a_site, a_unit, staged, staged_directory, staged_playbook


@pytest.mark.parametrize(
    ("name", "step", "partner"),
    [
        ("acknowledgement", "A10", "cy"),
        ("oral", "A25", "pol"),
        ("form", "A40", "cy"),
        ("sign-off", "A72", "ring"),
        ("decision", "A04", "lead"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_partner_page_says_all_and_nothing_else(
    stage: Stage, client: TestClient, name: str, step: str, partner: str, language: str
) -> None:
    page = client.get(f"/p/{stage.token(step, partner)}?lang={language}")

    assert page.status_code == 200
    assert page.headers["content-language"] == language
    assert text_of(page.text) == expected(f"{name}.{language}")


def test_oral_page_holds_nothing_of_the_content(stage: Stage, client: TestClient) -> None:
    told = stage.desk.incidents.current("i1").step_by_id["A25"].message.de

    page = client.get(f"/p/{stage.token('A25', 'pol')}")

    assert told == "Geheimer Inhalt."
    assert told not in page.text


def test_page_of_others_holds_no_restricted_answer_and_no_contact(
    stage: Stage, client: TestClient
) -> None:
    stored = {"action": "answer", "f-room": "yes", "f-remark": "nur für Beratungsstellen"}
    client.post(f"/p/{stage.token('A40', 'cy')}", data=stored)

    own = client.get(f"/p/{stage.token('A40', 'cy')}").text
    others = client.get(f"/p/{stage.token('A72', 'ring')}").text

    assert "nur für Beratungsstellen" in own
    assert "nur für Beratungsstellen" not in others
    assert "Dienst cy" in own
    assert "Dienst cy" not in others


@pytest.mark.parametrize("mode", list(Mode))
def test_banner_marks_an_exercise_and_only_an_exercise(mode: Mode) -> None:
    stage = staged(mode=mode)
    client = TestClient(create_app(stage.desk, a_site(stage)), client=HERE)

    page = client.get(f"/p/{stage.token('A10', 'cy')}").text

    assert ("ÜBUNG" in page) == (mode is Mode.EXERCISE)
    banner = "CrisisEnglish" if mode is Mode.LIVE else "ÜBUNG \u2013 EXERCISECrisisEnglish"
    assert text_of(page, "header").replace("\n", "") == banner


def test_page_chooses_the_language_of_the_browser(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A10', 'cy')}"

    english = client.get(path, headers={"accept-language": "fr, en;q=0.8, de;q=0.5"})
    german = client.get(path, headers={"accept-language": "fr"})
    by_hand = client.get(f"{path}?lang=de", headers={"accept-language": "en"})

    languages = [page.headers["content-language"] for page in (english, german, by_hand)]
    assert languages == ["en", "de", "de"]


def test_page_says_that_a_message_may_be_a_repeat(stage: Stage, client: TestClient) -> None:
    note = "Möglicherweise haben Sie diese Nachricht schon einmal erhalten."
    path = f"/p/{stage.token('A10', 'cy')}"

    before = client.get(path).text
    _lose_the_last_message(stage)
    after = client.get(path).text

    assert note not in before
    assert note in after


def test_many_others_are_folded_under_their_counts() -> None:
    everybody = [a_unit(f"r{n}", f"Ortsverband {n}", f"Branch {n}", role="WR") for n in range(5)]
    stage = staged(directory=staged_directory(*everybody))
    client = TestClient(create_app(stage.desk, a_site(stage)), client=HERE)

    page = text_of(client.get(f"/p/{stage.token('A40', 'cy')}").text).split("\n")

    place = page.index("Kontakt aufnehmen")
    assert page[place : place + 5] == [
        "Kontakt aufnehmen",
        "6 Stellen",
        "… angefragt, noch keine Antwort: 6",
        "Hilfsring, Landesbüro: … angefragt, noch keine Antwort",
        "Ortsverband 0: … angefragt, noch keine Antwort",
    ]


def test_page_tells_what_is_late(stage: Stage, client: TestClient) -> None:
    stage.clock.advance(minutes=18)
    stage.tick()

    page = text_of(client.get(f"/p/{stage.token('A10', 'cy')}").text)

    assert page.split("\n")[5:7] == [
        "! Bis: Fr., 18.12.2026, 19:35 Uhr (seit 3 Min. überschritten)",
        "Stand: ! überfällig",
    ]


def test_head_is_answered_like_get(stage: Stage, client: TestClient) -> None:
    path = f"/p/{stage.token('A10', 'cy')}"

    head, get = client.head(path), client.get(path)

    assert (head.status_code, head.headers) == (200, get.headers)


def test_looking_changes_nothing(stage: Stage, client: TestClient) -> None:
    before = stage.desk.house.log.last_seq()

    for step, partner in (("A10", "cy"), ("A40", "cy"), ("A04", "lead")):
        client.get(f"/p/{stage.token(step, partner)}?action=acknowledge&done=acknowledged")
        client.head(f"/p/{stage.token(step, partner)}?action=acknowledge")

    assert stage.desk.house.log.last_seq() == before


def test_unknown_link_reveals_nothing(client: TestClient) -> None:
    page = client.get("/p/AAAAAAAAAAAAAAAAAAAAAA")

    assert page.status_code == 404
    assert text_of(page.text, "body") == expected("unknown-link.de")


def test_revoked_link_is_gone(stage: Stage, client: TestClient) -> None:
    token = stage.token("A10", "cy")
    steering.revoke_link(
        stage.desk, "i1", link_hash=link_hash(token), reason="weitergegeben", by="ada"
    )

    page = client.get(f"/p/{token}")
    posted = client.post(f"/p/{token}", data={"action": "acknowledge"})

    assert (page.status_code, posted.status_code) == (410, 410)
    assert text_of(page.text) == (
        "Dieser Link gilt nicht mehr\n"
        "Er ist abgelaufen oder wurde gesperrt.\n"
        "Bei Fragen rufen Sie bitte über Ihr eigenes Kontaktverzeichnis an."
    )


def test_expired_link_is_gone(stage: Stage, client: TestClient) -> None:
    stage.clock.advance(days=731)

    assert client.get(f"/p/{stage.token('A10', 'cy')}?lang=en").status_code == 410


def test_too_many_requests_of_one_address_are_refused(stage: Stage) -> None:
    app = create_app(stage.desk, a_site(stage, page_limit="2/minute"))
    path = f"/p/{stage.token('A10', 'cy')}"
    busy = TestClient(app, client=("192.0.2.1", 1))
    other = TestClient(app, client=("192.0.2.2", 1))

    statuses = [busy.get(path).status_code for _ in range(3)]
    refused = busy.get(f"{path}?lang=en")

    assert statuses == [200, 200, 429]
    assert other.get(path).status_code == 200
    assert text_of(refused.text) == (
        "Too many requests\n"
        "Very many requests came from your connection. Please wait a minute.\n"
        "If it is urgent, call the lead; the number is in your directory."
    )


def _lose_the_last_message(stage: Stage) -> None:
    """Let a message be lost on the way, so that the engine asks again with a mark."""
    stage.clock.advance(minutes=5)
    lost = Outcome(kind=OutcomeKind.UNKNOWN, code="timeout")
    stage.world.sender.script("cy-sms", lost, Outcome(kind=OutcomeKind.ACCEPTED, code="250"))
    stage.tick()
    stage.clock.advance(minutes=2)
    stage.tick()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("where", ["partner", "sign-in", "unknown"])
def test_every_public_page_says_what_is_stored(
    stage: Stage, client: TestClient, where: str, language: str
) -> None:
    paths = {"partner": f"/p/{stage.token('A10', 'cy')}", "sign-in": "/", "unknown": "/p/nobody"}

    footer = text_of(client.get(f"{paths[where]}?lang={language}").text, "footer")

    heading, told = {
        "de": ("Datenschutz", "nichts über Betroffene"),
        "en": ("Privacy", "nothing about those affected"),
    }[language]
    assert heading in footer.splitlines()
    assert told in footer


def test_question_says_what_is_counted() -> None:
    plain = staged_playbook()
    (form, *others) = plain.forms
    fields = (replace(one, sets="places" if one.id == "free" else None) for one in form.fields)
    places = Attribute(
        id="places",
        kind=AttributeKind.COUNT,
        label=Words(de="Freie Plätze"),
        definition=Words(de="Betten für heute Nacht"),
    )
    playbook = replace(
        plain,
        forms=(replace(form, fields=tuple(fields)), *others),
        attributes=(*plain.attributes, places),
    )
    stage = staged(playbook=playbook)

    with TestClient(create_app(stage.desk, a_site(stage)), client=HERE) as client:
        page = client.get(f"/p/{stage.token('A40', 'cy')}")

    assert '<p class="hint" id="f-free-hint">Nur die Zahl. Gezählt wird: ' in page.text
    assert "Betten für heute Nacht</p>" in page.text
