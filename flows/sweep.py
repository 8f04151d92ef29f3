"""The flow that marks runs as crashed whose process is gone."""

import os
import socket

from prefect import flow, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Crashed

from crisis.launch.process import is_alive, started

_OURS = ["respond", "check-in", "reflection", "sweep"]
_PREFIX = "engine"
_PARTS = 3  # machine, pid, start
_PAGE = 200


def engine_tag() -> str:
    """Return the tag that names this process: machine, pid and start."""
    return f"{_PREFIX}:{socket.gethostname()}:{os.getpid()}:{started(os.getpid())}"


@flow(name="sweep", flow_run_name="sweep", persist_result=False, validate_parameters=False)
async def sweep() -> None:
    """Mark this machine's runs as crashed that Prefect believes to run, though nobody does."""
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
        for run in runs:
            if _is_orphan(run.tags):
                await client.set_flow_run_state(
                    run.id, Crashed(message="its process is gone"), force=True
                )


def _is_orphan(tags: list[str]) -> bool:
    """Return whether a run's process was on this machine and is gone."""
    for tag in tags:
        kind, *rest = tag.split(":")
        if kind == _PREFIX and len(rest) == _PARTS and rest[0] == socket.gethostname():
            return not is_alive(int(rest[1]), int(rest[2]))
    return False
