"""What the pages say when the house itself is in trouble."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from crisis.errors import LogMovedOnError, UnreachableError
from crisis.simulated.log import MemoryEventLog
from crisis.usecases.ports import LinkPlace
from crisis.usecases.reading import Desk, Incidents
from crisis.web.app import create_app
from tests.web.conftest import HERE
from tests.web.reading import text_of
from tests.web.staged import Stage, a_site

SORRY = (
    "Das hat gerade nicht geklappt\n"
    "Bitte laden Sie die Seite in einer Minute neu: Sie zeigt, was angekommen ist.\n"
    "Eilt es, rufen Sie die Federführung an; die Nummer steht in Ihrem Verzeichnis."
)


class FailingLog(MemoryEventLog):
    """A log whose links cannot be looked up."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self._fault = fault

    def find_link(self, link_hash: str) -> LinkPlace | None:
        """Fail, whatever is asked."""
        del link_hash
        raise self._fault


@pytest.mark.parametrize(
    ("fault", "status"),
    [(UnreachableError(), 503), (LogMovedOnError(), 503), (ValueError("a bug"), 500)],
)
def test_partner_is_told_plainly_to_look_again(
    stage: Stage, fault: Exception, status: int
) -> None:
    log = FailingLog(fault)
    desk = Desk(house=replace(stage.desk.house, log=log), incidents=Incidents(log))
    app = create_app(desk, a_site(stage))
    client = TestClient(app, client=HERE, raise_server_exceptions=False)

    page = client.get("/p/anything")

    assert (page.status_code, text_of(page.text)) == (status, SORRY)


def test_interface_answers_unknown_addresses_in_json(client: TestClient) -> None:
    answer = client.get("/api/v1/nothing")

    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})
