"""Claimed messages that are carried out together, in threads."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from threading import Lock

from crisis.usecases.tick import Delivery

Carried = Callable[[Sequence[Delivery]], None]


class Consignment:
    """
    Carries messages out in threads, each on its own, and waits for all.

    A thread that wakes the loop for each message costs more than the message: what
    has ended meanwhile is told at once, by a call of `carried` in the loop's thread.
    """

    def __init__(self, deliveries: Sequence[Delivery], carried: Carried) -> None:
        self._deliveries = tuple(deliveries)
        self._carried = carried
        self._loop = asyncio.get_running_loop()
        self._done: asyncio.Future[None] = self._loop.create_future()
        self._lock = Lock()
        self._ended: list[Delivery] = []
        self._left = len(self._deliveries)
        self._failure: BaseException | None = None

    async def by(self, threads: Executor, work: Callable[[Delivery], object]) -> None:
        """
        Have every message carried out, then raise the first failure.

        Who is cancelled while waiting leaves the messages under way; they end all the same.
        """
        for delivery in self._deliveries:
            threads.submit(self._carry, work, delivery)
        if self._deliveries:
            await asyncio.shield(self._done)

    def _carry(self, work: Callable[[Delivery], object], delivery: Delivery) -> None:
        failure = None
        try:
            work(delivery)
        except BaseException as error:  # noqa: BLE001 -- told to whoever waits
            failure = error
        with self._lock:
            self._failure = self._failure or failure
            self._ended.append(delivery)
            # Only the first of those that were not collected yet wakes the loop.
            first = len(self._ended) == 1
        if first:
            self._loop.call_soon_threadsafe(self._collect)

    def _collect(self) -> None:
        with self._lock:
            ended, self._ended = self._ended, []
        self._left -= len(ended)
        self._carried(ended)
        if not self._left and not self._done.done():
            if self._failure is None:
                self._done.set_result(None)
            else:
                self._done.set_exception(self._failure)
