"""The tasks: one contact, a chunk of contacts, one report. Their parameters are ids only."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from prefect import task
from prefect.runtime import flow_run

from crisis.core.plan import Compute
from crisis.usecases.tick import Delivery
from flows.case import Case
from flows.naming import chunk_name, contact_name
from flows.parcel import Parcel
from flows.pursuit import gather_all
from flows.room import room


def _contact_name(parameters: dict[str, Any]) -> str:
    claim = (parameters["step"], parameters["partner"], parameters["n"])
    return contact_name(room().cases[parameters["incident"]].kept(claim))


def _chunk_name(parameters: dict[str, Any]) -> str:
    return chunk_name(parameters["step"], parameters["count"])


@task(name="contact", task_run_name=_contact_name, persist_result=False)  # type: ignore[arg-type]  # -- Prefect looks at its signature
async def contact(incident: str, step: str, partner: str, n: int) -> None:
    """Carry one claimed message out."""
    case = room().cases[incident]
    await room().send(case, case.kept((step, partner, n)), run=str(flow_run.name))


@task(name="chunk", task_run_name=_chunk_name, persist_result=False)  # type: ignore[arg-type]  # -- Prefect looks at its signature
async def chunk(incident: str, step: str, parcel: int, count: int) -> None:
    """Carry many claimed messages of one step out, all at once."""
    del step, count  # they name the run
    case = room().cases[incident]
    run = str(flow_run.name)
    deliveries = case.pick_up(parcel).deliveries
    await gather_all([room().send(case, each, run=run) for each in deliveries])


@task(name="report", task_run_name="{step} · report", persist_result=False)
async def report(incident: str, step: str, status: str) -> None:
    """Compute one reflection report."""
    compute = Compute(step=step, status="final" if status == "final" else "draft")
    await room().report(room().cases[incident], compute, run=str(flow_run.name))


async def carry(case: Case, deliveries: Sequence[Delivery], *, crowd: bool) -> None:
    """Carry messages out in task runs: one each, or one a step where there are too many."""
    if not crowd:
        await gather_all([contact(case.incident, d.step, d.partner, d.n) for d in deliveries])
        return
    by_step = defaultdict(list)
    for delivery in deliveries:
        by_step[delivery.step].append(delivery)
    await gather_all(
        [
            chunk(case.incident, step, case.lay_down(Parcel(those)), len(those))
            for step, those in by_step.items()
        ]
    )
