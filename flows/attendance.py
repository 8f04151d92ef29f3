"""
Attend to one incident: through Prefect if it begins in time, else directly.

Claims in the log make it safe that a flow begins after it was overtaken: it then
finds nothing due.
"""

import asyncio
import contextlib
import logging

from crisis.core.event import SYSTEM, Event, OrchestratorRestored, OrchestratorUnavailable
from crisis.errors import CrisisError, without_words
from flows.case import FIRST_PAUSE, Case, begins
from flows.orchestrator import Health
from flows.pursuit import Direct, pursue
from flows.room import Room

# A call that hangs for so many seconds does not keep others from being made.
_CALL_WITHIN = 30.0

log = logging.getLogger("crisis.engine")


async def attend(here: Room, case: Case) -> None:
    """
    Do what is due for an incident.

    A failure is written down and tried again after a pause that grows, or as soon as there
    is news, so that nothing new waits behind it; it never reaches the other incidents.
    """
    try:
        await _attend(here, case)
    except Exception as error:  # noqa: BLE001 -- one incident's fault must not reach the others
        pause = case.failed(error)
        what = str(error) if isinstance(error, CrisisError) else without_words(error)
        log.error("incident %s: tried again in %g s: %s", case.incident, pause, what)  # noqa: TRY400 -- its words may quote a text
        await _leave_alone(here, case, pause)
        case.nudge.set()
    else:
        case.recovered()


async def mark(here: Room, case: Case) -> None:
    """Record once that Prefect is gone for this incident, or that it is back."""
    async with case.marking:
        incident = await here.at_desk(here.incident, case)
        is_ready = here.prefect.health is Health.READY
        if incident.closed_at is not None or incident.degraded is not is_ready:
            return
        event: Event = (
            OrchestratorRestored()
            if is_ready
            else OrchestratorUnavailable(reason=here.prefect.reason)
        )
        await here.at_desk(
            here.desk.house.log.append,
            case.incident,
            (event,),
            actor=SYSTEM,
            at=here.now(),
            expected_version=None,
        )


async def _attend(here: Room, case: Case) -> None:
    case.nudge.clear()
    looked = await here.look(case)
    if looked.left or looked.computes:
        if not await here.prefect.is_ready():
            await asyncio.gather(mark(here, case), _directly(here, case))
        elif not await (here.dispatch.is_done(case) if here.dispatch else _by_flow(here, case)):
            await _overtake(here, case)
    if here.dispatch:
        await here.dispatch.ask_ahead(case)
    if case.wake_at is None:
        incident = await here.at_desk(here.incident, case)
        case.closed = incident.closed_at is not None


async def _overtake(here: Room, case: Case) -> None:
    """Do what no run of the incident's own has begun: in the run that stands by, or directly."""
    if here.reserve.is_there:
        await here.reserve.do(here.prefect.flows.pursue_in_reserve(case))
    else:
        log.warning("incident %s: Prefect was overtaken", case.incident)
        await _directly(here, case)


async def _directly(here: Room, case: Case) -> None:
    await pursue(here, case, lambda: Direct(here, case))


async def _by_flow(here: Room, case: Case) -> bool:
    """Let a flow run do it; return False if it has not begun in time."""
    if case.awaited:
        # One that was called earlier has not begun yet; another one would not either.
        return False
    if here.calls.locked() and here.reserve.is_there:
        # Its turn would come late, and the run in reserve needs none.
        return False
    patience = here.world.settings.prefect_patience_s
    until = asyncio.get_running_loop().time() + patience
    try:
        async with asyncio.timeout(patience):
            await here.calls.acquire()
    except TimeoutError:
        return False
    called = _call(here, case)
    left = max(0.0, until - asyncio.get_running_loop().time())
    if not await begins(case.begun, called, within=left):
        return False
    await case.left.wait()
    if case.error is not None:
        raise case.error
    return True


def _call(here: Room, case: Case) -> asyncio.Task[None]:
    """Call the flow; make room for the next call when this one has begun or failed."""
    case.begun.clear()
    case.awaited = True
    called = case.call(here.prefect.flows.run_respond(case))

    async def make_room() -> None:
        await begins(case.begun, called, within=_CALL_WITHIN)
        here.calls.release()

    case.releasing = asyncio.create_task(make_room())
    called.add_done_callback(lambda _: case.call_ended())
    return called


async def _leave_alone(here: Room, case: Case, seconds: float) -> None:
    """Wait so long; after the first second news ends it, whatever it is about."""
    case.nudge.clear()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(min(seconds, FIRST_PAUSE)):
            await here.stopping.wait()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds - FIRST_PAUSE):
            await case.nudge.wait()
