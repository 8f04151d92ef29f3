"""How many messages may be under way at once, over all incidents."""

import asyncio
from collections import deque

# A claim reads, plans and writes; one for every message that ends would be too many.
_PATIENCE = 0.01
# Nor is one claim for one message, where very many incidents wait.
_HANDFUL = 8


class Permits:
    """
    Give out and take back permits; belongs to one event loop.

    A crash leaves at most `size` messages whose fate is unknown (ADR 0001). Who
    waits is served in turn: no incident starves another.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._free = size
        self._line: deque[asyncio.Future[int]] = deque()
        self._patience: asyncio.TimerHandle | None = None

    @property
    def used(self) -> int:
        """How many are given out."""
        return self._size - self._free

    async def take(self) -> int:
        """
        Wait for free permits and return how many the caller got, at least one.

        Where few are free and more are about to be, it waits a moment for those.
        """
        turn: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        self._serve()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back(turn.result())
            raise

    def give_back(self, count: int) -> None:
        """Take permits back."""
        if count:
            self._free += count
            self._serve()

    def _serve(self) -> None:
        if not self._line or not self._free:
            return
        if self._free >= max(1, self._size // 2):
            self._hand_out()
        elif self._patience is None:
            loop = asyncio.get_running_loop()
            self._patience = loop.call_later(_PATIENCE, self._hand_out)

    def _hand_out(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        while self._line and self._free:
            turn = self._line.popleft()
            if turn.done():
                continue  # whoever waited there has gone
            waiting = 1 + len(self._line)
            share = min(self._free, max(_HANDFUL, self._free // waiting))
            self._free -= share
            turn.set_result(share)
