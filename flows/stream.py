"""
Claimed messages of one step that one task run carries out, window after window.

A task run costs some milliseconds here and more in Prefect's server: too much for
each of a thousand partners, and for each window of them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from crisis.usecases.delivery import Delivery

# So many partners make one task run; its state then tells how far a large wave is.
FULL = 250

CarryAll = Callable[[Sequence[Delivery]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Window:
    deliveries: Sequence[Delivery]
    done: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    async def carry(self, carry_all: CarryAll) -> None:
        try:
            await carry_all(self.deliveries)
        except Exception as error:  # noqa: BLE001 -- told to whoever added the window
            self.done.set_exception(error)
        else:
            self.done.set_result(None)


class Stream:
    """
    Windows of one step's messages on their way to the task run that carries them out.

    `part` counts the step's streams.
    """

    def __init__(self, step: str, part: int) -> None:
        self.step = step
        self.part = part
        self._count = 0
        self._closed = False
        self._windows: list[_Window] = []
        self._news = asyncio.Event()

    @property
    def is_full(self) -> bool:
        """Whether the next window belongs into a stream of its own."""
        return self._closed or self._count >= FULL

    def add(self, deliveries: Sequence[Delivery]) -> asyncio.Future[None]:
        """Add a window; the future is done when its messages have been carried out."""
        window = _Window(tuple(deliveries))
        self._count += len(deliveries)
        self._windows.append(window)
        self._news.set()
        return window.done

    def close(self) -> None:
        """Say that no further window comes."""
        self._closed = True
        self._news.set()

    async def carry(self, carry_all: CarryAll) -> None:
        """
        Carry every window out as it comes, until the stream is closed.

        May be called again by somebody else where the first one failed.
        """
        under_way: set[asyncio.Task[None]] = set()
        while True:
            self._news.clear()
            windows, self._windows = self._windows, []
            under_way |= {asyncio.create_task(each.carry(carry_all)) for each in windows}
            if self._closed and not self._windows:
                break
            await self._news.wait()
        if under_way:
            await asyncio.wait(under_way)
