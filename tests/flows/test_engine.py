"""The engine as a process, with a real Prefect server, a real log and a real sink."""

import json
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from crisis.core.delivery import OutcomeKind
from crisis.core.event import (
    AttemptEnded,
    OrchestratorRestored,
    OrchestratorUnavailable,
    ReportDrafted,
)
from crisis.core.incident import Incident
from crisis.core.playbook import ExpectReport, Start
from crisis.core.timing import ZERO
from crisis.launch.free_port import free_port
from crisis.usecases.steering import close, skip
from crisis.wiring import World, status
from tests.builders import a_playbook, a_step, minutes
from tests.flows.holding_sink import HoldingSink
from tests.flows.house import (
    PATIENCE,
    Processes,
    a_house,
    a_review,
    an_incident,
    ask_prefect,
    asked,
    engine_says,
    wait_until,
)

pytestmark = pytest.mark.integration
WAVE = 200
IN_FLIGHT = 32
# A flow begins within a second, on a machine that has little else to do.
PATIENT_S = 60.0
# However long the test takes meanwhile.
SENDS_FOR_S = 120.0


@pytest.fixture
def sink() -> Iterator[HoldingSink]:
    """Yield a sink that takes 0.2 s for each message, as a provider does."""
    with HoldingSink(latency=0.2) as listening:
        yield listening


def _a_patient_house(
    folder: Path, sink: HoldingSink, prefect_port: int, *, partners: int
) -> AbstractContextManager[tuple[World, Processes]]:
    """Return a house in which nobody gives up what the sink holds back."""
    return a_house(
        folder,
        partners=partners,
        sink=sink.port,
        prefect_port=prefect_port,
        prefect_patience_s=PATIENT_S,
        send_time_limit_s=SENDS_FOR_S,
    )


def _runs(world: World, incident: str) -> Counter[str]:
    entries = world.desk.incidents.entries(incident)
    return Counter(entry.event.run for entry in entries if isinstance(entry.event, AttemptEnded))


def _is_carried_out(world: World, incident: str, count: int) -> bool:
    obligations = world.desk.incidents.current(incident).obligations.values()
    done = [o for o in obligations if o.attempts and o.attempts[-1].ended_at is not None]
    return len(done) == count


def _drafted_in_time(world: World, incident: Incident) -> list[str]:
    """Wait until an incident's report is drafted, and return the flow runs that did it."""

    def drafted() -> list[str]:
        entries = world.desk.incidents.entries(incident.id)
        return [entry.event.run for entry in entries if isinstance(entry.event, ReportDrafted)]

    wait_until(lambda: bool(drafted()), what="the report is drafted")
    return drafted()


def _prefect(world: World, what: str, incident: Incident) -> list[dict[str, Any]]:
    """Return what Prefect knows of an incident's runs, flow or task."""
    flow_runs = {"flow_runs": {"tags": {"all_": [incident.id]}}}
    return list(ask_prefect(f"{world.settings.prefect_url}/{what}/filter", flow_runs))


def test_incident_is_told_in_prefect_under_readable_names(
    tmp_path: Path, prefect_port: int, sink: HoldingSink
) -> None:
    playbook = a_playbook(
        a_step("A10"),
        a_step("A40", check_in=True),
        a_step("A61", roles=(), expect=ExpectReport(), within=None, ladder=None),
    )
    house = a_house(
        tmp_path,
        partners=3,
        sink=sink.port,
        prefect_port=prefect_port,
        linger_s=0.5,
        prefect_patience_s=PATIENT_S,
    )
    with house as (world, processes):
        engine = processes.engine()
        wait_until(lambda: engine_says(world, prefect="ready"), what="engine ready")
        incident = an_incident(world, playbook, label="AHORN 47")
        wait_until(lambda: _is_carried_out(world, incident.id, 6), what="all asked")
        drafted = _drafted_in_time(world, incident)
        reviewed = a_review(world, incident, label="PRÜFUNG bpol-kok")
        wait_until(lambda: _is_carried_out(world, reviewed.id, 6), what="parties asked")
        _drafted_in_time(world, reviewed)
        for each in (incident, reviewed):
            for step in ("A10", "A40"):
                skip(world.desk, each.id, step=step, reason="Ende der Übung", by="ada")
            close(world.desk, each.id, reason="Ende der Übung", by="ada")
        wait_until(lambda: engine_says(world, open=[], idle=True), what="closed")
        wait_until(
            lambda: (
                {run["state_type"] for run in _prefect(world, "flow_runs", incident)}
                == {run["state_type"] for run in _prefect(world, "flow_runs", reviewed)}
                == {"COMPLETED"}
                == {run["state_type"] for run in _prefect(world, "task_runs", incident)}
            ),
            what="Prefect knows that all is done",
        )
        flow_runs = _prefect(world, "flow_runs", incident)
        task_runs = _prefect(world, "task_runs", incident)
        review_runs = _prefect(world, "flow_runs", reviewed)
        engine.send_signal(signal.SIGTERM)
        code = engine.wait(PATIENCE)
        written = (processes.logs / "flows.engine.log").read_text()

    # Neither texts nor links nor addresses leave the log and the message.
    told = json.dumps([flow_runs, task_runs], ensure_ascii=False) + written
    assert [word for word in ("/p/", "json://", "Bitte melden", "ÜBUNG") if word in told] == []
    # The moment at the end of a name is the test's own.
    stories = {str(run["name"]).rpartition(" · ")[0] for run in flow_runs}
    assert stories == {
        "AHORN 47 · first contact",
        "AHORN 47 · check-in A40",
        "AHORN 47 · reflection report A61",
    }
    assert {str(run["name"]).rpartition(" · ")[0] for run in review_runs} >= {
        "PRÜFUNG bpol-kok · review A10",
        "PRÜFUNG bpol-kok · review A40",
    }
    assert {str(run["name"]) for run in task_runs} >= {
        *(f"A10 · Stelle {n} · 1 · HTTP" for n in (1, 2, 3)),
        *(f"A40 · Stelle {n} · 1 · HTTP" for n in (1, 2, 3)),
        "A61 · report",
    }
    assert all({incident.id, "exercise"} <= set(run["tags"]) for run in flow_runs)
    assert [run["parameters"].keys() for run in flow_runs if "first" in str(run["name"])] == [
        {"incident"}
    ]
    assert (len(drafted), "" in drafted, code) == (1, False, 0)


