"""What the pages say when the house itself is in trouble."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from crisis.core import event as ev
from crisis.errors import LogMovedOnError, UnreachableError
from crisis.simulated.log import MemoryEventLog
from crisis.usecases.ports import LinkPlace
from crisis.usecases.reading import Desk, Incidents
from crisis.web.app import create_app
from tests.builders import T0
from tests.web.conftest import HERE
from tests.web.reading import text_of
from tests.web.staged import Stage, a_site
from tests.web.test_machines import TOKEN

SORRY = (
    "Das hat gerade nicht geklappt\n"
    "Bitte laden Sie die Seite in einer Minute neu: Sie zeigt, was angekommen ist.\n"
    "Eilt es, rufen Sie die Federführung an; die Nummer steht in Ihrem Verzeichnis."
)


class FailingLog(MemoryEventLog):
    """A log in which nothing can be looked up."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self._fault = fault

    def incidents(self) -> tuple[str, ...]:
        """Fail as well."""
        raise self._fault

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


@pytest.mark.parametrize("fault", [UnreachableError(), ValueError("a bug")])
def test_interface_answers_in_json_when_the_house_is_in_trouble(
    stage: Stage, fault: Exception
) -> None:
    log = FailingLog(fault)
    desk = Desk(house=replace(stage.desk.house, log=log), incidents=Incidents(log))
    app = create_app(desk, a_site(stage))
    client = TestClient(app, client=HERE, raise_server_exceptions=False)

    answer = client.get("/api/v1/incidents", headers=TOKEN)

    assert answer.status_code in {500, 503}
    assert answer.json() == {
        "detail": "This did not work just now. Read before you repeat anything."
    }


def test_page_of_an_incident_whose_log_is_damaged_says_so(stage: Stage, ada: TestClient) -> None:
    break_i2(stage)

    page = ada.get("/incidents/i2")

    assert page.status_code == 500
    assert text_of(page.text) == (
        "Das Protokoll dieses Einsatzes ist nicht lesbar\n"
        "Neu laden hilft nicht. Die Federführung prüft es mit „crisis log verify“.\n"
        "Eilt es, rufen Sie die Federführung an; die Nummer steht in Ihrem Verzeichnis."
    )


def test_programs_are_told_of_an_incident_whose_log_is_damaged(
    stage: Stage, ada: TestClient
) -> None:
    break_i2(stage)

    shown, figures = ada.get("/api/v1/incidents/i2"), ada.get("/metrics").text

    assert (shown.status_code, shown.json()) == (
        500,
        {"detail": "the log of i2 cannot be followed; run `crisis log verify`"},
    )
    assert [line for line in figures.splitlines() if line.startswith("crisis_incidents")] == [
        "crisis_incidents_open 1",
        "crisis_incidents_damaged 1",
    ]


def break_i2(stage: Stage) -> None:
    """Leave of a second incident only what came after its opening."""
    note = ev.NoteAdded(text="Vermerk", happened_at=T0)
    stage.desk.house.log.append("i2", (note,), actor="ada", at=T0, expected_version=0)


def test_interface_answers_unknown_addresses_in_json(client: TestClient) -> None:
    answer = client.get("/api/v1/nothing")

    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})
