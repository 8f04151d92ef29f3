"""A mistake in the planner must not make the engine spin, nor hold up what others bring."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from crisis.core import event as ev
from crisis.core.event import AttemptHeld, Purpose
from crisis.core.incident import Incident
from crisis.core.plan import Plan
from crisis.core.playbook import Start
from crisis.launch.free_port import free_port
from crisis.simulated.sinks.http import HttpSink
from crisis.usecases.reading import Incidents
from crisis.wiring import World
from flows.case import Case
from flows.engine import Engine
from tests.builders import a_playbook, a_step
from tests.flows.house import PATIENCE, a_house, an_incident

pytestmark = pytest.mark.integration


class Mistaken(Incidents):
    """Plans with a mistake: at every look the same message is to be held back."""

    def planned(self, incident: Incident, *, now: datetime, most: int) -> Plan:
        """Return the plan, and the same fact once more."""
        found = super().planned(incident, now=now, most=most)
        if not incident.obligations:
            return found
        again = AttemptHeld(
            step="A01",
            partner="stelle-1",
            contact="stelle-1",
            channel="stelle-1-http",
            purpose=Purpose.CHASE,
            until=now,
            limit="1/hour",
        )
        return replace(found, facts=(*found.facts, again))


class Overdue(Incidents):
    """Plans with a mistake: the next moment is always the one that has just passed."""

    def planned(self, incident: Incident, *, now: datetime, most: int) -> Plan:
        """Return the plan with a moment that is past."""
        self.looks = getattr(self, "looks", 0) + 1
        return replace(super().planned(incident, now=now, most=most), wake_at=now)


def mistaken(world: World, kind: type[Incidents]) -> World:
    """Return a world whose planner makes a mistake."""
    incidents = kind(world.log)
    return replace(world, desk=replace(world.desk, incidents=incidents))


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, or fail."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < PATIENCE
        await asyncio.sleep(0.02)


def case_of(engine: Engine, incident: str) -> Case:
    """Return what the engine keeps of an incident."""
    return engine.room.cases[incident]


def test_engine_leaves_an_incident_alone_that_does_not_move(tmp_path: Path) -> None:
    async def work(world: World, incident: str, sink: HttpSink) -> tuple[int, str, float]:
        engine = Engine(world)
        running = asyncio.create_task(engine.run())
        await until(lambda: incident in engine.room.cases)
        await until(lambda: case_of(engine, incident).standstill.pause_s >= 4)
        written = len(world.log.read(incident))
        trouble = case_of(engine, incident).trouble
        # Somebody takes over: what follows from that is not held up.
        began = time.monotonic()
        world.log.append(
            incident,
            (
                ev.Acknowledged(
                    step="A01",
                    partner="stelle-1",
                    contact="stelle-1",
                    via=ev.Via.PAGE,
                    happened_at=world.wall.now(),
                ),
            ),
            actor="stelle-1",
            at=world.wall.now(),
            expected_version=None,
        )
        await until(lambda: len(sink.posts) == 2)
        took = time.monotonic() - began
        engine.leave()
        await running
        engine.room.close()
        return written, trouble, took

    playbook = a_playbook(a_step("A01"), a_step("A02", start=Start(after=("A01",))))
    with (
        HttpSink() as sink,
        a_house(tmp_path, partners=1, sink=sink.port, prefect_port=free_port()) as (sound, _),
    ):
        incident = an_incident(sound, playbook)

        written, trouble, took = asyncio.run(work(mistaken(sound, Mistaken), incident.id, sink))

        log_is_sound = sound.log.verify() == ()

    # It took seconds, in which the engine would have written hundreds of entries.
    assert written < 20
    assert trouble == "does not move, looked at every 4 s"
    assert took < 3.5
    assert log_is_sound


def test_engine_does_not_spin_where_the_next_moment_is_past(tmp_path: Path) -> None:
    async def work(world: World, incident: str) -> int:
        engine = Engine(world)
        running = asyncio.create_task(engine.run())
        await until(lambda: incident in engine.room.cases)
        await until(lambda: case_of(engine, incident).standstill.pause_s >= 4)
        looks = world.desk.incidents.looks  # type: ignore[attr-defined]  # -- made above
        engine.leave()
        await running
        engine.room.close()
        return int(looks)

    with (
        HttpSink() as sink,
        a_house(tmp_path, partners=1, sink=sink.port, prefect_port=free_port()) as (sound, _),
    ):
        incident = an_incident(sound, a_playbook())

        looks = asyncio.run(work(mistaken(sound, Overdue), incident.id))

    assert looks < 30
