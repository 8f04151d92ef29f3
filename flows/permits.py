"""How many messages may be under way at once, over all incidents."""

import asyncio

# A claim reads, plans and writes; one for every message that ends would be too many.
_PATIENCE = 0.1


class Permits:
    """
    Give out and take back permits; belongs to one event loop.

    A crash leaves at most `size` messages whose fate is unknown (ADR 0001).
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._free = size
        self._waiting = 0
        self._returned = asyncio.Condition()

    @property
    def used(self) -> int:
        """How many are given out."""
        return self._size - self._free

    async def take(self) -> int:
        """
        Wait for free permits and return how many the caller got, at least one.

        Who comes while others wait gets a share, so that no incident starves another.
        """
        self._waiting += 1
        try:
            async with self._returned:
                await self._returned.wait_for(lambda: self._free > 0)
                if self._free < self._size // 2:
                    await self._gather()
                share = max(1, self._free // self._waiting)
                self._free -= share
                return share
        finally:
            self._waiting -= 1

    async def give_back(self, count: int) -> None:
        """Take permits back."""
        if count:
            async with self._returned:
                self._free += count
                self._returned.notify_all()

    async def _gather(self) -> None:
        enough = self._size // 2
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._returned.wait_for(lambda: self._free >= enough)
        except TimeoutError:
            # Somebody else may have taken the last one meanwhile.
            await self._returned.wait_for(lambda: self._free > 0)
