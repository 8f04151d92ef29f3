"""The engine's sign of life, with what it knows of itself."""

import asyncio
import contextlib
import logging
import socket
import time
from datetime import datetime, timedelta
from typing import Any

from crisis.core.engine_id import BEATS, name_of
from crisis.core.kept_time import TOLERANCE
from crisis.errors import CrisisError, without_words
from crisis.launch.namesake import Namesake
from crisis.launch.process import started
from flows.room import Room

log = logging.getLogger("crisis.engine")

_BEAT = 2.0
# How soon news is told; the clock of an exercise is moved by whoever reads this.
_NEWS = 0.1
_PASSING = frozenset({"in_flight", "seq", "wake_at"})


class Heart:
    """Beat every two seconds, and as soon as there is news."""

    def __init__(self, room: Room, *, pid: int) -> None:
        self._room = room
        self._pid = pid
        self._ticks = started(pid)
        self._host = socket.gethostname()
        self._id = room.desk.house.engine
        self._namesake = Namesake(self._id)
        self._looked_at = 0.0
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
        await self._look_around()
        now = self._room.now()
        data = self.data(now)
        # Who moves the clock of an exercise waits to hear that all is quiet at its moment.
        is_news = _lasting(data) != self._told or self._room.world.skipping is not None
        if is_news or time.monotonic() - self._told_at >= _BEAT:
            await self._beat({**data, "clock": now.isoformat()})
            self._told, self._told_at = _lasting(data), time.monotonic()

    async def farewell(self) -> None:
        """Say that this engine leaves, so that nobody misses it."""
        with contextlib.suppress(CrisisError):
            now = self._room.now()
            await self._beat({**self.data(now), "clock": now.isoformat(), "left": True})

    async def _look_around(self) -> None:
        """See whether somebody else beats under the same name; say so once."""
        if not self._told_at or time.monotonic() - self._looked_at < _BEAT:
            return
        self._looked_at = time.monotonic()
        beats = await self._room.at_desk(self._room.world.log.beats)
        beat = beats.get(BEATS + name_of(self._id))
        if beat is not None and self._namesake.saw(beat.data, at=self._looked_at):
            log.error("%s", self._namesake.words)

    def data(self, now: datetime) -> dict[str, Any]:
        """
        Return what `crisis status` and the demo read.

        `idle`: nothing is under way, and nothing is due at `now`, the house's moment;
        `seq`: the log's news up to there are known; `reserve`: a flow run stands by.
        """
        cases = tuple(self._room.cases.values())
        wakes = [case.wake_at for case in cases if case.wake_at is not None]
        busy = any(case.is_busy for case in cases) or any(wake <= now for wake in wakes)
        return {
            "id": self._id,
            "host": self._host,
            "pid": self._pid,
            "ticks": self._ticks,
            "clash": self._namesake.host,
            **self._clocks(),
            "prefect": self._room.prefect.health.value,
            "in_flight": self._room.permits.used,
            "open": sorted(case.incident for case in cases if not case.closed),
            "faults": {case.incident: case.trouble for case in cases if case.trouble},
            "wake_at": min(wakes).isoformat() if wakes else None,
            "seq": self._room.seen,
            "idle": not busy,
            "reserve": self._room.reserve.is_there,
            "launcher": self._room.world.settings.launcher,
            "providers": dict(self._room.world.breakers()),
            **(self._room.dispatch.told() if self._room.dispatch else {}),
        }

    def _clocks(self) -> dict[str, float]:
        wall = self._room.world.wall
        server = _worth_telling(wall.reference_off) if wall.has_reference else 0
        return {
            "ahead_s": wall.ahead.total_seconds(),
            "host_clock_off_s": _worth_telling(wall.host_off),
            "database_clock_off_s": server,
        }

    async def _beat(self, data: dict[str, Any]) -> None:
        world = self._room.world
        await self._room.at_desk(world.log.beat, BEATS + name_of(self._id), world.wall.now(), data)


def _lasting(data: dict[str, Any]) -> dict[str, Any]:
    """Return what is news if it changes; in a wave, how far it is changes all the time."""
    if data["idle"]:
        return data
    return {key: value for key, value in data.items() if key not in _PASSING}


def _worth_telling(off: timedelta) -> float:
    """Return whole seconds, 0 for what clocks differ by anyway: each change is news."""
    return round(off.total_seconds()) if abs(off) > TOLERANCE else 0
