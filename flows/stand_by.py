"""The flow that stands by: it carries what an incident's own run does not begin in time."""

import contextvars

from prefect import flow, tags

from flows.case import Case
from flows.naming import run_name_of_house, tags_of
from flows.orchestrator import Health
from flows.pursuit import Carrier, Direct, pursue
from flows.respond import ByTasks
from flows.room import room
from flows.sweep import engine_tag


def _name() -> str:
    return run_name_of_house("stand-by", now=room().now())


@flow(name="stand-by", flow_run_name=_name, persist_result=False, validate_parameters=False)
async def stand_by() -> None:
    """Be there until another run takes over or the engine leaves."""
    over = room().reserve.enter(contextvars.copy_context())
    await over.wait()


async def pursue_in_reserve(case: Case) -> None:
    """Do what is due for an incident in the run that stands by; its tags tell whose it is."""
    here = room()
    case.seen = await here.at_desk(here.incident, case)
    by_tasks, direct = ByTasks(here, case), Direct(here, case)

    def carrier() -> Carrier:
        return by_tasks if here.prefect.health is Health.READY else direct

    with tags(*tags_of(case.seen, engine=engine_tag())):
        try:
            await pursue(here, case, carrier)
        finally:
            await by_tasks.farewell()
