"""
The dead-man's switch: the engine asks for an address as long as it really works.

Whoever keeps that address (healthchecks, Uptime Kuma, another machine) calls somebody
once the asking stops. So even the loss of the whole machine is noticed, which the
watcher beside the engine cannot do.
"""

import asyncio
import logging
import time
from datetime import datetime
from typing import Any

import httpx

from crisis.core.engine_id import name_of
from crisis.errors import CrisisError, without_words
from crisis.launch.deadman_status import BEATS
from flows.room import Room

log = logging.getLogger("crisis.engine")

# The engine's loop turns every second; one that has not for so long stands still.
STANDS_STILL_S = 15.0
_LOG_WITHIN_S = 5.0
_ANSWER_WITHIN_S = 5.0
OK = "ok"


class Deadman:
    """
    Ask for the address in a task of its own; nothing waits for it.

    Args:
        room: the engine's room.
        url: the address; empty for none. It is a secret and stands in no log.
        every_s: seconds between two requests.
    """

    def __init__(self, room: Room, *, url: str, every_s: float) -> None:
        self._room = room
        self._url = url
        self._every_s = every_s
        self._ticked_at = time.monotonic()
        self._succeeded_at: datetime | None = None
        self._said = ""

    def ticked(self) -> None:
        """Note that the engine's loop has turned."""
        self._ticked_at = time.monotonic()

    async def watch(self) -> None:
        """Run as a task; end by cancelling it."""
        if not self._url:
            return
        async with httpx.AsyncClient(trust_env=False, timeout=_ANSWER_WITHIN_S) as client:
            while True:
                try:
                    self._tell(await self._try(client))
                    await self._beat()
                except CrisisError:
                    pass  # the log's own watch says what is wrong
                except Exception as error:  # noqa: BLE001 -- the switch must outlive any mistake
                    log.error("The dead-man's switch: %s", without_words(error))  # noqa: TRY400 -- by its place, not its words
                await asyncio.sleep(self._every_s)

    async def _try(self, client: httpx.AsyncClient) -> str:
        """Return `ok`, or in a word why nobody was asked or did not answer."""
        if time.monotonic() - self._ticked_at > STANDS_STILL_S:
            return "engine-stands-still"
        if not await self._log_is_writable():
            return "log-not-writable"
        try:
            # The limits inside are per step; a server that trickles is not waited for.
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                answer = await client.get(self._url)
        except (TimeoutError, httpx.TimeoutException):
            return "timeout"
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            # Its words may hold the address.
            return type(error).__name__
        return OK if answer.is_success else str(answer.status_code)

    async def _log_is_writable(self) -> bool:
        try:
            async with asyncio.timeout(_LOG_WITHIN_S):
                return await self._room.at_desk(self._room.world.log.is_writable)
        except (TimeoutError, CrisisError):
            return False

    def _tell(self, code: str) -> None:
        if code == OK:
            self._succeeded_at = self._room.world.wall.now()
        if code != self._said:
            (log.info if code == OK else log.error)("Dead-man's switch: %s", code)
        self._said = code

    async def _beat(self) -> None:
        data: dict[str, Any] = {
            "every_s": self._every_s,
            "code": self._said,
            "succeeded_at": None if self._succeeded_at is None else self._succeeded_at.isoformat(),
        }
        world = self._room.world
        name = BEATS + name_of(self._room.desk.house.engine)
        await self._room.at_desk(world.log.beat, name, world.wall.now(), data)
