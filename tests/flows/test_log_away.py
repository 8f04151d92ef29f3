"""The log is away while providers answer: what they said is kept, and nobody is asked twice."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crisis.core.delivery import OutcomeKind
from crisis.core.event import AttemptEnded
from crisis.launch.free_port import free_port
from crisis.simulated.sinks.http import HttpSink
from crisis.wiring import World
from tests.builders import a_playbook
from tests.flows.house import Processes, a_house, an_incident, engine_says, wait_until
from tests.postgres import Mortal

pytestmark = pytest.mark.integration
PARTNERS = 24
IN_FLIGHT = 16
ANSWERS_AFTER = 2.0
LAMENT = b"Outcomes are kept until the log takes them"


def outcomes(world: World, incident: str) -> Counter[OutcomeKind]:
    """Return how many messages ended how."""
    events = [entry.event for entry in world.desk.incidents.entries(incident)]
    return Counter(event.outcome for event in events if isinstance(event, AttemptEnded))


def carried(
    house: tuple[World, Processes],
    sink: HttpSink,
    *,
    leave: Callable[[], object],
    back: Callable[[], object],
) -> Counter[OutcomeKind]:
    """Have a wave sent, let the log be away from the window's sending until it is missed."""
    world, processes = house
    processes.engine()
    wait_until(lambda: engine_says(world, idle=True), within=60, what="engine up")
    incident = an_incident(world, a_playbook())
    sink.wait_for(IN_FLIGHT, within=40)
    leave()
    said = processes.logs / "flows.engine.log"
    wait_until(lambda: LAMENT in said.read_bytes(), within=60, what="the engine misses the log")
    back()
    # Before the first could count as lost, all have ended.
    wait_until(
        lambda: outcomes(world, incident.id).total() >= PARTNERS, within=60, what="all recorded"
    )
    assert world.log.verify() == ()
    return outcomes(world, incident.id)


def test_postgresql_that_dies_and_comes_back_costs_no_repeat(
    tmp_path: Path, mortal_postgres: Mortal
) -> None:
    with (
        HttpSink(latency=ANSWERS_AFTER) as sink,
        a_house(
            tmp_path,
            partners=PARTNERS,
            sink=sink.port,
            prefect_port=free_port(),
            in_flight=IN_FLIGHT,
            database_url=mortal_postgres.url,
        ) as house,
    ):
        found = carried(house, sink, leave=mortal_postgres.die, back=mortal_postgres.start)
        posts = Counter(post.path for post in sink.posts)

    assert found == {OutcomeKind.ACCEPTED: PARTNERS}
    assert posts == {f"/{n}": 1 for n in range(1, PARTNERS + 1)}


def test_lock_that_another_process_holds_costs_no_repeat(tmp_path: Path) -> None:
    with (
        HttpSink(latency=ANSWERS_AFTER) as sink,
        a_house(
            tmp_path,
            partners=PARTNERS,
            sink=sink.port,
            prefect_port=free_port(),
            in_flight=IN_FLIGHT,
        ) as house,
    ):
        file = house[0].settings.data_dir / "crisis.sqlite3"
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            found = carried(
                house,
                sink,
                leave=lambda: other.execute("BEGIN IMMEDIATE"),
                back=lambda: other.execute("ROLLBACK"),
            )
        posts = Counter(post.path for post in sink.posts)

    assert found == {OutcomeKind.ACCEPTED: PARTNERS}
    assert posts == {f"/{n}": 1 for n in range(1, PARTNERS + 1)}
