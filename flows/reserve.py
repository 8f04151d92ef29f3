"""
A flow run that is kept warm, for what an incident's own run does not begin in time.

Creating a flow run takes Prefect's server a moment, and a hundred at once take it
many; a task run inside a run that is there takes it none (ADR 0016).
"""

import asyncio
import contextvars
from collections.abc import Coroutine
from typing import Any


class Reserve:
    """The run in reserve, once it has begun; belongs to one event loop."""

    def __init__(self) -> None:
        self._context: contextvars.Context | None = None
        self._over: asyncio.Event | None = None

    @property
    def is_there(self) -> bool:
        """Whether a run is there to work in."""
        return self._context is not None

    def enter(self, context: contextvars.Context) -> asyncio.Event:
        """Take over from an earlier run; the event that is returned says when to end."""
        self.end()
        self._context = context
        self._over = asyncio.Event()
        return self._over

    def end(self) -> None:
        """Let the run end; what is under way in it goes on."""
        self._context = None
        if self._over is not None:
            self._over.set()

    async def do(self, work: Coroutine[Any, Any, None]) -> None:
        """
        Do something as a part of the run.

        Raises:
            RuntimeError: no run is there.
        """
        if self._context is None:
            work.close()
            raise RuntimeError("no run is in reserve")
        await asyncio.create_task(work, context=self._context.copy())
