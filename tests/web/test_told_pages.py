"""What only tells, as the partner and the duty officer read it."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from crisis.core.contact import ChannelKind
from crisis.usecases import steering
from tests.builders import a_contact, a_directory, a_partner, a_playbook, a_telling_step, a_world
from tests.builders import opened as opened_in
from tests.web.reading import text_of
from tests.web.staged import Stage, a_browser, read_as_ada


@pytest.fixture
def house() -> Stage:
    """Return a house that has told Cy by mail, and is to telephone Bo."""
    contacts = (
        a_contact("cy", kinds=(ChannelKind.EMAIL,)),
        a_contact("bo", kinds=(ChannelKind.PHONE_BY_HAND,)),
    )
    directory = a_directory(a_partner("cy"), a_partner("bo", role="WR"), contacts=contacts)
    world = a_world(a_playbook(a_telling_step(roles=("OHS", "WR"))), directory)
    stage = Stage(world=world, desk=world.desk, incident=opened_in(world))
    stage.tick()
    return stage


@pytest.fixture
def browser(house: Stage) -> TestClient:
    return a_browser(house)


@pytest.fixture
def lines(browser: TestClient) -> Callable[[str], list[str]]:
    """Return a reader of the lines of a page as Ada sees it."""
    return read_as_ada(browser)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "de",
            [
                "Stand: → mitgeteilt; keine Antwort nötig",
                "Mitgeteilt am Fr., 18.12.2026, 19:20 Uhr.",
                "Dies ist nur zu Ihrer Kenntnis. Eine Antwort ist nicht nötig.",
            ],
        ),
        (
            "en",
            [
                "Status: → told; no answer needed",
                "Told on Fri, 18 Dec 2026, 19:20.",
                "This is for your information only. No answer is needed.",
            ],
        ),
    ],
)
def test_partner_reads_that_no_answer_is_needed(
    house: Stage, browser: TestClient, language: str, told: list[str]
) -> None:
    page = browser.get(
        f"/p/{house.token('N01', 'cy')}", headers={"Accept-Language": language}
    ).text

    assert [line for line in text_of(page).split("\n") if line in told] == told
    assert "<button" not in page[page.index("<main") : page.index("</main")]


def test_reply_that_is_posted_all_the_same_is_refused(house: Stage, browser: TestClient) -> None:
    answer = browser.post(
        f"/p/{house.token('N01', 'cy')}", data={"action": "acknowledge"}, follow_redirects=False
    )

    assert answer.status_code == 409
    assert "nichts wurde gespeichert" in text_of(answer.text)
    assert house.desk.incidents.current(house.incident).obligations["N01", "cy"].reached_at is None


def test_call_that_was_made_tells_and_failing_comes_to_the_desk(
    house: Stage, lines: Callable[[str], list[str]]
) -> None:
    steering.finish_task(
        house.desk, house.incident, task="phone/N01/bo/1", result="wrong-number", by="ada"
    )
    house.tick()

    desk = lines(f"/incidents/{house.incident}")
    assert any("Nicht mitgeteilt: anderen Weg suchen" in line for line in desk)
    assert any("Mitteilen bis 19:35 Uhr" in line for line in desk)
    assert not any("Wer noch antworten muss" in line for line in desk)

    steering.finish_task(
        house.desk, house.incident, task="other-way/N01/bo", result="reached", by="ada"
    )
    house.tick()

    assert any("→ mitgeteilt; keine Antwort nötig: 2" in line for line in lines("/"))
