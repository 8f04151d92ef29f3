"""One open incident at work in this process."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from datetime import datetime
from typing import Any

from crisis.core.incident import Incident
from crisis.core.standstill import Look, Standstill
from crisis.usecases.delivery import Delivery
from flows.parcel import Parcel

log = logging.getLogger("crisis.engine")

Claim = tuple[str, str, int]
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0


class Case:
    """
    What the engine keeps of an incident beyond its log: who works on it, and when to look again.

    `nudge` is set whenever something may have become due. `lock` is held by whoever
    pursues it, `waiting` while that one has nothing to do. `awaited`: a flow run was
    called and has not begun. `in_flow`: a flow run is in charge and needs no other.
    `seen` is the incident as it was when the last flow run was called.
    """

    def __init__(self, incident: str) -> None:
        self.incident = incident
        self.nudge = asyncio.Event()
        self.lock = asyncio.Lock()
        self.marking = asyncio.Lock()
        self.begun = asyncio.Event()
        self.left = asyncio.Event()
        self.awaited = False
        self.in_flow = False
        self.waiting = False
        self.closed = False
        self.seen: Incident | None = None
        self.worker: asyncio.Task[None] | None = None
        self.releasing: asyncio.Task[None] | None = None
        self.calls: set[asyncio.Task[None]] = set()
        self.wake_at: datetime | None = None
        self.fault = ""
        self.error: Exception | None = None
        self.pause = FIRST_PAUSE
        self.standstill = Standstill()
        self._claimed: dict[Claim, Delivery] = {}
        self._begun: set[Claim] = set()
        self._parcels: dict[int, Parcel] = {}
        self._last_parcel = 0

    @property
    def is_over(self) -> bool:
        """Whether the incident was closed and nobody holds the case any more."""
        return self.closed and not self.calls and not self.at_work

    @property
    def at_work(self) -> bool:
        """Whether somebody attends to the incident, even if only to wait."""
        return self.lock.locked() or self.worker is not None

    @property
    def is_busy(self) -> bool:
        """Whether something is under way or about to be."""
        if self.nudge.is_set() or (self.lock.locked() and not self.waiting):
            return True
        return self.worker is not None and not self.in_flow

    def keep(self, deliveries: Sequence[Delivery]) -> None:
        """Keep claimed messages for the task that will carry them out; it knows only their ids."""
        self._claimed.update({(d.step, d.partner, d.n): d for d in deliveries})

    def kept(self, claim: Claim) -> Delivery:
        """Return a claimed message."""
        return self._claimed[claim]

    def begin(self, deliveries: Sequence[Delivery]) -> None:
        """Note that messages are being carried out."""
        self._begun.update((d.step, d.partner, d.n) for d in deliveries)

    def untouched(self, deliveries: Sequence[Delivery]) -> tuple[Delivery, ...]:
        """Return those of some claimed messages that nobody has begun to carry out."""
        return tuple(
            d
            for d in deliveries
            if (claim := (d.step, d.partner, d.n)) in self._claimed and claim not in self._begun
        )

    def drop(self, deliveries: Sequence[Delivery]) -> None:
        """Forget messages that were carried out."""
        for delivery in deliveries:
            self._claimed.pop((delivery.step, delivery.partner, delivery.n), None)
            self._begun.discard((delivery.step, delivery.partner, delivery.n))

    def lay_down(self, parcel: Parcel) -> int:
        """Lay work down for a flow or task that knows only its number, and return that."""
        self._last_parcel += 1
        self._parcels[self._last_parcel] = parcel
        return self._last_parcel

    def pick_up(self, number: int) -> Parcel:
        """Return the work of this number; it lies there once."""
        return self._parcels.pop(number)

    def enter_flow(self) -> None:
        """Say that a flow run has begun its work and is in charge from now on."""
        self.awaited = False
        self.in_flow = True
        self.error = None
        self.left.clear()
        self.begun.set()

    def call_ended(self) -> None:
        """Say that no called flow run is still to begin."""
        self.awaited = False

    def leave_flow(self, error: Exception | None) -> None:
        """Say that the flow run's work is over."""
        self.in_flow = False
        self.error = error
        self.left.set()

    def call(self, flow_call: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Call a flow beside everything else; its failure is written down, not raised."""

        async def called() -> None:
            try:
                await flow_call
            except Exception as error:  # noqa: BLE001 -- Prefect may raise anything; the work goes on
                name = type(error).__name__
                log.warning("incident %s: a flow run ended with %s", self.incident, name)

        task = asyncio.create_task(called())
        self.calls.add(task)
        task.add_done_callback(self.calls.discard)
        return task

    def failed(self, error: BaseException) -> float:
        """Note a failure and return for how many seconds to leave the incident alone."""
        pause, self.pause = self.pause, min(2 * self.pause, LONGEST_PAUSE)
        # The words of an exception may quote what must not be in a log or on a page.
        self.fault = f"{type(error).__name__}, again in {pause:g} s"
        return pause

    def looked(self, look: Look) -> None:
        """Note what a look found; an incident that does not move is written down, once."""
        moved = not self.standstill.pause_s
        self.standstill = self.standstill.after(look)
        if moved and self.standstill.pause_s:
            log.error(
                "incident %s does not move: the same is due at every look, and nothing comes of"
                " it; it is looked at more and more rarely, and at once when somebody writes."
                " Report this as a mistake in crisis.",
                self.incident,
            )

    @property
    def trouble(self) -> str:
        """What is wrong with it, for status pages; empty if nothing is."""
        if self.fault or not self.standstill.pause_s:
            return self.fault
        return f"does not move, looked at every {self.standstill.pause_s:g} s"

    def recovered(self) -> None:
        """Note that all is well again."""
        self.fault = ""
        self.pause = FIRST_PAUSE


async def begins(begun: asyncio.Event, called: asyncio.Task[None], *, within: float) -> bool:
    """Return whether a called flow has begun its work within so many seconds."""
    waiting = asyncio.ensure_future(begun.wait())
    await asyncio.wait({waiting, called}, timeout=within, return_when="FIRST_COMPLETED")
    waiting.cancel()
    return begun.is_set()
