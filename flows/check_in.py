"""The flow of one round of status questions (A40, A56, A60 of the Saxony playbook)."""

from prefect import flow
from prefect.runtime import flow_run

from flows.naming import run_name
from flows.room import room


def _name() -> str:
    parameters = flow_run.parameters or {}
    seen = room().cases[str(parameters["incident"])].seen
    return run_name(seen, f"check-in {parameters['step']}", now=room().now())


@flow(name="check-in", flow_run_name=_name, persist_result=False, validate_parameters=False)
async def check_in(incident: str, step: str, parcel: int) -> None:
    """Ask the partners of a check-in, unless the caller lost patience and did it."""
    del step  # it names the run
    await room().cases[incident].pick_up(parcel).unpack()
