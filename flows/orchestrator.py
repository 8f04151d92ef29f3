"""
Prefect as the engine sees it: not there yet, ready, or gone.

Nothing here imports Prefect at the top: importing it takes seconds, and the first
message does not wait for it.
"""

import asyncio
import importlib
import logging
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from types import ModuleType

import httpx

from crisis.errors import without_words
from crisis.launch.collector import spare_what_is_loaded

log = logging.getLogger("crisis.engine")

# How long what was learned about Prefect counts, in seconds.
_TRUSTED = 0.5
_BRIEF = 0.25
_LONG = 2.0
_BETWEEN = 1.0
# So many long silences in a row count as gone; one may be a server that is only busy.
_SILENCES = 3


class Health(StrEnum):
    """What is known of Prefect; status pages show the word."""

    STARTING = "starting"
    READY = "ready"
    UNAVAILABLE = "unavailable"


Changed = Callable[[Health], Awaitable[None]]


class Orchestrator:
    """
    Watch Prefect in the background, and look briefly before it is relied on.

    While it is gone nobody asks it but the watch: a circuit breaker. `flows` are
    the modules that need Prefect, once they were imported from `door`.
    """

    def __init__(self, address: str, *, on_change: Changed, door: str = "flows.run") -> None:
        self.health = Health.STARTING
        self.reason = "starting"
        self._address = f"{address}/health"
        self._on_change = on_change
        self._door = door
        self._flows: ModuleType | None = None
        self._seen_at = 0.0
        self._silences = 0
        # No connection is kept: a server hangs up on an idle one just as it is used again.
        alone = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.AsyncClient(trust_env=False, limits=alone)

    @property
    def flows(self) -> ModuleType:
        """The module `flows.run`, once Prefect has been ready."""
        if self._flows is None:
            raise RuntimeError("Prefect was not imported yet")
        return self._flows

    async def watch(self) -> None:
        """
        Import Prefect, then look after it for ever; run as a task, end by cancelling it.

        Whatever goes wrong here holds no message up: all goes on without Prefect.
        """
        try:
            self._flows = await asyncio.to_thread(importlib.import_module, self._door)
        except Exception as error:  # noqa: BLE001 -- a package that is broken may raise anything
            self.health, self.reason = Health.UNAVAILABLE, type(error).__name__
            log.error("Prefect cannot be imported: %s", without_words(error))  # noqa: TRY400 -- by its place, not its words
            return
        spare_what_is_loaded()
        while True:
            try:
                await self._probe(_LONG)
            except Exception as error:  # noqa: BLE001 -- the watch must outlive any mistake
                log.error("The watch on Prefect: %s", without_words(error))  # noqa: TRY400 -- by its place, not its words
            await asyncio.sleep(_BETWEEN)

    async def is_ready(self) -> bool:
        """Return whether a flow may be called now; asks Prefect only if that is long ago."""
        if self.health is Health.READY and time.monotonic() - self._seen_at > _TRUSTED:
            await self._probe(_BRIEF)
        return self.health is Health.READY

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def _probe(self, within: float) -> None:
        try:
            answer = await self._client.get(self._address, timeout=within)
            answer.raise_for_status()
        except httpx.TimeoutException:
            # Busy, perhaps: a flow may be called, and is overtaken if it does not begin.
            self._silences += within >= _LONG
            if self._silences >= _SILENCES:
                await self._become(Health.UNAVAILABLE, "timeout")
        except httpx.HTTPStatusError as error:
            await self._become(Health.UNAVAILABLE, f"status {error.response.status_code}")
        except httpx.HTTPError as error:
            await self._become(Health.UNAVAILABLE, type(error).__name__)
        else:
            self._silences = 0
            self._seen_at = time.monotonic()
            await self._become(Health.READY, "")

    async def _become(self, health: Health, reason: str) -> None:
        if health is self.health:
            return
        if self.health is Health.STARTING and health is Health.UNAVAILABLE:
            # Its server starts beside us and takes longer; that is no fault yet.
            return
        log.warning("Prefect is %s %s", health, reason)
        self.health = health
        self.reason = reason
        await self._on_change(health)
