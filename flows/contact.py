"""The tasks: one contact, a chunk of contacts, one report. Their parameters are ids only."""

from collections.abc import Sequence
from typing import Any

from prefect import task
from prefect.runtime import flow_run

from crisis.core.plan import Compute
from crisis.usecases.delivery import Delivery
from flows.case import Case
from flows.naming import chunk_name, contact_name
from flows.parcel import Parcel
from flows.pursuit import gather_all
from flows.room import room
from flows.stream import Stream


def _contact_name(parameters: dict[str, Any]) -> str:
    claim = (parameters["step"], parameters["partner"], parameters["n"])
    return contact_name(room().cases[parameters["incident"]].kept(claim))


def _chunk_name(parameters: dict[str, Any]) -> str:
    return chunk_name(parameters["step"], parameters["part"])


@task(name="contact", task_run_name=_contact_name, persist_result=False)  # type: ignore[arg-type]  # -- Prefect looks at its signature
async def contact(incident: str, step: str, partner: str, n: int) -> None:
    """Carry one claimed message out."""
    case = room().cases[incident]
    await room().send(case, case.kept((step, partner, n)), run=str(flow_run.name))


@task(name="chunk", task_run_name=_chunk_name, persist_result=False)  # type: ignore[arg-type]  # -- Prefect looks at its signature
async def chunk(incident: str, step: str, parcel: int, part: int) -> None:
    """Carry many messages of one step out, as they are claimed."""
    del step, part  # they name the run
    await room().cases[incident].pick_up(parcel).carry()


@task(name="report", task_run_name="{step} · report", persist_result=False)
async def report(incident: str, step: str, status: str) -> None:
    """Compute one reflection report."""
    compute = Compute(step=step, status="final" if status == "final" else "draft")
    await room().report(room().cases[incident], compute, run=str(flow_run.name))


async def carry(case: Case, deliveries: Sequence[Delivery]) -> None:
    """Carry messages out, each in a task run of its own; what that leaves behind all the same."""
    try:
        await gather_all([contact(case.incident, d.step, d.partner, d.n) for d in deliveries])
    except Exception:
        # A message that was claimed and never sent would hold its permit for ever.
        await room().send_all(case, case.untouched(deliveries))
        raise


async def carry_stream(case: Case, stream: Stream) -> None:
    """Carry a stream out in one task run; what that leaves behind is carried all the same."""
    run = str(flow_run.name)

    async def carry_all(deliveries: Sequence[Delivery]) -> None:
        await room().send_all(case, deliveries, run=run)

    work = Parcel(lambda: stream.carry(carry_all))
    try:
        await chunk(case.incident, stream.step, case.lay_down(work), stream.part)
    except Exception:
        await stream.carry(lambda deliveries: room().send_all(case, deliveries))
        raise
