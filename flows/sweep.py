"""The flow that marks runs as crashed whose process is gone."""

import os
import socket
from collections.abc import Collection
from datetime import datetime, timedelta

from prefect import flow, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed
from prefect.types import _datetime as from_prefect

from crisis.launch.process import is_alive, started

_OURS = ["respond", "check-in", "reflection", "review", "stand-by", "sweep"]
_PREFIX = "engine"
_PARTS = 3  # machine, pid, start
_PAGE = 200
# A sweep gives no sign of life and takes no minute; a run gives one every other second.
_SILENT_AFTER = timedelta(minutes=2)
_LATE_AFTER = timedelta(seconds=90)


def engine_tag() -> str:
    """Return the tag that names this process: machine, pid and start."""
    return f"{_PREFIX}:{socket.gethostname()}:{os.getpid()}:{started(os.getpid())}"


@flow(name="sweep", flow_run_name="sweep", persist_result=False, validate_parameters=False)
async def sweep() -> None:
    """Mark this machine's runs as crashed that Prefect believes to run, though nobody does."""
    await mark_orphans()


async def mark_orphans(*, pool: str = "", living: Collection[str] = ()) -> None:
    """
    Mark runs as crashed whose process is gone.

    Args:
        pool: the work pool whose runs are judged on other machines too, by their
            silence; none if empty.
        living: the ids of its runs that gave a sign of life just now.
    """
    async with get_client() as client:
        runs = await client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=_OURS)),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(
                    type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING])
                )
            ),
            sort=FlowRunSort.START_TIME_ASC,
            limit=_PAGE,
        )
        now = from_prefect.now("UTC")
        for run in runs:
            if _is_orphan(run.tags) or (pool and _is_silent(run, pool, living, now)):
                await client.set_flow_run_state(
                    run.id, Crashed(message="its process is gone"), force=True
                )


async def drop_late(pool: str) -> None:
    """
    Cancel a pool's runs that no worker took in time; call it when their work is done.

    Without it a worker that comes back after a night begins with hundreds of sweeps.
    """
    async with get_client() as client:
        late = await client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=_OURS)),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
                expected_start_time=FlowRunFilterExpectedStartTime(
                    before_=from_prefect.now("UTC") - _LATE_AFTER
                ),
            ),
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
            limit=_PAGE,
        )
        for run in late:
            if run.work_pool_name == pool:
                await client.set_flow_run_state(
                    run.id, Cancelled(message="a sweep did its work"), force=True
                )


def _is_orphan(tags: list[str]) -> bool:
    """Return whether a run's process was on this machine and is gone."""
    for tag in tags:
        kind, *rest = tag.split(":")
        if kind == _PREFIX and len(rest) == _PARTS and rest[0] == socket.gethostname():
            return not is_alive(int(rest[1]), int(rest[2]))
    return False


def _is_silent(run: FlowRun, pool: str, living: Collection[str], now: datetime) -> bool:
    """Return whether a worker's run should have given a sign of life by now."""
    changed = run.state.timestamp if run.state is not None else run.created
    return (
        run.work_pool_name == pool
        and str(run.id) not in living
        and changed is not None
        and now - changed > _SILENT_AFTER
    )
