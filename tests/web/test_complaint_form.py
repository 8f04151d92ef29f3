"""Making a complaint: from a partner's own page and at the desk, read by the office only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from crisis.web.app import create_app
from tests.browser import PATIENCE_MS
from tests.complained import a_house, complained, left_alone
from tests.web.conftest import HERE, listening
from tests.web.reading import expected, text_of
from tests.web.staged import PASSWORD, Stage, a_site, staged_directory

SAID = {
    "action": "complain",
    "f-about": "lead",
    "f-category": "delay",
    "f-matter": "Niemand rief zurück.",
}


@contextmanager
def client_of(stage: Stage) -> Iterator[TestClient]:
    """Yield a client of a house's pages."""
    app = create_app(stage.desk, a_site(stage))
    with TestClient(app, client=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def stage() -> Stage:
    """Return a house with a complaint office, about which nobody has complained yet."""
    return a_house()


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    """Yield a client of its pages."""
    with client_of(stage) as client:
        yield client


def own_page(stage: Stage) -> str:
    """Return the path of Cy's page."""
    return f"/p/{stage.token('A10', 'cy')}"


def made(stage: Stage) -> str:
    """Return the id of the one complaint."""
    [_, complaint] = stage.desk.house.log.incidents()
    return complaint


@pytest.mark.parametrize("language", ["de", "en"])
def test_own_page_leads_to_a_page_that_says_where_it_goes(
    stage: Stage, client: TestClient, language: str
) -> None:
    page = client.get(own_page(stage)).text
    assert f'<a href="{own_page(stage)}/complaint">Beschwerde zu diesem Lauf</a>' in page

    form = client.get(f"{own_page(stage)}/complaint?lang={language}").text

    assert text_of(form) == expected(f"complaint.{language}")


@pytest.mark.parametrize("language", ["de", "en"])
def test_office_reads_it_whole(language: str) -> None:
    stage = left_alone()
    with client_of(stage) as client:
        page = client.get(f"/p/{stage.token('K2', 'bst')}?lang={language}").text

    assert text_of(page) == expected(f"complaint-office.{language}")


def test_looking_makes_no_complaint(stage: Stage, client: TestClient) -> None:
    for method in ("GET", "HEAD"):
        assert client.request(method, f"{own_page(stage)}/complaint").status_code == 200

    assert stage.desk.house.log.incidents() == ("i1",)


def test_partner_complains_and_only_the_office_reads_it(stage: Stage, client: TestClient) -> None:
    sent = client.post(f"{own_page(stage)}/complaint?lang=en", data=SAID)

    assert sent.status_code == 303
    assert sent.headers["location"] == f"{own_page(stage)}?done=complained&lang=en"
    assert (
        "The complaint is with the complaint office." in client.get(sent.headers["location"]).text
    )
    opened = stage.desk.incidents.current(made(stage)).opened
    assert (opened.complaint_on, opened.complaint_about, opened.occasion) == (
        "i1",
        "lead",
        "Niemand rief zurück.",
    )
    stage.clock.advance(days=2, hours=14)
    there = Stage(world=stage.world, desk=stage.desk, incident=made(stage))
    there.tick()
    client.post("/", data={"who": "eve", "password": PASSWORD})
    eves = ["/", "/incidents/i1", f"/p/{stage.token('A72', 'ring')}", own_page(stage)]
    mine = [f"/p/{there.token('K1', 'cy')}", *eves]
    assert [path for path in mine if "Niemand rief" in client.get(path).text] == []
    office = client.get(f"/p/{there.token('K2', 'bst')}?lang=en").text
    assert "Niemand rief zurück." in office
    assert "Delay" in office


def test_name_of_a_person_is_refused_with_clear_words(stage: Stage, client: TestClient) -> None:
    said = {**SAID, "f-matter": "Frau Muster wurde angeschrien."}

    refused = client.post(f"{own_page(stage)}/complaint", data=said)

    assert refused.status_code == 422
    assert "In einem Satz, wenn Sie möchten: " in refused.text
    assert "einen Personennamen" in refused.text
    assert "Muster" not in refused.text
    assert stage.desk.house.log.incidents() == ("i1",)


def test_what_is_missing_is_said_field_by_field(stage: Stage, client: TestClient) -> None:
    refused = client.post(f"{own_page(stage)}/complaint", data={"action": "complain"})

    assert refused.status_code == 422
    assert refused.text.count('class="error"') == 2
    assert stage.desk.house.log.incidents() == ("i1",)


def test_own_house_and_the_office_are_not_to_choose(stage: Stage, client: TestClient) -> None:
    said = {**SAID, "f-about": "cy"}

    assert client.post(f"{own_page(stage)}/complaint", data=said).status_code == 422
    assert stage.desk.house.log.incidents() == ("i1",)


def test_without_an_office_it_says_so() -> None:
    stage = a_house(staged_directory())
    with client_of(stage) as client:
        refused = client.post(f"{own_page(stage)}/complaint", data=SAID)

    assert refused.status_code == 409
    assert "Diese Beschwerde geht von hier aus nicht" in refused.text
    assert stage.desk.house.log.incidents() == ("i1",)


def test_desk_sends_one_for_a_partner(stage: Stage, client: TestClient) -> None:
    assert client.get("/incidents/i1/complaint").status_code == 303
    client.post("/", data={"who": "ada", "password": PASSWORD})
    assert 'href="/incidents/i1/complaint"' in client.get("/incidents/i1").text
    assert "Wer beschwert sich?" in client.get("/incidents/i1/complaint").text

    sent = client.post("/incidents/i1/complaint", data={**SAID, "f-complainant": "cy"})

    assert (sent.status_code, sent.headers["location"]) == (303, "/incidents/i1")
    found = stage.desk.incidents.current(made(stage))
    assert (found.opened_by, found.opened.complaint_about) == ("ada", "lead")


def test_nobody_complains_about_a_complaint_by_its_link() -> None:
    stage = complained()
    with client_of(stage) as client:
        office = f"/p/{stage.token('K2', 'bst')}"
        answers = [
            client.get(f"{office}/complaint").status_code,
            client.post(f"{office}/complaint", data=SAID).status_code,
            client.get("/p/nothing/complaint").status_code,
        ]
        assert "Beschwerde zu diesem Lauf</a>" not in client.get(office).text

    assert answers == [404, 404, 404]


def test_office_sees_its_tasks_and_works_them() -> None:
    stage = left_alone()
    with client_of(stage) as client:
        office, other = f"/p/{stage.token('K2', 'bst')}", f"/p/{stage.token('K1', 'cy')}"
        page = client.get(office).text
        assert page.count("Niemand hat geantwortet: anderen Weg suchen") == 2
        assert "Niemand hat geantwortet" not in client.get(other).text
        task = "tasks/other-way/K1/cy"
        refused = [
            client.post(f"{other}/{task}", data={"result": "done"}).status_code,
            client.post(f"{office}/tasks/nothing", data={"result": "done"}).status_code,
            client.post(f"{office}/{task}", data={"result": "no-answer"}).status_code,
            client.post(
                f"{office}/{task}", data={"result": "done", "note": "Frau Muster rief an"}
            ).status_code,
        ]

        done = client.post(f"{office}/{task}", data={"result": "done", "note": "Brief geschickt"})
        again = client.post(f"{office}/{task}", data={"result": "done"}).status_code

    assert refused == [404, 404, 422, 422]
    assert (done.status_code, done.headers["location"], again) == (303, f"{office}#tasks", 409)
    last = stage.desk.incidents.entries(stage.incident)[-1]
    assert (last.actor, last.event.kind) == ("bst", "task-done")


@pytest.mark.parametrize("language", ["de", "en"])
def test_its_pages_have_no_accessibility_fault(
    page: Page, axe: Callable[[Page], list[str]], language: str
) -> None:
    alone = left_alone()
    office = f"/p/{alone.token('K2', 'bst')}"
    with listening(create_app(alone.desk, a_site(alone))) as address:
        page.goto(f"{address}{office}?lang={language}")
        found = axe(page)
        page.goto(f"{address}{own_page(alone)}/complaint?lang={language}")
        found += axe(page)
        page.locator("button.main-button").click()
        found += axe(page)

    assert found == []


def test_partner_complains_by_keyboard_without_a_script(stage: Stage, browser: Browser) -> None:
    context = browser.new_context(locale="de-DE", java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    with listening(create_app(stage.desk, a_site(stage))) as address:
        page.goto(f"{address}{own_page(stage)}")
        page.get_by_role("link", name="Beschwerde zu diesem Lauf").focus()
        page.keyboard.press("Enter")
        for name in ("f-about", "f-category"):
            page.locator(f"[name={name}]").first.focus()
            page.keyboard.press("Space")
        page.locator("button.main-button").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Die Beschwerde ist bei der Beschwerdestelle.").wait_for()
        context.close()

    assert stage.desk.incidents.current(made(stage)).opened.complaint_about == "lead"
