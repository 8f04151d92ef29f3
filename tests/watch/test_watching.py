"""The watcher as a process, beside a real engine that is stopped and comes back."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from crisis.launch.free_port import free_port
from crisis.launch.watcher_status import WatcherStatus
from crisis.simulated.sinks.http import HttpSink
from crisis.wiring import World
from tests.flows.house import a_house, engine_says, wait_until

pytestmark = pytest.mark.integration


@pytest.fixture
def sink() -> Iterator[HttpSink]:
    """Yield where the second way ends."""
    with HttpSink() as listening:
        yield listening


def whats(world: World) -> list[str]:
    return [concern.what for watcher in world.watchers() for concern in watcher.concerns]


def watcher(world: World) -> WatcherStatus:
    (only,) = world.watchers()
    return only


def page(world: World, path: str) -> str:
    return httpx.get(f"{world.settings.own_url}{path}", timeout=10, trust_env=False).text


def test_engine_that_stands_still_is_told_everywhere_and_called_off(
    tmp_path: Path, sink: HttpSink
) -> None:
    house = a_house(
        tmp_path,
        partners=1,
        sink=sink.port,
        prefect_port=free_port(),
        port=free_port(),
        alarm_urls=f"json://127.0.0.1:{sink.port}/alarm",
        deadman_url=f"http://127.0.0.1:{sink.port}/deadman",
        deadman_every_s=1,
    )
    with house as (world, processes):
        engine = processes.engine()
        processes.start("crisis.web", {})
        wait_until(lambda: engine_says(world, idle=True), what="engine beats")
        wait_until(lambda: bool(page_or_none(world)), what="pages answer")
        # Not before there is something to watch: it would rightly miss it.
        watching = processes.start("crisis.watch", {})
        wait_until(lambda: bool(world.watchers()), what="watcher beats")
        wait_until(lambda: "/deadman" in paths(sink), what="dead-man is asked")
        assert whats(world) == []

        engine.send_signal(signal.SIGSTOP)
        wait_until(lambda: "no-engine" in whats(world), what="concern")
        wait_until(lambda: "/alarm" in paths(sink), what="alarm")
        figures = page(world, "/metrics")
        health = httpx.get(f"{world.settings.own_url}/healthz", timeout=10, trust_env=False)
        asked = paths(sink).count("/deadman")

        engine.send_signal(signal.SIGCONT)
        wait_until(lambda: paths(sink).count("/alarm") > 1, what="all-clear")
        wait_until(lambda: paths(sink).count("/deadman") > asked, what="dead-man again")
        assert whats(world) == []
        assert alarms(sink) == ["Crisis: ALARM / ALARM (1)", "Crisis: Entwarnung / all clear"]

        watching.send_signal(signal.SIGSTOP)
        wait_until(lambda: not watcher(world).fresh, what="watcher silent")
        watching.send_signal(signal.SIGCONT)
        wait_until(lambda: watcher(world).fresh, what="watcher back")

    assert 'crisis_watcher_concerns{kind="house"} 1\n' in figures
    assert health.json()["watcher"] == "1 concern"


def page_or_none(world: World) -> str | None:
    try:
        return page(world, "/metrics")
    except httpx.HTTPError:
        return None


def paths(sink: HttpSink) -> list[str]:
    return [post.path for post in sink.kept]


def alarms(sink: HttpSink) -> list[str]:
    return [json.loads(p.body)["title"] for p in sink.kept if p.path == "/alarm"]
