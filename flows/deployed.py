"""
The flows as deployments: what a worker's process runs.

Each opens the world that the environment describes, does what is due by the same use
cases and claims as the engine, and leaves. No engine need be alive.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prefect import flow, get_client
from prefect.runtime import flow_run

from crisis.settings import load_settings
from crisis.wiring import open_world, require_shared
from flows.attendance import mark
from flows.naming import tags_of
from flows.orchestrator import Health, Orchestrator
from flows.presence import living_runs
from flows.pursuit import gather_all
from flows.room import Room, enter
from flows.stay import Stay
from flows.sweep import drop_late, engine_tag, mark_orphans

log = logging.getLogger("crisis.run")


@flow(name="respond", persist_result=False, validate_parameters=False)
async def respond(incident: str) -> None:
    """Attend to one incident while it is hot, then have its next run scheduled."""
    async with at_work() as here:
        stay = Stay(here, incident, run=str(flow_run.id))
        seen = await here.at_desk(here.desk.incidents.current, incident)
        await _tag(tags_of(seen, engine=engine_tag()))
        await stay.run()


@flow(name="sweep", flow_run_name="sweep", persist_result=False, validate_parameters=False)
async def sweep() -> None:
    """Do what is overdue, schedule what is missing, and mark runs whose process is gone."""
    async with at_work() as here:
        await _tag((engine_tag(),))
        found = await here.at_desk(here.world.log.open_incidents)
        try:
            await gather_all([Stay(here, incident, run="").catch_up() for incident in found])
            await drop_late(here.world.settings.work_pool)
        finally:
            living = await here.at_desk(living_runs, here.world)
            await mark_orphans(pool=here.world.settings.work_pool, living=living)


@asynccontextmanager
async def at_work() -> AsyncIterator[Room]:
    """Yield the room of this process, and close it afterwards."""
    settings = load_settings()
    require_shared(settings)
    with open_world(settings) as world:

        async def tell(_health: Health) -> None:
            await gather_all([mark(here, case) for case in tuple(here.cases.values())])

        prefect = Orchestrator(world.settings.prefect_url, on_change=tell)
        # It has just started this process.
        prefect.health = Health.READY
        here = Room(world, prefect)
        enter(here)
        watch = asyncio.create_task(prefect.watch())
        try:
            yield here
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
            await prefect.close()
            await asyncio.to_thread(here.close)


async def _tag(tags: tuple[str, ...]) -> None:
    """Name this process in its flow run, so that a sweep knows whose end to look for."""
    async with get_client() as client:
        await client.update_flow_run(flow_run.id, tags=tags)
