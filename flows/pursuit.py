"""
Pursue one incident: claim, have it carried out, claim again, until nothing is due.

The same loop runs with Prefect and without; only who carries is another.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from crisis.core.plan import Compute
from crisis.usecases.delivery import Delivery
from crisis.usecases.tick import Round
from flows.case import Case
from flows.room import Room

log = logging.getLogger("crisis.engine")

# Messages of one wave end almost together; one claim for all of them is enough.
_TOGETHER = 0.02
# What is due beyond so many messages at once goes out in chunks (architecture.md).
CROWD = 40


class Carrier(Protocol):
    """Carries claimed messages and computes reports, one way or the other."""

    async def deliver(self, deliveries: Sequence[Delivery], *, crowd: bool, more: bool) -> None:
        """Carry messages out; `crowd`: too many are due to name each; `more`: others follow."""
        ...

    async def compute(self, compute: Compute) -> None:
        """Compute a report."""
        ...


class Direct:
    """Carries without Prefect."""

    def __init__(self, room: Room, case: Case) -> None:
        self._room = room
        self._case = case

    async def deliver(self, deliveries: Sequence[Delivery], *, crowd: bool, more: bool) -> None:
        """Carry messages out, all at once."""
        del crowd, more
        await self._room.send_all(self._case, deliveries)

    async def compute(self, compute: Compute) -> None:
        """Compute a report."""
        await self._room.report(self._case, compute)


async def pursue(
    room: Room, case: Case, carrier: Callable[[], Carrier], *, stays: Callable[[], float] = float
) -> None:
    """
    Do everything that is due for an incident.

    Args:
        room: the engine's room.
        case: the incident's case; nobody else pursues it meanwhile.
        carrier: says for each round who carries it.
        stays: for how many more seconds to wait for news when nothing is due; 0 ends it.

    Raises:
        CrisisError: the log could not be read or written.
    """
    async with case.lock:
        await _Pursuit(room, case, carrier).run(stays)


class _Pursuit:
    def __init__(self, room: Room, case: Case, carrier: Callable[[], Carrier]) -> None:
        self._room = room
        self._case = case
        self._carrier = carrier
        self._under_way: set[asyncio.Task[None]] = set()
        self._computing: set[str] = set()
        self._computed: dict[str, int] = {}
        self._crowd = False

    async def run(self, stays: Callable[[], float]) -> None:
        try:
            while True:
                self._case.nudge.clear()
                more = not self._room.stopping.is_set() and await self._round()
                self._raise_failures()
                if more:
                    continue
                if self._under_way:
                    await self._case.nudge.wait()
                    await asyncio.sleep(_TOGETHER)
                elif not await self._news(stays()):
                    return
                else:
                    self._crowd = False
        finally:
            # What was claimed is carried out, also when the next claim failed.
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _round(self) -> bool:
        """Claim and start what is due; say whether more is due at once."""
        claimed = await self._room.claim(self._case)
        carrier = self._carrier()
        if claimed.deliveries:
            self._crowd = self._crowd or len(claimed.deliveries) + claimed.left > CROWD
            more = claimed.left > 0
            self._start(carrier.deliver(claimed.deliveries, crowd=self._crowd, more=more))
        for compute in claimed.computes:
            if self._is_wanted(compute, claimed):
                self._computing.add(compute.step)
                self._start(self._compute(carrier, compute))
        return claimed.left > 0

    def _is_wanted(self, compute: Compute, claimed: Round) -> bool:
        """Return whether a report is not under way, nor just done without any effect."""
        version = 0 if claimed.look is None else claimed.look.reached
        if compute.step in self._computing or self._computed.get(compute.step) == version:
            return False
        self._computed[compute.step] = version
        return True

    async def _compute(self, carrier: Carrier, compute: Compute) -> None:
        try:
            await carrier.compute(compute)
        finally:
            self._computing.discard(compute.step)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(lambda _: self._case.nudge.set())

    def _raise_failures(self) -> None:
        done = {task for task in self._under_way if task.done()}
        self._under_way -= done
        for task in done:
            task.result()

    async def _news(self, within: float) -> bool:
        """Wait for news for so many seconds; say whether there are any."""
        if within <= 0 or self._room.stopping.is_set():
            return False
        self._case.waiting = True
        try:
            async with asyncio.timeout(within):
                await self._case.nudge.wait()
        except TimeoutError:
            return False
        finally:
            self._case.waiting = False
        return True


async def gather_all(works: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Let all finish, then raise the first failure: one bad message must not stop the others."""
    results = await asyncio.gather(*works, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
