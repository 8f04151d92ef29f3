"""Claimed messages that are carried out together, in threads."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from threading import Lock

from crisis.core.backlog import Carried
from crisis.usecases.delivery import Delivery

Told = Callable[[Sequence[Delivery]], None]
Send = Callable[[Delivery], Carried]
HandOver = Callable[[Carried, Callable[[BaseException | None], None]], None]


class Consignment:
    """
    Carries messages out in threads, each on its own, and waits until all are recorded.

    A thread that wakes the loop for each message costs more than the message: what
    has ended meanwhile is told at once, by a call of `carried` in the loop's thread.
    """

    def __init__(self, deliveries: Sequence[Delivery], carried: Told) -> None:
        self._deliveries = tuple(deliveries)
        self._carried = carried
        self._loop = asyncio.get_running_loop()
        self._done: asyncio.Future[None] = self._loop.create_future()
        self._lock = Lock()
        self._ended: list[Delivery] = []
        self._left = len(self._deliveries)
        self._failure: BaseException | None = None

    async def by(self, threads: Executor, send: Send, hand_over: HandOver) -> None:
        """
        Have every message sent and its outcome recorded, then raise the first failure.

        Who is cancelled while waiting leaves the messages under way; they end all the same.

        Args:
            threads: what sends.
            send: sends one message; called in a thread.
            hand_over: keeps the outcome, and calls back once it is stored.
        """
        for delivery in self._deliveries:
            threads.submit(self._send, send, hand_over, delivery)
        if self._deliveries:
            await asyncio.shield(self._done)

    def _send(self, send: Send, hand_over: HandOver, delivery: Delivery) -> None:
        try:
            carried = send(delivery)
        except BaseException as error:  # noqa: BLE001 -- told to whoever waits
            self._end(delivery, error)
        else:
            hand_over(carried, partial(self._end, delivery))

    def _end(self, delivery: Delivery, failure: BaseException | None) -> None:
        with self._lock:
            self._failure = self._failure or failure
            self._ended.append(delivery)
            # Only the first of those that were not collected yet wakes the loop.
            first = len(self._ended) == 1
        if first:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
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
