"""
Set up the work pool and the deployments: `python -m flows.deploy`.

May be run again at any time. `prefect.yaml` says the same to Prefect's own command;
a test holds the two together.
"""

import asyncio
import logging
import os
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from crisis.errors import CrisisError
from crisis.launch.prefect_environment import client_environment
from crisis.launch.premises import check_folder
from crisis.settings import Settings, load_settings

log = logging.getLogger("crisis.deploy")

TAG = "crisis"
# Found on the worker's PATH: each host has an environment of its own.
COMMAND = "python -m prefect.engine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One flow as workers run it; `every` is how often by itself, None for only when asked."""

    flow: str
    entrypoint: str
    description: str
    every: timedelta | None = None


DEPLOYMENTS = (
    Deployment(
        flow="respond",
        entrypoint="flows.deployed.respond",
        description="Attends to one incident while it is hot.",
    ),
    Deployment(
        flow="sweep",
        entrypoint="flows.deployed.sweep",
        description="Does what is overdue, schedules what is missing, marks dead runs.",
        every=timedelta(minutes=1),
    ),
)


async def deploy(settings: Settings) -> None:
    """Create or renew the work pool and the deployments; Prefect's variables must be set."""
    from prefect import get_client  # noqa: PLC0415 -- takes seconds, and reads the variables
    from prefect.client.schemas.actions import (  # noqa: PLC0415 -- as above
        DeploymentScheduleCreate,
        WorkPoolCreate,
    )
    from prefect.client.schemas.schedules import IntervalSchedule  # noqa: PLC0415 -- as above
    from prefect.exceptions import ObjectAlreadyExists  # noqa: PLC0415 -- as above
    from prefect.flows import Flow, load_flow_from_entrypoint  # noqa: PLC0415 -- as above
    from prefect.utilities.callables import parameter_schema  # noqa: PLC0415 -- as above
    from prefect.workers.process import ProcessWorker  # noqa: PLC0415 -- as above

    async with get_client() as client:
        template = ProcessWorker.get_default_base_job_template()
        pool = WorkPoolCreate(name=settings.work_pool, type="process", base_job_template=template)
        try:
            await client.create_work_pool(pool)
            log.info("work pool %s created", settings.work_pool)
        except ObjectAlreadyExists:
            log.info("work pool %s is there", settings.work_pool)
        for each in DEPLOYMENTS:
            flow: Flow[Any, Any] = load_flow_from_entrypoint(each.entrypoint)
            schedules = (
                []
                if each.every is None
                else [
                    DeploymentScheduleCreate(
                        schedule=IntervalSchedule(interval=each.every),
                        slug=each.flow,
                    )
                ]
            )
            await client.create_deployment(
                flow_id=await client.create_flow_from_name(each.flow),
                # Two houses on one Prefect have two pools, and do not take each other's name.
                name=settings.work_pool,
                description=each.description,
                entrypoint=each.entrypoint,
                work_pool_name=settings.work_pool,
                job_variables={"command": COMMAND},
                parameter_openapi_schema=parameter_schema(flow).model_dump_for_openapi(),
                enforce_parameter_schema=True,
                pull_steps=[],
                schedules=schedules,
                tags=[TAG],
            )
            log.info("deployment %s/%s is ready", each.flow, settings.work_pool)


def main() -> None:
    """Deploy to the Prefect server that the settings name."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        settings = load_settings()
        check_folder(settings)
        (settings.data_dir / "prefect").mkdir(exist_ok=True)
        os.environ.update(client_environment(settings))
        asyncio.run(deploy(settings))
    except CrisisError as error:
        log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
