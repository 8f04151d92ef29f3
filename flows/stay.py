"""One run's stay at an incident, in a worker's process: the engine's work for one incident."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime

from prefect import tags

from crisis.errors import CrisisError
from flows import presence
from flows.case import Case
from flows.dispatch import real_moment, wake_key
from flows.naming import tags_of
from flows.orchestrator import Health
from flows.pool import ask
from flows.presence import Presence
from flows.pursuit import Carrier, Direct, pursue
from flows.respond import ByTasks, stays
from flows.room import Room
from flows.sweep import engine_tag

log = logging.getLogger("crisis.run")

_LOOK = 1.0
_NEWS_WITHIN = 1.0
_ASK_WITHIN = 10.0


class Stay:
    """Attend to one incident while it is hot, unless an earlier run already does."""

    def __init__(self, here: Room, incident: str, *, run: str) -> None:
        self._here = here
        self._case = here.cases[incident] = Case(incident)
        self._mine = Presence(run=run, since=here.world.wall.now().isoformat())
        self._left = asyncio.Event()
        self._outranked = False
        self._by_tasks = ByTasks(here, self._case)
        self._direct = Direct(here, self._case)

    async def run(self) -> None:
        """
        Do what is due, stay while more is near, and have the next run scheduled.

        Raises:
            CrisisError: the log could not be read or written.
        """
        here, case = self._here, self._case
        other = await here.at_desk(presence.who_stays, here.world, case.incident)
        if other is not None and other.run != self._mine.run:
            return
        await self._say(stays=True)
        case.seen = await here.at_desk(here.incident, case)
        beside = [
            asyncio.create_task(work)
            for work in (self._hear_news(), self._keep_time(), self._beat())
        ]
        try:
            with tags(*tags_of(case.seen, engine=engine_tag())):
                await self._work()
        finally:
            self._left.set()
            case.nudge.set()
            here.rescheduled.set()
            await asyncio.gather(*beside, return_exceptions=True)
            await self._by_tasks.farewell()
        await ask_for_next(here, case)

    async def catch_up(self) -> None:
        """
        Do what is due now and do not stay; leave it to the run that stays, if there is one.

        Raises:
            CrisisError: the log could not be read or written.
        """
        here, case = self._here, self._case
        if await here.at_desk(presence.who_stays, here.world, case.incident) is not None:
            return
        case.seen = await here.at_desk(here.incident, case)
        looked = await here.look(case)
        if looked.left or looked.computes:
            with tags(*tags_of(case.seen, engine=engine_tag())):
                await pursue(here, case, self._carrier)
            await self._by_tasks.farewell()
        await ask_for_next(here, case)

    async def _work(self) -> None:
        here, case = self._here, self._case
        while True:
            await pursue(here, case, self._carrier, stays=self._stays)
            if self._outranked or here.stopping.is_set():
                return
            # First say so, then look again: news that came between is nobody's otherwise.
            await self._say(stays=False)
            looked = await here.look(case)
            if not looked.left and not looked.computes:
                return
            await self._say(stays=True)

    def _carrier(self) -> Carrier:
        return self._by_tasks if self._here.prefect.health is Health.READY else self._direct

    def _stays(self) -> float:
        return 0.0 if self._outranked else stays(self._here, self._case)

    async def _say(self, *, stays: bool) -> None:
        here = self._here
        self._mine = replace(self._mine, stays=stays)
        await here.at_desk(presence.say, here.world, self._case.incident, self._mine)

    async def _beat(self) -> None:
        here, case = self._here, self._case
        while not await self._is_over(within=presence.BEAT):
            try:
                other = await here.at_desk(presence.who_stays, here.world, case.incident)
                if presence.outranks(other, self._mine):
                    self._outranked = True
                    case.nudge.set()
                    return
                if not self._left.is_set():
                    await self._say(stays=self._mine.stays)
            except CrisisError as error:
                log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not

    async def _hear_news(self) -> None:
        """Nudge when the log has news of the incident."""
        world, case = self._here.world, self._case
        seen = 0
        while not self._left.is_set():
            try:
                last = await asyncio.to_thread(world.log.wait_for_change, seen, _NEWS_WITHIN)
                if last > seen:
                    changed = await asyncio.to_thread(world.log.changed_since, seen)
                    seen = last
                    if case.incident in changed:
                        case.nudge.set()
            except CrisisError as error:
                log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not
                await self._is_over(within=_LOOK)

    async def _keep_time(self) -> None:
        """Nudge when the incident's next moment has come."""
        here, case = self._here, self._case
        while not self._left.is_set():
            here.rescheduled.clear()
            if case.wake_at is not None and case.wake_at <= here.now():
                case.wake_at = None
                case.nudge.set()
            left = _LOOK
            if case.wake_at is not None:
                left = min(left, max(0.0, here.world.real_seconds_until(case.wake_at)))
            try:
                async with asyncio.timeout(left):
                    await here.rescheduled.wait()
            except TimeoutError:
                continue

    async def _is_over(self, *, within: float) -> bool:
        try:
            async with asyncio.timeout(within):
                await self._left.wait()
        except TimeoutError:
            return False
        return True


async def ask_for_next(here: Room, case: Case) -> None:
    """Have a run begin at the incident's next moment; a failure is the sweep's to mend."""
    at: datetime | None = case.wake_at
    if at is None:
        return
    incident = await here.at_desk(here.incident, case)
    try:
        async with asyncio.timeout(_ASK_WITHIN):
            await ask(
                incident,
                pool=here.world.settings.work_pool,
                key=wake_key(incident.id, at),
                now=at,
                at=real_moment(here, at),
            )
    except Exception as error:  # noqa: BLE001 -- Prefect may raise anything; engine and sweep look too
        name = type(error).__name__
        log.warning("incident %s: its next run is not scheduled: %s", incident.id, name)
