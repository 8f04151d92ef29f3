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
from crisis.wiring import World
from tests.builders import a_playbook
from tests.flows.holding_sink import HoldingSink
from tests.flows.house import PATIENCE, Processes, a_house, an_incident, engine_says, wait_until
from tests.postgres import Mortal

pytestmark = pytest.mark.integration
PARTNERS = 24
IN_FLIGHT = 16
# Nobody gives up what is held back while the test takes its time.
PATIENT_S = 120.0
LAMENT = b"Outcomes are kept until the log takes them"


def outcomes(world: World, incident: str) -> Counter[OutcomeKind]:
    """Return how many messages ended how."""
    events = [entry.event for entry in world.desk.incidents.entries(incident)]
    return Counter(event.outcome for event in events if isinstance(event, AttemptEnded))


def carried(
    house: tuple[World, Processes],
    sink: HoldingSink,
    *,
    leave: Callable[[], object],
    back: Callable[[], object],
) -> Counter[OutcomeKind]:
    """Have a wave sent; the log is away when its window is answered, until it is missed."""
    world, processes = house
    processes.engine()
    wait_until(lambda: engine_says(world, idle=True), what="engine up")
    sink.hold_from(1)
    incident = an_incident(world, a_playbook())
    sink.wait_for(IN_FLIGHT, within=PATIENCE)
    leave()
    sink.let_go()
    said = processes.logs / "flows.engine.log"
    wait_until(lambda: LAMENT in said.read_bytes(), what="the engine misses the log")
    back()
    # Before the first could count as lost, all have ended.
    wait_until(lambda: outcomes(world, incident.id).total() >= PARTNERS, what="all recorded")
    assert world.log.verify() == ()
    return outcomes(world, incident.id)


def test_postgresql_that_dies_and_comes_back_costs_no_repeat(
    tmp_path: Path, mortal_postgres: Mortal
) -> None:
    with (
        HoldingSink() as sink,
        a_house(
            tmp_path,
            partners=PARTNERS,
            sink=sink.port,
            prefect_port=free_port(),
            in_flight=IN_FLIGHT,
            send_time_limit_s=PATIENT_S,
            database_url=mortal_postgres.url,
        ) as house,
    ):
        found = carried(house, sink, leave=mortal_postgres.die, back=mortal_postgres.start)
        posts = Counter(post.path for post in sink.posts)

    assert found == {OutcomeKind.ACCEPTED: PARTNERS}
    assert posts == {f"/{n}": 1 for n in range(1, PARTNERS + 1)}


def test_lock_that_another_process_holds_costs_no_repeat(tmp_path: Path) -> None:
    with (
        HoldingSink() as sink,
        a_house(
            tmp_path,
            partners=PARTNERS,
            sink=sink.port,
            prefect_port=free_port(),
            in_flight=IN_FLIGHT,
            send_time_limit_s=PATIENT_S,
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
