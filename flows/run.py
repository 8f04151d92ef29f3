"""The door to everything that needs Prefect; the engine imports it when there is time."""

from prefect import tags

from flows.case import Case
from flows.naming import tags_of
from flows.pool import ask, look_at
from flows.respond import respond
from flows.room import room
from flows.stand_by import pursue_in_reserve, stand_by
from flows.sweep import engine_tag, sweep

__all__ = ["ask", "look_at", "pursue_in_reserve", "run_respond", "run_stand_by", "run_sweep"]


async def run_respond(case: Case) -> None:
    """Call the flow of an incident's hot phase."""
    case.seen = await room().at_desk(room().incident, case)
    with tags(*tags_of(case.seen, engine=engine_tag())):
        await respond(case.incident)


async def run_stand_by() -> None:
    """Call the flow that stands by."""
    with tags(engine_tag()):
        await stand_by()


async def run_sweep() -> None:
    """Call the flow that marks orphaned runs."""
    with tags(engine_tag()):
        await sweep()
