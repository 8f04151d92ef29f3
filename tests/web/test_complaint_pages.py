"""A complaint is on no page of the desk; its two sides have pages of their own."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from crisis.web.app import create_app
from tests.complained import complained
from tests.web.conftest import HERE
from tests.web.staged import PASSWORD, Stage, a_site

TOKEN = {"authorization": "Bearer token-of-the-tests"}


@pytest.fixture
def stage() -> Stage:
    """Return a house in which Cy complained about the police."""
    return complained()


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    """Yield a client of its pages."""
    with TestClient(
        create_app(stage.desk, a_site(stage)), client=HERE, follow_redirects=False
    ) as client:
        yield client


def test_eve_at_the_desk_reads_nothing_and_changes_nothing(
    stage: Stage, client: TestClient
) -> None:
    client.post("/", data={"who": "eve", "password": PASSWORD})
    own = f"/incidents/{stage.incident}"
    before = stage.desk.incidents.entries(stage.incident)

    read = [client.get(f"{own}{path}").status_code for path in ("", "/lead", "/start", "/report")]
    posted = [
        client.post(f"{own}{path}", data={"action": "offer", "result": "reached", "reason": "x"})
        for path in ("/lead", "/facts/category", "/start", "/planned")
    ]

    assert (read, [answer.status_code for answer in posted]) == ([404] * 4, [404] * 4)
    assert stage.desk.incidents.entries(stage.incident) == before
    seen = [client.get(path).text for path in ("/", "/incidents/i1", "/metrics")]
    assert [text for text in seen if stage.incident in text or "conduct" in text] == []
    assert "Eine Beschwerde zu diesem Lauf ging an die Beschwerdestelle." in seen[1]


def test_eve_with_a_token_reads_nothing(stage: Stage, client: TestClient) -> None:
    listed = client.get("/api/v1/incidents", headers=TOKEN)
    shown = client.get(f"/api/v1/incidents/{stage.incident}", headers=TOKEN)

    assert [one["id"] for one in listed.json()] == ["i1"]
    assert (shown.status_code, shown.json()) == (
        404,
        {"detail": "A complaint is read by the complaint office only."},
    )


def test_eves_own_page_says_nothing_of_it(stage: Stage, client: TestClient) -> None:
    page = client.get(f"/p/{stage.token('A10', 'cy')}").text

    assert page.count("Beschwerde") == 1
    assert "Beschwerde zu diesem Lauf</a>" in page


def test_office_reads_what_it_is_about_and_ends_it_on_its_page(
    stage: Stage, client: TestClient
) -> None:
    first = f"/p/{stage.token('K2', 'bst')}"
    page = client.get(first).text
    for words in ("AHORN 47 (i1)", "Polizei, Beauftragte", "Umgang mit Menschen", "Opferhilfe"):
        assert words in page

    assert client.post(first, data={"action": "acknowledge"}).status_code == 303
    stage.tick()
    said = {"action": "answer", "f-outcome": "upheld"}
    assert client.post(f"/p/{stage.token('K3', 'bst')}", data=said).status_code == 303
    stage.tick()
    last = f"/p/{stage.token('K5', 'bst')}"
    assert client.post(last, data={"action": "acknowledge"}).status_code == 303

    assert stage.desk.incidents.current(stage.incident).closed_at is not None
    desk = client.post("/", data={"who": "eve", "password": PASSWORD})
    assert desk.status_code == 303
    text = client.get("/incidents/i1").text
    assert "Die Beschwerdestelle hat eine Beschwerde zu diesem Lauf abgeschlossen." in text
