"""What is asked of Prefect where flows run as deployments: runs, and who would take them."""

from datetime import datetime

from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import WorkerStatus
from prefect.deployments import arun_deployment
from prefect.exceptions import ObjectNotFound

from crisis.core.incident import Incident
from flows.dispatch import Pool
from flows.naming import phase_of, run_name

FLOWS = ("respond", "sweep")
# The server refuses to leave these two open, though its client would.
_MOST = 200
_DEPLOY = "run `python -m flows.deploy`"


async def ask(
    incident: Incident, *, pool: str, key: str, now: datetime, at: datetime | None = None
) -> None:
    """
    Ask for a run of `respond` by a worker; asked twice with one key, there is one run.

    Args:
        incident: as it was last read.
        pool: the work pool; its deployments have its name.
        key: what the run is for, such as the incident and the moment.
        now: the house's moment, for the run's name.
        at: when the run is to begin, in real time; at once if None.

    Raises:
        Exception: whatever Prefect raises when it does not answer, or has no such deployment.
    """
    await arun_deployment(
        f"respond/{pool}",
        parameters={"incident": incident.id},
        flow_run_name=run_name(incident, phase_of(incident), now=now),
        tags=(incident.id, incident.opened.mode.value),
        idempotency_key=key,
        scheduled_time=at,
        timeout=0,
        as_subflow=False,
    )


async def look_at(pool: str) -> Pool:
    """Return who takes runs from a work pool, and what is wrong; Prefect must be up."""
    async with get_client() as client:
        trouble = await _trouble(client, pool)
        if trouble:
            return Pool(trouble=trouble)
        found = await client.read_workers_for_work_pool(pool, offset=0, limit=_MOST)
    workers = tuple(sorted(each.name for each in found if each.status is WorkerStatus.ONLINE))
    if workers:
        return Pool(workers=workers)
    return Pool(
        trouble=f"no worker takes runs from work pool {pool}; start `python -m flows.worker`"
    )


async def _trouble(client: PrefectClient, pool: str) -> str:
    try:
        found = await client.read_work_pool(pool)
    except ObjectNotFound:
        return f"work pool {pool} is missing; {_DEPLOY}"
    if found.is_paused:
        return f"work pool {pool} is paused; run `prefect work-pool resume {pool}`"
    names = [f"{flow}/{pool}" for flow in FLOWS]
    missing = [name for name in names if not await _is_deployed(client, name)]
    return f"deployment {' and '.join(missing)} missing; {_DEPLOY}" if missing else ""


async def _is_deployed(client: PrefectClient, name: str) -> bool:
    try:
        await client.read_deployment_by_name(name)
    except ObjectNotFound:
        return False
    return True
