"""
The flow of an incident's hot phase.

One run stays while something is due soon or answers come in: a task run needs no
round trip to Prefect's server, so that a busy server holds up no message.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from prefect import flow
from prefect.runtime import flow_run

from crisis.core.plan import Compute
from crisis.usecases.delivery import Delivery
from flows.case import Case, begins
from flows.check_in import check_in
from flows.contact import carry, carry_stream, report
from flows.naming import phase_of, run_name
from flows.orchestrator import Health
from flows.parcel import Parcel
from flows.pursuit import Carrier, Direct, gather_all, pursue
from flows.reflection import reflection
from flows.review import review
from flows.room import Room, room
from flows.stream import Stream

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
    """Carries in task runs; check-ins, reviews and reports in flow runs of their own."""

    def __init__(self, here: Room, case: Case) -> None:
        self._room = here
        self._case = case
        self._calls: set[asyncio.Task[None]] = set()
        self._streams: dict[str, Stream] = {}

    async def deliver(self, deliveries: Sequence[Delivery], *, crowd: bool, more: bool) -> None:
        """Carry messages out; a check-in's and a review's in a flow run of its own."""
        by_step: dict[str, list[Delivery]] = defaultdict(list)
        for delivery in deliveries:
            by_step[delivery.step].append(delivery)
        if crowd:
            windows = [self._stream(step, those) for step, those in by_step.items()]
            if not more:
                self._close_streams()
            await gather_all(windows)
        else:
            await gather_all([self._carry(step, those) for step, those in by_step.items()])

    async def compute(self, compute: Compute) -> None:
        """Compute a report in a flow run of its own."""
        incident, step, status = self._case.incident, compute.step, compute.status
        parcel = Parcel(lambda: report(incident, step, status))
        await self._in_flow(parcel, reflection(incident, step, status, self._lay_down(parcel)))

    async def farewell(self) -> None:
        """Let the runs that were called from here tell Prefect that they are done."""
        self._close_streams()
        if self._calls:
            await asyncio.wait(self._calls, timeout=_FAREWELL)

    async def _carry(self, step: str, deliveries: Sequence[Delivery]) -> None:
        await self._of_step(step, lambda: carry(self._case, deliveries))

    async def _stream(self, step: str, deliveries: Sequence[Delivery]) -> None:
        """Carry one window out in the step's open stream, or in a new one."""
        stream = self._streams.get(step)
        if stream is None or stream.is_full:
            part = 1 if stream is None else stream.part + 1
            if stream is not None:
                stream.close()
            opened = stream = self._streams[step] = Stream(step, part)
            run = self._call(self._of_step(step, lambda: carry_stream(self._case, opened)))
            run.set_name(f"{self._case.incident} {step} {stream.part}")
        await stream.add(deliveries)

    async def _of_step(self, step: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do a step's work here, or in a flow run of its own: a check-in's, a review's."""
        flow_of_its_own = self._flow_of(step)
        if flow_of_its_own is None:
            await work()
            return
        parcel = Parcel(work)
        call = flow_of_its_own(self._case.incident, step, self._lay_down(parcel))
        await self._in_flow(parcel, call)

    async def _in_flow(self, parcel: Parcel, call: Coroutine[Any, Any, None]) -> None:
        """Have a flow do the work; do it here if the flow does not take it in time."""
        called = self._call(call)
        patience = self._room.world.settings.prefect_patience_s
        if await begins(parcel.taken, called, within=patience) or not parcel.take():
            await parcel.done
        else:
            await parcel.carry()

    def _call(self, call: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        called = self._case.call(call)
        self._calls.add(called)
        called.add_done_callback(self._calls.discard)
        return called

    def _lay_down(self, parcel: Parcel) -> int:
        return self._case.lay_down(parcel)

    def _close_streams(self) -> None:
        for stream in self._streams.values():
            stream.close()

    def _flow_of(self, step: str) -> Callable[[str, str, int], Coroutine[Any, Any, None]] | None:
        seen = self._case.seen
        # An ask outside the playbook may be younger than what was seen; it is no check-in.
        if seen is None or step not in seen.step_by_id:
            return None
        if seen.opened.review_of:
            return review
        return check_in if seen.step_by_id[step].check_in else None
