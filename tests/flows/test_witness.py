"""A database put back to an older state between two engines: noticed, told, asked again marked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crisis.core.event import AttemptEnded, LogRestored
from crisis.launch.free_port import free_port
from crisis.launch.witness_file import recall
from crisis.simulated.sinks.http import HttpSink
from crisis.wiring import World, open_world
from tests.builders import a_playbook, a_step
from tests.flows.house import Processes, a_house, an_incident, asked, wait_until

pytestmark = pytest.mark.integration
PARTNERS = 3


@pytest.fixture
def sink() -> Iterator[HttpSink]:
    """Yield a sink that takes everything at once."""
    with HttpSink() as listening:
        yield listening


def _ended(world: World, incident: str) -> int:
    entries = world.log.read(incident)
    return sum(isinstance(entry.event, AttemptEnded) for entry in entries)


def _is_witnessed(world: World, incident: str) -> bool:
    seen = recall(world.settings.data_dir)
    return seen is not None and seen.heads[incident] == world.log.heads()[incident]


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def test_engine_tells_a_log_that_was_put_back_and_marks_what_it_asks_again(
    tmp_path: Path, sink: HttpSink
) -> None:
    early, file = tmp_path / "early.db", tmp_path / "data" / "crisis.sqlite3"
    house = a_house(tmp_path, partners=PARTNERS, sink=sink.port, prefect_port=free_port())
    with house as (world, processes):
        incident = an_incident(world, a_playbook(a_step("A10"))).id
        _copy(file, early)
        processes.engine()
        wait_until(lambda: _ended(world, incident) >= PARTNERS, what="asked")
        wait_until(lambda: _is_witnessed(world, incident), what="witnessed")
        before = world.log.heads()[incident]
        settings = world.settings
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)
    _copy(early, file)

    processes = Processes(settings)
    try:
        with open_world(settings) as world:
            upto = world.log.heads()[incident].version
            processes.engine()
            wait_until(lambda: _ended(world, incident) >= PARTNERS, what="again")
            told = [
                entry.event
                for entry in world.log.read(incident)
                if isinstance(entry.event, LogRestored)
            ]
            repeats = [attempt.possible_repeat for attempt in asked(world, incident)]
            assert world.log.verify() == ()
    finally:
        processes.end_all()

    assert told == [LogRestored(upto_version=upto, lost_to=before.version, lost_hash=before.hash)]
    assert repeats == [True] * PARTNERS
    logged = (settings.data_dir / "logs" / "flows.engine.log").read_text()
    assert f"incident {incident}: the log was put back; entries {upto + 1} to" in logged
