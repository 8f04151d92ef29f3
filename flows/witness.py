"""Keeping the witness while the engine runs."""

import asyncio
import logging

from crisis.errors import CrisisError
from crisis.wiring.witness import Witness
from flows.room import Room

log = logging.getLogger("crisis.engine")

_EVERY = 2.0


async def keep(room: Room, witness: Witness) -> None:
    """Run as a task; end by cancelling it."""
    told, complained = -1, False
    while True:
        await asyncio.sleep(_EVERY)
        if room.seen == told:
            continue
        try:
            seen = room.seen
            await room.at_desk(witness.look)
            told, complained = seen, False
        except CrisisError as error:
            # Messages go out all the same; it is said once, not every two seconds.
            if not complained:
                log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not
            complained = True
