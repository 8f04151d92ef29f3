"""Whatever Prefect does to a task run: a message that was claimed is carried out, once."""

import asyncio
from pathlib import Path

import pytest
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)

from crisis.launch.free_port import free_port
from crisis.simulated.sinks.http import HttpSink
from crisis.wiring import World
from flows.case import Case
from flows.contact import carry
from tests.builders import a_playbook
from tests.flows.house import a_house, an_incident
from tests.flows.test_attendance import a_room

pytestmark = pytest.mark.integration


def test_message_whose_task_run_cannot_begin_is_sent_all_the_same(
    tmp_path: Path,
) -> None:
    async def work(world: World, incident: str) -> tuple[int, int]:
        room = a_room(world)
        case = Case(incident)
        claimed = await room.claim(case)
        held = room.permits.used
        with pytest.raises(RuntimeError, match="Failed to reach API"):
            await carry(case, claimed.deliveries)
        await asyncio.to_thread(room.recorder.close)
        await asyncio.sleep(0)
        left = room.permits.used
        await room.prefect.close()
        return held, left

    port = free_port()
    address = f"http://127.0.0.1:{port}/api"
    with (
        temporary_settings({PREFECT_API_URL: address, PREFECT_LOGGING_TO_API_ENABLED: False}),
        HttpSink() as sink,
        a_house(tmp_path, partners=3, sink=sink.port, prefect_port=port) as (world, _),
    ):
        incident = an_incident(world, a_playbook())

        permits = asyncio.run(work(world, incident.id))

        posts = sorted(post.path for post in sink.posts)

    assert permits == (3, 0)
    assert posts == ["/1", "/2", "/3"]