def test_prefect_killed_during_and_before_a_wave_delays_nobody(
    tmp_path: Path, sink: HoldingSink
) -> None:
    with _a_patient_house(tmp_path, sink, free_port(), partners=WAVE) as (world, processes):
        server = processes.prefect()
        processes.engine()
        wait_until(lambda: engine_says(world, prefect="ready"), what="engine ready")

        sink.hold_from(IN_FLIGHT)
        during = an_incident(world, a_playbook(), label="AHORN 1")
        sink.wait_for(IN_FLIGHT, within=PATIENCE)
        server.kill()
        server.wait()
        sink.let_go()
        in_time = len(sink.wait_for(WAVE, within=PATIENCE))
        wait_until(lambda: world.desk.incidents.current(during.id).degraded, what="degraded")
        said = status(world.settings)
        before = an_incident(world, a_playbook(), label="AHORN 2")
        also_in_time = len(sink.wait_for(2 * WAVE, within=PATIENCE))
        processes.prefect()
        wait_until(lambda: status(world.settings).standing.degraded == (), what="recovers")
        orchestrator = [
            [
                type(entry.event)
                for entry in world.desk.incidents.entries(incident.id)
                if isinstance(entry.event, OrchestratorUnavailable | OrchestratorRestored)
            ]
            for incident in (during, before)
        ]
        runs = _runs(world, before.id)

    assert (in_time, also_in_time) == (WAVE, 2 * WAVE)
    assert said.standing.degraded == (during.id,)
    assert said.engine is not None
    assert said.engine.prefect == "unavailable"
    assert orchestrator == [[OrchestratorUnavailable, OrchestratorRestored]] * 2
    assert runs.keys() == {""}


