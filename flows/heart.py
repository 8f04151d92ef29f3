"""The engine's sign of life, with what it knows of itself."""

import asyncio
import logging
import socket
import time
from datetime import datetime
from typing import Any

from crisis.core.engine_id import BEATS, name_of
from crisis.errors import CrisisError, without_words
from flows.room import Room

log = logging.getLogger("crisis.engine")

_BEAT = 2.0
# How soon news is told; the clock of an exercise is moved by whoever reads this.
_NEWS = 0.1


class Heart:
    """Beat every two seconds, and as soon as there is news."""

    def __init__(self, room: Room, *, pid: int) -> None:
        self._room = room
        self._pid = pid
        self._host = socket.gethostname()
        self._told: dict[str, Any] = {}
        self._told_at = 0.0

    async def beat_for_ever(self) -> None:
        """Run as a task; end by cancelling it."""
        while True:
            try:
                await self._beat_if_news()
            except CrisisError:
                pass  # the log's own watch says what is wrong
            except Exception as error:  # noqa: BLE001 -- the heart must outlive any mistake
                log.error("The heart: %s", without_words(error))  # noqa: TRY400 -- by its place, not its words
                await asyncio.sleep(_BEAT)
            await asyncio.sleep(_NEWS)

    async def _beat_if_news(self) -> None:
        now = self._room.now()
        data = self.data(now)
        # Who moves the clock of an exercise waits to hear that all is quiet at its moment.
        is_news = data != self._told or self._room.world.skipping is not None
        if is_news or time.monotonic() - self._told_at >= _BEAT:
            await self._beat({**data, "clock": now.isoformat()})
            self._told, self._told_at = data, time.monotonic()

    def data(self, now: datetime) -> dict[str, Any]:
        """
        Return what `crisis status` and the demo read.

        `idle`: nothing is under way, and nothing is due at `now`, the house's moment;
        `seq`: the log's news up to there are known.
        """
        cases = tuple(self._room.cases.values())
        wakes = [case.wake_at for case in cases if case.wake_at is not None]
        busy = any(case.is_busy for case in cases) or any(wake <= now for wake in wakes)
        return {
            "id": self._room.desk.house.engine,
            "host": self._host,
            "pid": self._pid,
            "prefect": self._room.prefect.health.value,
            "in_flight": self._room.permits.used,
            "open": sorted(case.incident for case in cases if not case.closed),
            "faults": {case.incident: case.fault for case in cases if case.fault},
            "wake_at": min(wakes).isoformat() if wakes else None,
            "seq": self._room.seen,
            "idle": not busy,
            "launcher": self._room.world.settings.launcher,
            **(self._room.dispatch.told() if self._room.dispatch else {}),
        }

    async def _beat(self, data: dict[str, Any]) -> None:
        world = self._room.world
        name = BEATS + name_of(self._room.desk.house.engine)
        await self._room.at_desk(world.log.beat, name, world.wall.now(), data)
