"""The engines on the board and in figures."""

from dataclasses import replace

from starlette.testclient import TestClient

from crisis.launch.engine_status import engine_status
from crisis.web.app import create_app
from crisis.web.engine_view import engines_view
from crisis.web.metrics_text import engines_text
from crisis.web.texts import texts
from tests.builders import T0
from tests.web.conftest import HERE
from tests.web.staged import Stage, a_site

HOST_A = engine_status(T0, {"host": "host-a", "prefect": "ready"}, now=T0, name="host-a")
HOST_B = replace(HOST_A, name="host-b", host="host-b", in_flight=3)


def test_engines_that_are_well_are_listed_and_nothing_is_wrong() -> None:
    assert engines_view((HOST_A, HOST_B), say=texts("de")) == {
        "engines": ["host-a", "host-b"],
        "engine_faults": [],
    }


def test_engine_that_needs_a_hand_is_named_with_what_is_wrong() -> None:
    silent = replace(HOST_A, fresh=False)
    left = replace(silent, has_left=True)
    ill = replace(
        HOST_B,
        clash="elsewhere",
        host_clock_off=-3600.0,
        database_clock_off=7.0,
        faults={"i1": "does not move, looked at every 4 s"},
    )

    shown = engines_view((silent, left, ill), say=texts("en"))

    assert shown == {
        "engines": ["host-b"],
        "engine_faults": [
            "Engine host-a gives no sign of life.",
            "Engine host-b does not get on with i1; `crisis status` says more.",
            "Another engine called host-b runs on elsewhere: change CRISIS_ENGINE_NAME.",
            "The clock of host-b is -3600 s off the time of engine host-b.",
            "The clock of PostgreSQL is +7 s off the time of engine host-b.",
        ],
    }


def test_figures_tell_each_engine_by_name() -> None:
    ill = replace(HOST_B, fresh=False, host_clock_off=60.0, faults={"i1": "ValueError"})

    text = engines_text((HOST_A, ill))

    assert [line for line in text.splitlines() if line.startswith("crisis_engine_")][:10] == [
        'crisis_engine_up{engine="host-a"} 1',
        'crisis_engine_up{engine="host-b"} 0',
        'crisis_engine_in_flight{engine="host-a"} 0',
        'crisis_engine_in_flight{engine="host-b"} 3',
        'crisis_engine_incidents_in_trouble{engine="host-a"} 0',
        'crisis_engine_incidents_in_trouble{engine="host-b"} 1',
        'crisis_engine_clock_off_seconds{engine="host-a",clock="host"} 0.0',
        'crisis_engine_clock_off_seconds{engine="host-a",clock="database"} 0.0',
        'crisis_engine_clock_off_seconds{engine="host-b",clock="host"} 60.0',
        'crisis_engine_clock_off_seconds{engine="host-b",clock="database"} 0.0',
    ]
    assert engines_text(()) == ""


def test_health_names_every_engine(stage: Stage) -> None:
    site = replace(a_site(stage), engines=lambda: (HOST_A, replace(HOST_B, fresh=False)))

    answer = TestClient(create_app(stage.desk, site), client=HERE).get("/healthz")

    assert (answer.status_code, answer.json()["engines"]) == (
        200,
        {"host-a": "ok", "host-b": "engine host-b gives no sign of life"},
    )