def test_engine_killed_in_a_wave_asks_everyone_and_marks_repeats(
    tmp_path: Path, prefect_port: int, sink: HoldingSink
) -> None:
    with _a_patient_house(tmp_path, sink, prefect_port, partners=WAVE) as (world, processes):
        engine = processes.engine()
        wait_until(lambda: engine_says(world, prefect="ready"), what="engine ready")
        sink.hold_from(WAVE // 3)
        incident = an_incident(world, a_playbook(), label="AHORN 47")
        sink.wait_for(WAVE // 3, within=PATIENCE)

        engine.kill()
        engine.wait()
        sink.let_go()
        processes.engine()
        wait_until(lambda: _is_carried_out(world, incident.id, WAVE), what="all asked")
        claims = asked(world, incident.id)
        outcomes = Counter(
            entry.event.outcome
            for entry in world.desk.incidents.entries(incident.id)
            if isinstance(entry.event, AttemptEnded)
        )
        faults = world.log.verify()
        # Its run stays Running for ever, unless somebody sees that its process is gone.
        wait_until(
            lambda: (
                "CRASHED" in {run["state_type"] for run in _prefect(world, "flow_runs", incident)}
            ),
            what="the killed engine's run is marked",
        )

    per_partner = Counter(post.path for post in sink.posts)
    repeats = sum(per_partner.values()) - len(per_partner)
    again = [claim for claim in claims if claim.n > 1]
    assert len(per_partner) == WAVE
    assert 0 < len(again) <= IN_FLIGHT
    assert repeats <= len(again)
    assert all(claim.possible_repeat for claim in again)
    assert outcomes == {OutcomeKind.ACCEPTED: WAVE, OutcomeKind.UNKNOWN: len(again)}
    assert faults == ()


def test_engine_asked_to_leave_as_prefect_dies_stores_what_was_on_its_way_and_leaves(
    tmp_path: Path, sink: HoldingSink
) -> None:
    with _a_patient_house(tmp_path, sink, free_port(), partners=IN_FLIGHT) as (world, processes):
        server = processes.prefect()
        engine = processes.engine()
        wait_until(lambda: engine_says(world, prefect="ready"), what="engine ready")
        wait_until(lambda: engine_says(world, reserve=True), what="a run stands by")
        sink.hold_from(1)
        incident = an_incident(world, a_playbook(), label="AHORN 47")
        sink.wait_for(IN_FLIGHT, within=PATIENCE)

        server.kill()
        engine.terminate()
        sink.let_go()
        code = engine.wait(PATIENCE)
        outcomes = [
            entry.event.outcome
            for entry in world.desk.incidents.entries(incident.id)
            if isinstance(entry.event, AttemptEnded)
        ]

    assert code == 0
    assert outcomes == [OutcomeKind.ACCEPTED] * IN_FLIGHT


def test_incident_opened_before_prefect_is_up_is_not_delayed(
    tmp_path: Path, sink: HoldingSink
) -> None:
    house = a_house(tmp_path, partners=2, sink=sink.port, prefect_port=free_port())
    with house as (world, processes):
        incident = an_incident(world, a_playbook(), label="AHORN 47")
        processes.engine()
        wait_until(lambda: len(sink.posts) == 2, what="all asked")
        wait_until(lambda: _is_carried_out(world, incident.id, 2), what="recorded")
        runs = _runs(world, incident.id)
        said = status(world.settings)

    assert runs == {"": 2}
    assert said.standing.degraded == (incident.id,)


def test_flow_that_does_not_begin_in_time_is_overtaken(
    tmp_path: Path, prefect_port: int, sink: HoldingSink
) -> None:
    # No flow begins within a thousandth of a second.
    house = a_house(
        tmp_path, partners=3, sink=sink.port, prefect_port=prefect_port, prefect_patience_s=0.001
    )
    with house as (world, processes):
        processes.engine()
        wait_until(lambda: engine_says(world, prefect="ready"), what="engine ready")
        wait_until(lambda: engine_says(world, reserve=True), what="a run stands by")
        incident = an_incident(world, a_playbook(), label="AHORN 47")
        wait_until(lambda: _is_carried_out(world, incident.id, 3), what="all asked")
        wait_until(
            lambda: (
                "RUNNING" in {run["state_type"] for run in _prefect(world, "flow_runs", incident)}
            ),
            what="the flow begins after all",
        )
        runs = _runs(world, incident.id)
        posts = Counter(post.path for post in sink.posts)
        degraded = world.desk.incidents.current(incident.id).degraded

    # The run that stands by has done it, so that the work is tracked all the same.
    assert [(run.partition(" · ")[0], count) for run, count in runs.items()] == [("stand-by", 3)]
    assert posts == {"/1": 1, "/2": 1, "/3": 1}
    assert not degraded


def test_skipped_time_is_seen_and_the_engine_leaves_in_order(
    tmp_path: Path, prefect_port: int, sink: HoldingSink
) -> None:
    playbook = a_playbook(a_step("A10"), a_step("A60", start=Start(offset=minutes(72 * 60))))
    house = a_house(
        tmp_path, partners=2, sink=sink.port, prefect_port=prefect_port, exercise_clock=True
    )
    with house as (world, processes):
        assert world.skipping is not None
        engine = processes.engine()
        wait_until(lambda: engine_says(world, prefect="ready"), what="engine ready")
        incident = an_incident(world, playbook, label="AHORN 47")
        wait_until(lambda: _is_carried_out(world, incident.id, 2), what="first step")
        t72 = incident.opened_at + minutes(72 * 60)
        world.skipping.skip_to(t72)
        wait_until(
            lambda: len(world.desk.incidents.current(incident.id).obligations_of("A60")) == 2,
            what="the step of the third day",
        )
        run = world.desk.incidents.current(incident.id).run_of("A60")
        # The ladder's next level is near, so the flow is still there when the engine must leave.
        engine.terminate()
        code = engine.wait(PATIENCE)
        states = {flow_run["state_type"] for flow_run in _prefect(world, "flow_runs", incident)}

    assert (code, states) == (0, {"COMPLETED"})
    assert run.started_at is not None
    assert ZERO <= run.started_at - t72 < minutes(1)


def test_engine_hears_of_an_incident_in_postgresql(
    tmp_path: Path, prefect_port: int, postgres_url: str, sink: HoldingSink
) -> None:
    house = a_house(
        tmp_path,
        partners=3,
        sink=sink.port,
        prefect_port=prefect_port,
        prefect_patience_s=PATIENT_S,
        database_url=postgres_url,
    )
    with house as (world, processes):
        processes.engine()
        wait_until(lambda: engine_says(world, prefect="ready"), what="engine ready")
        incident = an_incident(world, a_playbook(), label="AHORN 47")
        wait_until(lambda: _is_carried_out(world, incident.id, 3), what="all asked")
        runs = _runs(world, incident.id)
        faults = world.log.verify()

    assert ["AHORN 47 · first contact" in run for run in runs] == [True]
    assert (sorted(post.path for post in sink.posts), faults) == (["/1", "/2", "/3"], ())
