"""A counselling centre's content is on no page but its own: not the lead's, not the police's."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from crisis.core.playbook import Playbook
from crisis.web.app import create_app
from tests.web.conftest import HERE
from tests.web.staged import PASSWORD, Stage, a_site, staged, staged_playbook

CONTENT = "Zwei brauchen Schutz"


def a_playbook_with_confidence() -> Playbook:
    plain = staged_playbook()
    [form] = plain.forms
    fields = tuple(
        replace(field, visible_to=("OHS",)) if field.id == "remark" else field
        for field in form.fields
    )
    return replace(plain, forms=(replace(form, fields=fields),))


@pytest.fixture
def stage() -> Stage:
    return staged(playbook=a_playbook_with_confidence())


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    app = create_app(stage.desk, a_site(stage))
    with TestClient(app, client=HERE, follow_redirects=False) as client:
        yield client


def test_content_is_on_no_page_of_the_lead_or_of_the_police(
    stage: Stage, client: TestClient
) -> None:
    own = f"/p/{stage.token('A40', 'cy')}"
    said = {"action": "answer", "f-room": "yes", "f-load": "red", "f-remark": CONTENT}
    assert client.post(own, data=said).status_code == 303
    assert CONTENT in client.get(own).text

    stage.clock.advance(minutes=30)
    stage.tick()
    police = client.get(f"/p/{stage.token('A25', 'pol')}").text
    eve = client.get("/incidents/i1").text
    client.post("/", data={"who": "ada", "password": PASSWORD})
    lead = [client.get(path).text for path in ("/", "/incidents/i1", "/incidents/i1?lang=en")]

    assert [page for page in (police, eve, *lead) if CONTENT in page] == []
    messages = [sent for sent in stage.world.sender.sent if CONTENT in repr(sent)]
    assert messages == []
