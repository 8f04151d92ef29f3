"""The dead-man's switch: asked while the engine works, silent when it does not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from crisis.launch.deadman_status import DeadmanStatus
from crisis.launch.free_port import free_port
from crisis.simulated.sinks.http import Answer, HttpAct, HttpSink
from crisis.wiring import World
from flows import counterwatch, deadman
from flows.counterwatch import look_back
from flows.deadman import Deadman
from flows.orchestrator import Health, Orchestrator
from flows.room import Room
from tests.flows.house import a_house

PATH = "/beat/0f3c"


@pytest.fixture
def sink() -> Iterator[HttpSink]:
    """Yield the service that notices the death."""
    with HttpSink() as listening:
        yield listening


@pytest.fixture
def world(tmp_path: Path, sink: HttpSink) -> Iterator[World]:
    """Yield a house without processes."""
    prefect_port = free_port()
    with a_house(tmp_path, partners=1, sink=sink.port, prefect_port=prefect_port) as (world, _):
        yield world


async def _no_change(_health: Health) -> None:
    """Take note of nothing."""


def in_room(world: World, work: Callable[[Room], Awaitable[None]]) -> None:
    """Do something in an engine's room."""

    async def inside() -> None:
        prefect = Orchestrator(world.settings.prefect_url, on_change=_no_change)
        room = Room(world, prefect)
        try:
            await work(room)
        finally:
            await prefect.close()
            room.close()

    asyncio.run(inside())


def until_it_says(sink: HttpSink, world: World, code: str) -> Callable[[Room], Awaitable[None]]:
    """Return work that lets a switch be until a sign of life says what came of it."""

    async def work(room: Room) -> None:
        switch = Deadman(room, url=f"http://127.0.0.1:{sink.port}{PATH}", every_s=0.1)
        task = asyncio.create_task(switch.watch())
        await until(room, lambda: [each.code for each in world.deadmen()] == [code])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    return work


def said(world: World) -> DeadmanStatus:
    (only,) = world.deadmen()
    return only


def test_switch_is_asked_while_the_engine_works(
    world: World, sink: HttpSink, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="crisis.engine")
    logging.getLogger("httpx").setLevel(logging.WARNING)

    in_room(world, until_it_says(sink, world, "ok"))

    assert {post.path for post in sink.kept} == {PATH}
    assert (said(world).code, said(world).late) == ("ok", False)
    assert caplog.text.count("Dead-man's switch: ok") == 1
    assert PATH not in caplog.text


def test_switch_is_not_asked_once_the_engine_stands_still(
    world: World, sink: HttpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadman, "STANDS_STILL_S", -1.0)

    in_room(world, until_it_says(sink, world, "engine-stands-still"))

    assert sink.kept == ()
    assert (said(world).code, said(world).late) == ("engine-stands-still", True)


@pytest.mark.parametrize(
    ("answer", "code", "within"),
    [
        (Answer(status=503), "503", 60.0),
        (Answer(act=HttpAct.TRICKLE_HEAD), "timeout", 0.5),
        (Answer(act=HttpAct.DROP), "RemoteProtocolError", 60.0),
    ],
)
def test_service_that_fails_holds_nothing_up_and_is_named_by_a_word(
    world: World,
    sink: HttpSink,
    answer: Answer,
    code: str,
    within: float,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deadman, "_ANSWER_WITHIN_S", within)
    sink.script(PATH, answer)

    in_room(world, until_it_says(sink, world, code))

    assert (said(world).code, said(world).late) == (code, True)
    assert f"Dead-man's switch: {code}" in caplog.text
    assert PATH not in caplog.text


def test_without_an_address_there_is_no_switch(world: World) -> None:
    async def work(room: Room) -> None:
        await Deadman(room, url="", every_s=0.1).watch()

    in_room(world, work)

    assert world.deadmen() == ()


def test_engine_says_once_that_the_watcher_is_silent_and_once_that_it_is_back(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counterwatch, "_EVERY_S", 0.05)
    monkeypatch.setattr(counterwatch, "_STARTING_S", 0.0)
    caplog.set_level(logging.INFO, logger="crisis.engine")

    async def work(room: Room) -> None:
        task = asyncio.create_task(look_back(room))
        await until(room, lambda: "The watcher is silent" in caplog.text)
        await room.at_desk(world.log.beat, "watcher/host-a", world.wall.now(), {})
        await until(room, lambda: "The watcher is back" in caplog.text)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    in_room(world, work)

    assert caplog.text.count("The watcher is silent") == 1


async def until(room: Room, is_so: Callable[[], bool]) -> None:
    """Wait until something is so, for some minutes at most."""
    for _ in range(2000):
        if await room.at_desk(is_so):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never was so")
