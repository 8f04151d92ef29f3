"""Flows as deployments, with PostgreSQL, Prefect, engines and workers as on several hosts."""

import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from crisis.core.delivery import OutcomeKind
from crisis.core.engine_id import BESIDE, name_of
from crisis.core.event import AttemptEnded
from crisis.core.incident import Incident
from crisis.errors import NotFoundError, UnreachableError
from crisis.launch.free_port import free_port
from crisis.settings import Settings
from crisis.simulated.sinks.http import HttpSink
from crisis.wiring import World
from flows.presence import who_stays
from flows.worker import check_pool
from tests.builders import a_playbook
from tests.flows.deployed_house import Hosts, several_hosts
from tests.flows.holding_sink import HoldingSink
from tests.flows.house import (
    PATIENCE,
    a_house,
    an_incident,
    asked,
    engine_says,
    wait_until,
)

pytestmark = pytest.mark.integration
WAVE = 120
IN_FLIGHT = 8
WORKERS = ("host-c", "host-d")


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Prefect with its deployments, two worker hosts, a sink; no engine yet."""

    world: World
    hosts: Hosts
    sink: HoldingSink
    workers: dict[str, subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def scene(postgres_server: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Start everything but engines, as the guide says; the sink takes 0.5 s for a message."""
    with psycopg.connect(
        host=str(postgres_server), user="crisis", dbname="postgres", autocommit=True
    ) as connection:
        for name in ("scale_log", "scale_prefect"):
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    address = f"crisis@/{{}}?host={postgres_server}"
    with (
        HoldingSink(latency=0.5) as sink,
        several_hosts(
            tmp_path_factory.mktemp("hosts"),
            partners=WAVE,
            sink=sink.port,
            database_url="postgresql+psycopg://" + address.format("scale_log"),
            in_flight=IN_FLIGHT,
            # On a busy machine a process takes its time; here no engine does a worker's work.
            run_patience_s=600,
            # Nor gives anybody up what the sink holds back.
            send_time_limit_s=120,
        ) as (world, hosts),
    ):
        hosts.prefect("postgresql+asyncpg://" + address.format("scale_prefect"))
        hosts.deploy()
        workers = {host: hosts.start(host, "flows.worker") for host in WORKERS}
        wait_until(lambda: hosts.workers() == WORKERS, what="workers are seen")
        yield Scene(world=world, hosts=hosts, sink=sink, workers=workers)


def _done(world: World, incident: Incident) -> int:
    obligations = world.desk.incidents.current(incident.id).obligations.values()
    last = [o.attempts[-1].outcome for o in obligations if o.attempts]
    return last.count(OutcomeKind.ACCEPTED)


def _outcomes(world: World, incident: Incident) -> Counter[OutcomeKind]:
    return Counter(
        entry.event.outcome
        for entry in world.desk.incidents.entries(incident.id)
        if isinstance(entry.event, AttemptEnded)
    )


def _host(engine: str) -> str:
    # What works beside an engine of the same host claims under a name of its own.
    return name_of(engine).removesuffix(BESIDE)


def test_sweep_does_what_is_overdue_and_schedules_the_rest_without_any_engine(
    scene: Scene,
) -> None:
    world, hosts, sink = scene.world, scene.hosts, scene.sink
    before = len(sink.posts)
    incident = an_incident(world, a_playbook(), label="AHORN 1")

    hosts.run_now("sweep")
    wait_until(lambda: _done(world, incident) == WAVE, what="the sweep asked all")
    wait_until(lambda: bool(hosts.runs_of(incident.id)), what="the next run is there")
    scheduled = hosts.runs_of(incident.id)

    posts = Counter(post.path for post in sink.posts[before:])
    assert posts == {f"/{n}": 1 for n in range(1, WAVE + 1)}
    assert {_host(claim.engine) for claim in asked(world, incident.id)} <= set(WORKERS)
    assert {run["idempotency_key"].partition("@")[0] for run in scheduled} == {incident.id}
    assert {run["state_type"] for run in scheduled} <= {"SCHEDULED", "PENDING", "RUNNING"}


