"""One incident that fails stops no other; without Prefect all is done directly."""

import asyncio
from pathlib import Path

from crisis.core.event import AttemptEnded, OrchestratorUnavailable
from crisis.errors import NotFoundError
from crisis.launch.free_port import free_port
from crisis.simulated.sinks.http import HttpSink
from crisis.wiring import World
from flows.attendance import attend, mark
from flows.case import Case
from flows.orchestrator import Health, Orchestrator
from flows.room import Room, enter
from tests.builders import a_playbook
from tests.flows.house import a_house, an_incident


async def nobody_cares(_health: Health) -> None:
    """Take note of Prefect's health."""


def a_room(world: World) -> Room:
    """Return a room whose Prefect is still starting."""
    room = Room(world, Orchestrator(world.settings.prefect_url, on_change=nobody_cares))
    enter(room)
    return room


def test_incident_that_fails_is_left_alone_for_a_while_and_others_go_on(tmp_path: Path) -> None:
    async def both(world: World, sound: str) -> tuple[str, bool, bool]:
        room = a_room(world)
        lost, well = Case("no-such-incident"), Case(sound)
        failing = asyncio.create_task(attend(room, lost))
        await attend(room, well)
        waits = not failing.done()
        fault = lost.fault
        room.stopping.set()
        await failing
        await room.prefect.close()
        room.close()
        return fault, waits, well.fault == "" and lost.nudge.is_set()

    with (
        HttpSink() as sink,
        a_house(tmp_path, partners=3, sink=sink.port, prefect_port=free_port()) as (world, _),
    ):
        incident = an_incident(world, a_playbook(), label="AHORN 47")

        found = asyncio.run(both(world, incident.id))

        events = [entry.event for entry in world.desk.incidents.entries(incident.id)]
        posts = sorted(post.path for post in sink.posts)

    assert found == (f"{NotFoundError.__name__}, again in 1 s", True, True)
    assert posts == ["/1", "/2", "/3"]
    assert [event.run for event in events if isinstance(event, AttemptEnded)] == ["", "", ""]
    assert [event for event in events if isinstance(event, OrchestratorUnavailable)] == [
        OrchestratorUnavailable(reason="starting")
    ]


def test_pauses_grow_and_are_forgotten_when_all_is_well() -> None:
    case = Case("i1")

    pauses = [case.failed(ValueError("eve")) for _ in range(8)]
    fault = case.fault
    case.recovered()

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert fault == "ValueError, again in 60 s"
    assert (case.fault, case.failed(ValueError())) == ("", 1)


def test_prefect_that_is_gone_is_recorded_once_per_incident(tmp_path: Path) -> None:
    async def twice(world: World, incident: str) -> None:
        room = a_room(world)
        case = Case(incident)
        await asyncio.gather(mark(room, case), mark(room, case))
        await room.prefect.close()
        room.close()

    house = a_house(tmp_path, partners=1, sink=9, prefect_port=free_port())
    with house as (world, _):
        incident = an_incident(world, a_playbook(), label="AHORN 47")

        asyncio.run(twice(world, incident.id))

        kinds = [entry.event.kind for entry in world.desk.incidents.entries(incident.id)]

    assert kinds == ["incident-opened", "orchestrator-unavailable"]
