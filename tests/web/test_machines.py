"""What programs ask of the pages."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from crisis.core import event as ev
from crisis.errors import UnreachableError
from crisis.usecases.showing import show, summary
from crisis.web.app import create_app
from tests.builders import T0
from tests.web.conftest import HERE
from tests.web.reading import PAGES
from tests.web.staged import Stage, a_site

TOKEN = {"authorization": "Bearer token-of-the-tests"}
NEW = {"playbook": "pb", "region": "14612", "mode": "exercise", "accept_gaps": True}


@pytest.mark.parametrize(
    ("age", "writable", "status", "said"),
    [
        (9.9, True, 200, {"status": "ok", "log": "ok", "engine": "ok"}),
        (10, True, 503, {"status": "unwell", "log": "ok", "engine": "last heartbeat 10 s ago"}),
        (None, True, 503, {"status": "unwell", "log": "ok", "engine": "no heartbeat"}),
        (0, False, 503, {"status": "unwell", "log": "cannot be written", "engine": "ok"}),
    ],
)
def test_health_is_good_only_with_a_log_and_an_engine(
    stage: Stage, age: float | None, *, writable: bool, status: int, said: dict[str, str]
) -> None:
    beat = None if age is None else T0 - timedelta(seconds=age)
    app = create_app(stage.desk, a_site(stage, heartbeat=lambda: beat, writable=writable))

    answer = TestClient(app, client=HERE).get("/healthz")

    assert (answer.status_code, answer.json()) == (status, said)


def test_health_survives_a_database_that_is_gone(stage: Stage) -> None:
    def gone() -> None:
        raise UnreachableError

    app = create_app(stage.desk, a_site(stage, heartbeat=gone, writable=False))

    answer = TestClient(app, client=HERE).get("/healthz")

    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "unwell", "log": "cannot be written", "engine": "unknown"},
    )


def test_metrics_count_and_name_nothing(client: TestClient) -> None:
    answer = client.get("/metrics")

    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.text == (PAGES / "metrics.txt").read_text(encoding="utf-8")


def test_metrics_of_an_engine_that_never_ran_are_not_a_number(stage: Stage) -> None:
    app = create_app(stage.desk, a_site(stage, heartbeat=lambda: None))

    answer = TestClient(app, client=HERE).get("/metrics")

    assert answer.text.split("\n")[-2] == "crisis_engine_heartbeat_age_seconds NaN"


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Bearer wrong"}, {"authorization": "Basic YTpi"}]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/incidents"),
        ("GET", "/api/v1/incidents/i1"),
        ("GET", "/api/v1/incidents/nope"),
        ("POST", "/api/v1/incidents"),
    ],
)
def test_eve_gets_nothing_from_the_interface(
    stage: Stage, client: TestClient, headers: dict[str, str], method: str, path: str
) -> None:
    answer = client.request(method, path, headers=headers, json=NEW if method == "POST" else None)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json() == {
        "detail": "Sign in, or send the token of CRISIS_API_TOKEN as a bearer token."
    }
    assert stage.desk.house.log.incidents() == ("i1",)


def test_interface_shows_what_the_command_shows(
    stage: Stage, client: TestClient, ada: TestClient
) -> None:
    incident = stage.desk.incidents.current("i1")

    listed = client.get("/api/v1/incidents", headers=TOKEN)
    shown = ada.get("/api/v1/incidents/i1")

    assert listed.json() == [summary(incident)]
    assert shown.json() == show(incident, now=T0)


def test_interface_opens_an_incident(stage: Stage, client: TestClient) -> None:
    wanted = {
        **NEW,
        "attributes": {"deaths": 3},
        "occurred_at": "2026-12-18T19:02:00+01:00",
        "label": "EIBE 12",
    }

    answer = client.post("/api/v1/incidents", headers=TOKEN, json=wanted)

    opened = stage.desk.incidents.current("i2")
    assert answer.status_code == 201
    assert answer.json() == show(opened, now=T0)
    assert (opened.opened_by, opened.opened.mode, opened.opened.code_word) == (
        "api",
        ev.Mode.EXERCISE,
        "EIBE 12",
    )
    assert opened.attributes["deaths"] == 3


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"playbook": "nope"}, 404),
        ({"playbook": "complaint"}, 409),
        ({"region": "99"}, 404),
        ({"attributes": {"deaths": "many"}}, 422),
        ({"label": "Frau Muster"}, 409),
        ({"occurred_at": "2026-12-18T19:02:00"}, 422),
        ({"begun_by": "nobody"}, 404),
        ({"surprise": 1}, 422),
    ],
)
def test_interface_refuses_what_the_command_refuses(
    stage: Stage, client: TestClient, changes: dict[str, object], status: int
) -> None:
    answer = client.post("/api/v1/incidents", headers=TOKEN, json={**NEW, **changes})

    assert answer.status_code == status
    assert answer.json()["detail"]
    assert stage.desk.house.log.incidents() == ("i1",)


def test_interface_knows_no_other_incident(client: TestClient) -> None:
    answer = client.get("/api/v1/incidents/nope", headers=TOKEN)

    assert (answer.status_code, answer.json()) == (
        404,
        {"detail": "there is no incident 'nope'; there are: i1"},
    )


def test_interface_describes_itself(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()

    assert {path: sorted(methods) for path, methods in described["paths"].items()} == {
        "/api/v1/incidents": ["get", "post"],
        "/api/v1/incidents/{incident_id}": ["get"],
    }
