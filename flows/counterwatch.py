"""The engine looks back at the watcher: who watches must not fall silent unnoticed."""

import asyncio
import logging
import time

from crisis.errors import CrisisError
from crisis.launch.watcher_status import SILENT, last_look
from flows.room import Room

log = logging.getLogger("crisis.engine")

_EVERY_S = 10.0
# A house that was just started has no watcher yet.
_STARTING_S = 60.0


async def look_back(room: Room) -> None:
    """Log once when the watchers fall silent, and once when one is back; run as a task."""
    began = time.monotonic()
    silent = False
    while True:
        await asyncio.sleep(_EVERY_S)
        try:
            looked_at = last_look(await room.at_desk(room.world.watchers))
        except CrisisError:
            continue  # the log's own watch says what is wrong
        missing = looked_at is None or room.world.wall.now() - looked_at > SILENT
        if missing and looked_at is None and time.monotonic() - began < _STARTING_S:
            continue
        if missing and not silent:
            log.error(
                "The watcher is silent; start it with `python -m crisis.watch`,"
                " or see logs/watcher.log"
            )
        elif silent and not missing:
            log.info("The watcher is back")
        silent = missing
