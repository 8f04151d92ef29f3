"""
How the engine has workers do the work: it asks for runs, and does what no run begins.

Nothing here is needed for a message to go out in the end. A run that Prefect owes,
or whose worker dies, is overtaken; claims in the log make every overlap safe.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crisis.core.incident import Incident
from flows.case import Case
from flows.orchestrator import Health
from flows.presence import who_stays
from flows.room import Room

log = logging.getLogger("crisis.engine")

# How often it is looked whether a run gets on.
_LOOK = 0.2
# A run that is to begin at its moment may be so much earlier than anybody notices.
_POOL_LOOK = 5.0
_POOL_WITHIN = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The workers that Prefect sees, and what keeps them from taking runs, in words."""

    workers: tuple[str, ...] = ()
    trouble: str = ""


class Dispatch:
    """
    Ask workers to attend to incidents.

    `pool` is what was last seen of the workers, for `crisis status`.
    """

    def __init__(self, here: Room) -> None:
        self.pool = Pool()
        self._here = here
        self._asked: dict[str, datetime] = {}

    async def is_done(self, case: Case) -> bool:
        """Have a run do what is due; return False if none begins, or it stops, for too long."""
        here = self._here
        incident = await here.at_desk(here.incident, case)
        if await self._is_wanted(case) and not await self._ask(
            incident, key=f"{incident.id}@v{incident.version}"
        ):
            return False
        return await self._gets_done(case)

    async def ask_ahead(self, case: Case) -> None:
        """Have a run begin when the incident's next moment comes; once for each moment."""
        at = case.wake_at
        here = self._here
        if at is None or self._asked.get(case.incident) == at or self._is_gone:
            return
        if await here.at_desk(who_stays, here.world, case.incident) is not None:
            return  # it asks for its successor when it leaves
        incident = await here.at_desk(here.incident, case)
        if await self._ask(incident, key=wake_key(incident.id, at), at=at):
            self._asked[case.incident] = at

    async def watch(self) -> None:
        """Look after the work pool for ever; run as a task, end by cancelling it."""
        while True:
            if not self._is_gone:
                await self._look_at_pool()
            await asyncio.sleep(_POOL_LOOK)

    def told(self) -> dict[str, Any]:
        """Return what the heart tells of the workers."""
        return {"workers": list(self.pool.workers), "trouble": self.pool.trouble}

    @property
    def _is_gone(self) -> bool:
        return self._here.prefect.health is not Health.READY

    async def _look_at_pool(self) -> None:
        here = self._here
        try:
            async with asyncio.timeout(_POOL_WITHIN):
                found: Pool = await here.prefect.flows.look_at(here.world.settings.work_pool)
        except Exception as error:  # noqa: BLE001 -- Prefect may raise anything; the next look tells
            log.warning("the work pool cannot be looked at: %s", type(error).__name__)
            return
        if found.trouble and found != self.pool:
            log.error("Nothing is done by workers: %s", found.trouble)
        self.pool = found

    async def _is_wanted(self, case: Case) -> bool:
        """Return whether a run must be asked for: nobody is there, and nobody is to come."""
        here = self._here
        asked = self._asked.get(case.incident)
        patience = timedelta(seconds=here.world.settings.run_patience_s)
        if asked is not None and timedelta() <= here.now() - asked < patience:
            return False
        return await here.at_desk(who_stays, here.world, case.incident) is None

    async def _ask(self, incident: Incident, *, key: str, at: datetime | None = None) -> bool:
        here = self._here
        try:
            async with asyncio.timeout(here.world.settings.run_patience_s):
                await here.prefect.flows.ask(
                    incident,
                    pool=here.world.settings.work_pool,
                    key=key,
                    now=at or here.now(),
                    at=real_moment(here, at),
                )
        except Exception as error:  # noqa: BLE001 -- Prefect may raise anything; the work goes on
            name = type(error).__name__
            log.warning("incident %s: no run can be had: %s", incident.id, name)
            return False
        return True

    async def _gets_done(self, case: Case) -> bool:
        here = self._here
        loop = asyncio.get_running_loop()
        patience = here.world.settings.run_patience_s
        claimed, until = -1, loop.time() + patience
        while not here.stopping.is_set():
            looked = await here.look(case)
            if not looked.left and not looked.computes:
                return True
            now_claimed = _claimed(await here.at_desk(here.incident, case))
            if now_claimed > claimed:
                claimed, until = now_claimed, loop.time() + patience
            elif loop.time() >= until:
                return False
            await asyncio.sleep(_LOOK)
        return True


def wake_key(incident: str, at: datetime) -> str:
    """Return the key under which everybody asks for the run of one moment."""
    return f"{incident}@{at.isoformat()}"


def real_moment(here: Room, at: datetime | None) -> datetime | None:
    """Return when a moment of the house comes in real time; Prefect knows no other."""
    if at is None:
        return None
    return here.world.wall.now() + timedelta(seconds=here.world.real_seconds_until(at))


def _claimed(incident: Incident) -> int:
    return sum(len(obligation.attempts) for obligation in incident.obligations.values())