def test_worker_host_killed_in_a_wave_loses_nothing(scene: Scene) -> None:
    world, hosts, sink = scene.world, scene.hosts, scene.sink
    before = len(sink.posts)
    for host in ("host-a", "host-b"):
        hosts.start(host, "flows.engine")
    wait_until(
        lambda: all(_sees_workers(world, host) for host in ("host-a", "host-b")),
        what="both engines see the workers",
    )
    sink.hold_from(before + WAVE // 4)
    incident = an_incident(world, a_playbook(), label="AHORN 2")
    sink.wait_for(before + WAVE // 4, within=PATIENCE)

    # A host whose run has messages on their way, with all that runs there.
    under_way = asked(world, incident.id)
    killed = _host(under_way[-1].engine)
    hosts.kill(scene.workers[killed])
    sink.let_go()
    # A sweep that came by may be at it on the other host. If not, one comes every minute;
    # this one only saves the wait.
    wait_until(
        lambda: who_stays(world, incident.id) is None or _done(world, incident) == WAVE,
        what="the run falls silent, or another one does its work",
    )
    hosts.run_now("sweep")
    wait_until(lambda: _done(world, incident) == WAVE, what="everybody was asked")

    claims = asked(world, incident.id)
    again = [claim for claim in claims if claim.n > 1]
    by = {(claim.partner, claim.n): claim.engine for claim in claims}
    left_in_doubt = Counter(by[claim.partner, claim.n - 1] for claim in again)
    per_partner = Counter(post.path for post in sink.posts[before:])
    assert len(under_way) < WAVE
    assert len(per_partner) == WAVE
    assert again
    assert max(left_in_doubt.values()) <= IN_FLIGHT
    assert {_host(engine) for engine in left_in_doubt} == {killed}
    assert sum(per_partner.values()) - WAVE <= len(again)
    assert all(claim.possible_repeat for claim in again)
    assert _outcomes(world, incident) == {
        OutcomeKind.ACCEPTED: WAVE,
        OutcomeKind.UNKNOWN: len(again),
    }
    assert {_host(claim.engine) for claim in claims} == set(WORKERS)
    assert world.log.verify() == ()


def _sees_workers(world: World, host: str) -> bool:
    beat = world.log.beats().get(f"engine/{host}")
    return beat is not None and len(beat.data["workers"]) == len(WORKERS)


def test_engine_without_deployments_does_the_work_itself_and_says_what_to_run(
    tmp_path: Path, prefect_port: int
) -> None:
    with (
        HttpSink() as sink,
        a_house(
            tmp_path,
            partners=3,
            sink=sink.port,
            prefect_port=prefect_port,
            launcher="prefect",
            work_pool="nowhere",
        ) as (world, processes),
    ):
        processes.engine()
        wait_until(
            lambda: engine_says(
                world, trouble="work pool nowhere is missing; run `python -m flows.deploy`"
            ),
            what="the engine says what is missing",
        )
        incident = an_incident(world, a_playbook(), label="AHORN 3")
        wait_until(lambda: _done(world, incident) == 3, what="all asked")

    assert Counter(post.path for post in sink.posts) == {"/1": 1, "/2": 1, "/3": 1}


def test_runs_that_no_worker_took_are_cancelled_by_the_next_sweep(
    tmp_path: Path, prefect_port: int
) -> None:
    hosts = Hosts(folder=tmp_path, shared={"prefect_port": prefect_port, "work_pool": "late"})
    hosts.deploy()
    try:
        hosts.run_now("sweep", at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
        hosts.run_now("sweep", at=datetime(2126, 11, 2, 9, 0, tzinfo=UTC))
        before = hosts.states_of("sweep")
        hosts.call("import asyncio, flows.sweep; asyncio.run(flows.sweep.drop_late('late'))")
        after = hosts.states_of("sweep")
    finally:
        hosts.end_all()

    assert (before, after) == (["SCHEDULED", "SCHEDULED"], ["CANCELLED", "SCHEDULED"])


def test_worker_says_what_is_missing(prefect_port: int) -> None:
    given = Settings(_env_file=None, prefect_port=prefect_port, work_pool="nowhere")

    with pytest.raises(NotFoundError) as missing:
        check_pool(given)
    nobody = f"http://127.0.0.1:{free_port()}/api"
    with pytest.raises(UnreachableError) as unreachable:
        check_pool(Settings(_env_file=None, prefect_api_url=nobody))

    assert str(missing.value) == (
        "Prefect has no work pool nowhere. Run `python -m flows.deploy` once, or set"
        " CRISIS_WORK_POOL right."
    )
    assert str(unreachable.value) == (
        f"Prefect does not answer at {nobody} (ConnectError). Start its server, or set"
        " CRISIS_PREFECT_API_URL right."
    )
