"""The flow that computes a reflection report from the log (A61, A72)."""

from prefect import flow
from prefect.runtime import flow_run

from flows.naming import run_name
from flows.room import room


def _name() -> str:
    parameters = flow_run.parameters or {}
    seen = room().cases[str(parameters["incident"])].seen
    return run_name(seen, f"reflection report {parameters['step']}", now=room().now())


@flow(name="reflection", flow_run_name=_name, persist_result=False, validate_parameters=False)
async def reflection(incident: str, step: str, status: str, parcel: int) -> None:
    """Compute a step's report, unless the caller lost patience and did it."""
    del step, status  # they name the run
    await room().cases[incident].pick_up(parcel).unpack()
