"""The flow in which the parties of an agreement are asked for its review (S5.11)."""

from prefect import flow
from prefect.runtime import flow_run

from flows.naming import run_name
from flows.room import room


def _name() -> str:
    parameters = flow_run.parameters or {}
    seen = room().cases[str(parameters["incident"])].seen
    return run_name(seen, f"review {parameters['step']}", now=room().now())


@flow(name="review", flow_run_name=_name, persist_result=False, validate_parameters=False)
async def review(incident: str, step: str, parcel: int) -> None:
    """Ask the parties in one step of a review, unless the caller lost patience and did it."""
    del step  # it names the run
    await room().cases[incident].pick_up(parcel).unpack()
