"""Claimed work that is handed to a flow, and taken back if the flow does not begin in time."""

import asyncio
from collections.abc import Awaitable, Callable


class Parcel:
    """
    Work for whoever takes it first; there is one winner.

    `carry` does it. `taken` is set by the winner, `done` by a flow that won and has finished.
    """

    def __init__(self, carry: Callable[[], Awaitable[None]]) -> None:
        self.carry = carry
        self.taken = asyncio.Event()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def take(self) -> bool:
        """Take the work; False if somebody else was faster."""
        if self.taken.is_set():
            return False
        self.taken.set()
        return True

    async def unpack(self) -> None:
        """Do the work in the flow that it was handed to, unless the caller lost patience."""
        if not self.take():
            return
        try:
            await self.carry()
        except Exception as error:
            self.finish(error)
            raise
        self.finish()

    def finish(self, error: BaseException | None = None) -> None:
        """Tell whoever handed the work over how it went."""
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)
