"""
The flow of an incident's hot phase.

One run stays while something is due soon or answers come in: a task run needs no
round trip to Prefect's server, so that a busy server holds up no message.
"""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Sequence
from typing import Any

from prefect import flow
from prefect.runtime import flow_run

from crisis.core.plan import Compute
from crisis.usecases.tick import Delivery
from flows.case import Case, begins
from flows.check_in import check_in
from flows.contact import carry, report
from flows.naming import phase_of, run_name
from flows.orchestrator import Health
from flows.parcel import Parcel
from flows.pursuit import Carrier, Direct, gather_all, pursue
from flows.reflection import reflection
from flows.room import Room, room

# Runs of check-ins and reports get so many seconds to tell Prefect that they are done.
_FAREWELL = 5.0


def _name() -> str:
    seen = room().cases[str((flow_run.parameters or {})["incident"])].seen
    return run_name(seen, phase_of(seen), now=room().now())


@flow(name="respond", flow_run_name=_name, persist_result=False, validate_parameters=False)
async def respond(incident: str) -> None:
    """Pursue an incident while it is hot."""
    here = room()
    case = here.cases[incident]
    by_tasks = ByTasks(here, case)
    direct = Direct(here, case)
    case.enter_flow()
    failure = None

    def carrier() -> Carrier:
        return by_tasks if here.prefect.health is Health.READY else direct

    try:
        await pursue(here, case, carrier, stays=lambda: stays(here, case))
    except Exception as error:
        failure = error
        raise
    finally:
        case.leave_flow(failure)
        await by_tasks.farewell()


def stays(here: Room, case: Case) -> float:
    """Return for how many more real seconds an incident is hot if nothing happens."""
    settings = here.world.settings
    if case.wake_at is None:
        return settings.linger_s
    if (case.wake_at - here.now()).total_seconds() > settings.hot_window_s:
        return settings.linger_s
    # The engine nudges when the moment has come; this is only so long that it is not missed.
    return here.world.real_seconds_until(case.wake_at) + settings.linger_s


class ByTasks:
    """Carries in Prefect's task runs, check-ins and reports in flow runs of their own."""

    def __init__(self, here: Room, case: Case) -> None:
        self._room = here
        self._case = case
        self._calls: set[asyncio.Task[None]] = set()

    async def deliver(self, deliveries: Sequence[Delivery], *, crowd: bool) -> None:
        """Carry messages out; a check-in's in a flow run of its own."""
        check_ins: dict[str, list[Delivery]] = defaultdict(list)
        others: list[Delivery] = []
        for delivery in deliveries:
            (check_ins[delivery.step] if self._is_check_in(delivery) else others).append(delivery)
        works = [self._check_in(step, those, crowd=crowd) for step, those in check_ins.items()]
        await gather_all([carry(self._case, others, crowd=crowd), *works])

    async def compute(self, compute: Compute) -> None:
        """Compute a report in a flow run of its own."""
        parcel = Parcel()
        number = self._case.lay_down(parcel)
        call = reflection(self._case.incident, compute.step, compute.status, number)
        if await self._taken(parcel, call):
            await parcel.done
        else:
            await report(self._case.incident, compute.step, compute.status)

    async def farewell(self) -> None:
        """Let the runs that were called from here tell Prefect that they are done."""
        if self._calls:
            await asyncio.wait(self._calls, timeout=_FAREWELL)

    async def _check_in(self, step: str, deliveries: Sequence[Delivery], *, crowd: bool) -> None:
        parcel = Parcel(deliveries, crowd=crowd)
        number = self._case.lay_down(parcel)
        if await self._taken(parcel, check_in(self._case.incident, step, number)):
            await parcel.done
        else:
            await carry(self._case, deliveries, crowd=crowd)

    async def _taken(self, parcel: Parcel, call: Coroutine[Any, Any, None]) -> bool:
        """Call a flow; return whether it took the parcel in time. If not, the caller has it."""
        called = self._case.call(call)
        self._calls.add(called)
        called.add_done_callback(self._calls.discard)
        patience = self._room.world.settings.prefect_patience_s
        return await begins(parcel.taken, called, within=patience) or not parcel.take()

    def _is_check_in(self, delivery: Delivery) -> bool:
        # An ask outside the playbook may be younger than what was seen; it is no check-in.
        steps = self._case.seen.step_by_id if self._case.seen else {}
        return delivery.step in steps and steps[delivery.step].check_in
