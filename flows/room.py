"""What everything in the engine's process shares; flows find it by context, not by parameter."""

import asyncio
import contextlib
import contextvars
import functools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, ParamSpec, Protocol, TypeVar

from crisis.core.incident import Incident
from crisis.core.plan import Compute
from crisis.usecases.delivery import Delivery
from crisis.usecases.outcomes import send
from crisis.usecases.reports import draft
from crisis.usecases.tick import Round, claim
from crisis.wiring import World
from flows.case import Case
from flows.consignment import Consignment
from flows.orchestrator import Orchestrator
from flows.permits import Permits
from flows.recorder import Recorder
from flows.reserve import Reserve

P = ParamSpec("P")
T = TypeVar("T")

# Reading and planning; sending has threads of its own, so that a slow provider delays no plan.
_DESK_THREADS = 4
# A hundred flow runs called at once all begin late; few at a time begin in 0.2 s each.
CALLS = 4


class Dispatcher(Protocol):
    """Has workers do the work, where flows run as deployments."""

    async def is_done(self, case: Case) -> bool:
        """Have what is due done; return False if nobody does it in time."""
        ...

    async def ask_ahead(self, case: Case) -> None:
        """Have somebody there when the incident's next moment comes."""
        ...

    def told(self) -> dict[str, Any]:
        """Return what the heart tells of the workers."""
        ...


class Room:
    """
    The world, the window of permits, the threads and the cases of one engine.

    `seen` is the `seq` up to which the cases were told of the log's news.
    `calls` bounds the flow runs that were called and have not begun.
    `rescheduled` is set when a case is to be looked at earlier or later than before.
    `dispatch` is there where workers do the work. `reserve` is a flow run that is kept
    warm for incidents whose own does not begin in time.
    """

    def __init__(self, world: World, prefect: Orchestrator) -> None:
        self.world = world
        self.prefect = prefect
        self.desk = world.desk
        self.permits = Permits(world.settings.in_flight)
        self.cases: dict[str, Case] = {}
        self.seen = 0
        self.stopping = asyncio.Event()
        self.rescheduled = asyncio.Event()
        self.calls = asyncio.Semaphore(CALLS)
        self.dispatch: Dispatcher | None = None
        self.reserve = Reserve()
        self.recorder = Recorder(self.desk)
        self._senders = ThreadPoolExecutor(world.settings.in_flight, thread_name_prefix="send")
        self._clerks = ThreadPoolExecutor(_DESK_THREADS, thread_name_prefix="desk")

    def now(self) -> datetime:
        """Return the house's moment."""
        return self.desk.house.clock.now()

    def incident(self, case: Case) -> Incident:
        """Return the incident as it was last read in this process, or read it."""
        return self.desk.incidents.current(case.incident)

    async def at_desk(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something that reads or writes the log, in a thread."""
        call = functools.partial(work, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._clerks, call)

    async def look(self, case: Case) -> Round:
        """Record the facts that are due, claim nothing, and note when to look again."""
        await self._leave_alone(case)
        looked = await self.at_desk(self._claim, case.incident, room=0)
        self._looked(case, looked)
        return looked

    async def claim(self, case: Case) -> Round:
        """Claim what is due, as far as the window allows, and keep it for who carries it out."""
        await self._leave_alone(case)
        share = await self.permits.take()
        claimed = Round()
        try:
            claimed = await self.at_desk(self._claim, case.incident, room=share)
        finally:
            self.permits.give_back(share - len(claimed.deliveries))
        self._looked(case, claimed)
        case.keep(claimed.deliveries)
        return claimed

    async def send(self, case: Case, delivery: Delivery, *, run: str = "") -> None:
        """Carry one claimed message out; see `send_all`."""
        await self.send_all(case, (delivery,), run=run)

    async def send_all(self, case: Case, deliveries: Sequence[Delivery], *, run: str = "") -> None:
        """
        Carry claimed messages out and give their permits back once the outcomes are stored.

        Or, once it is certain that the log will never take them.
        """

        def carried(those: Sequence[Delivery]) -> None:
            case.drop(those)
            self.permits.give_back(len(those))
            case.nudge.set()

        case.begin(deliveries)
        work = functools.partial(send, self.desk, run=run)
        await Consignment(deliveries, carried).by(self._senders, work, self.recorder.hand_over)

    async def report(self, case: Case, compute: Compute, *, run: str = "") -> None:
        """Compute a reflection report from the log and record that it was."""
        await self.at_desk(draft, self.desk, case.incident, status=compute.status, run=run)

    def _claim(self, incident: str, *, room: int) -> Round:
        # What is known here must not be taken for lost by a plan of our own.
        self.recorder.catch_up()
        return claim(self.desk, incident, room=room)

    async def _leave_alone(self, case: Case) -> None:
        """Wait while an incident does not move; whoever writes, or its next moment, ends that."""
        pause = case.standstill.pause_s
        if not pause:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                while True:
                    case.nudge.clear()
                    if self.stopping.is_set() or await self._has_news(case):
                        return
                    await case.nudge.wait()

    async def _has_news(self, case: Case) -> bool:
        last = case.standstill.last
        incident = await self.at_desk(self.incident, case)
        return last is None or last.is_news(version=incident.version, now=self.now())

    def _looked(self, case: Case, found: Round) -> None:
        if found.look is not None:
            case.looked(found.look)
        case.wake_at = found.wake_at
        self.rescheduled.set()

    def close(self) -> None:
        """Let the threads end; what they send or write is finished first."""
        self._senders.shutdown()
        self.recorder.close()
        self._clerks.shutdown()


_ROOM: contextvars.ContextVar[Room] = contextvars.ContextVar("room")


def enter(room: Room) -> None:
    """Make a room known to everything that is started from here."""
    _ROOM.set(room)


def room() -> Room:
    """Return the room this code runs in."""
    return _ROOM.get()
