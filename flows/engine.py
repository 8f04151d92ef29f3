"""
The engine: `python -m flows.engine`.

It watches the log and the earliest moment at which something becomes due, and has
each incident attended to in its own time. It decides nothing and holds nothing that
is not in the log: killed, its successor goes on where it was.
"""

import asyncio
import contextlib
import contextvars
import functools
import logging
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from crisis.errors import CrisisError, UnreachableError, without_words
from crisis.launch.collector import spare_what_is_loaded
from crisis.launch.namesake import refuse_namesake
from crisis.launch.prefect_environment import client_environment
from crisis.settings import load_settings
from crisis.usecases.tick import recover
from crisis.wiring import World, open_world, require_shared
from crisis.wiring.witness import Witness
from flows.attendance import attend, mark
from flows.beside import Work, kept_up
from flows.case import Case
from flows.counterwatch import look_back
from flows.deadman import Deadman
from flows.dispatch import Dispatch
from flows.heart import Heart
from flows.journal import Journal
from flows.leaving import result_of, run_and_leave
from flows.orchestrator import Health, Orchestrator
from flows.room import Room, enter
from flows.trust import trust_few
from flows.witness import keep

log = logging.getLogger("crisis.engine")

# An exercise clock may be moved at any time; real time passes by itself.
_LOOK = 1.0
_LOOK_IN_EXERCISES = 0.1
_NEWS_WITHIN = 1.0
_NEWS_APART = 0.02
# What is due at the start goes out before Prefect is imported, for so many seconds at most.
_HEAD_START = 3.0
# What is on its way when the engine is asked to leave may take so many seconds to end.
_LEAVES_WITHIN = 12.0
# Then whatever still runs is cancelled, and gets so many seconds to take it.
_CANCELLED_WITHIN = 2.0


class Engine:
    """Has the incidents of one world attended to, each beside the others."""

    def __init__(self, world: World) -> None:
        self._world = world
        prefect = Orchestrator(world.settings.prefect_url, on_change=self._prefect_changed)
        # Open to tests, which look at how its cases stand.
        self.room = Room(world, prefect)
        self._dispatch = Dispatch(self.room) if world.settings.deploys else None
        self.room.dispatch = self._dispatch
        self._deadman = Deadman(
            self.room,
            url=world.settings.deadman_url.get_secret_value(),
            every_s=world.settings.deadman_every_s,
        )
        self._watching = threading.Event()
        self._look = _LOOK_IN_EXERCISES if world.skipping else _LOOK
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sweeper = Case("sweep")
        self._standing_by = Case("stand-by")
        self._sweep: asyncio.Task[None] | None = None
        self._standing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Run until asked to stop."""
        enter(self.room)
        self._loop = loop = asyncio.get_running_loop()
        self._watching.set()
        seen = await self.room.at_desk(self._world.log.last_seq)
        witness = Witness(self._world)
        await self.room.at_desk(witness.compare)
        lost = await self.room.at_desk(recover, self.room.desk)
        # The first message does not wait until the addresses are read.
        await self.room.at_desk(self.room.desk.house.addresses.address, "")
        log.info("%d messages of unknown fate", lost)
        self._changed(await self.room.at_desk(self._world.log.open_incidents), seen)
        watch = functools.partial(self._watch, loop, seen, contextvars.copy_context())
        watcher = threading.Thread(target=watch, name="watch", daemon=True)
        watcher.start()
        heart = Heart(self.room, pid=os.getpid())
        works: dict[str, Work] = {
            "The watch on Prefect": self._watch_prefect,
            "The heart": heart.beat_for_ever,
            "The witness": lambda: keep(self.room, witness),
            "The dead-man's switch": self._deadman.watch,
            "The look back at the watcher": lambda: look_back(self.room),
        }
        if self._dispatch is not None:
            works["The look at the work pool"] = self._dispatch.watch
        beside = [asyncio.create_task(kept_up(name, work)) for name, work in works.items()]
        try:
            await self._keep_time()
            await self._finish()
        finally:
            self._watching.clear()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await heart.farewell()
            await self.room.prefect.close()
            watcher.join(2 * _NEWS_WITHIN)

    async def _watch_prefect(self) -> None:
        """Look after Prefect; importing it takes seconds, so what is due now goes first."""
        until = asyncio.get_running_loop().time() + _HEAD_START
        while asyncio.get_running_loop().time() < until and self._is_busy():  # noqa: ASYNC110 -- no case tells when it rests
            await asyncio.sleep(_NEWS_APART)
        await self.room.prefect.watch()

    def _is_busy(self) -> bool:
        return any(case.is_busy for case in self.room.cases.values())

    def leave(self) -> None:
        """Ask the engine to end what is under way and leave; from any thread, at any time."""
        if self._loop is None:
            os._exit(0)  # nothing has begun yet
        self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        self.room.stopping.set()
        self.room.rescheduled.set()
        self.room.reserve.end()
        for case in self.room.cases.values():
            case.nudge.set()

    def _watch(
        self, loop: asyncio.AbstractEventLoop, seen: int, context: contextvars.Context
    ) -> None:
        """Tell the loop which incidents have news; runs in a thread."""
        pause = threading.Event()
        away = False
        while self._watching.is_set():
            try:
                last = self._world.log.wait_for_change(seen, _NEWS_WITHIN)
                if away:
                    loop.call_soon_threadsafe(self._is_back, context=context)
                    away = False
                if last > seen:
                    changed = self._world.log.changed_since(seen)
                    seen = last
                    loop.call_soon_threadsafe(self._changed, changed, seen, context=context)
                    # In a wave each commit is news, mostly of our own; one look for several.
                    pause.wait(_NEWS_APART)
            except UnreachableError as error:
                log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not
                away = True
                pause.wait(_NEWS_WITHIN)
            except Exception as error:  # noqa: BLE001 -- who watches must outlive any mistake
                log.error("The watch on the log: %s", without_words(error))  # noqa: TRY400 -- by its place, not its words
                pause.wait(_NEWS_WITHIN)

    def _is_back(self) -> None:
        """Have everybody try again at once who failed while the log was away."""
        for case in self.room.cases.values():
            if case.fault:
                case.nudge.set()

    def _changed(self, incidents: tuple[str, ...], seen: int) -> None:
        self.room.seen = seen
        for incident in incidents:
            case = self.room.cases.get(incident)
            if case is None:
                case = self.room.cases[incident] = Case(incident)
            self._stir(case)

    def _stir(self, case: Case) -> None:
        """Have an incident looked at, by whoever is at it or by somebody new."""
        case.nudge.set()
        if case.in_flow or case.worker is not None or self.room.stopping.is_set():
            return
        case.worker = asyncio.create_task(attend(self.room, case))
        case.worker.add_done_callback(lambda _: self._attended(case))

    def _attended(self, case: Case) -> None:
        case.worker = None
        # News that came while the worker was about to leave.
        if case.nudge.is_set() and case.incident in self.room.cases:
            self._stir(case)

    async def _keep_time(self) -> None:
        """Stir each incident when its moment has come."""
        while not self.room.stopping.is_set():
            self.room.rescheduled.clear()
            self._deadman.ticked()
            now = self.room.now()
            for case in tuple(self.room.cases.values()):
                if case.is_over:
                    del self.room.cases[case.incident]
                elif case.wake_at is not None and case.wake_at <= now:
                    case.wake_at = None
                    self._stir(case)
            await self._wait(self._earliest())

    async def _wait(self, earliest: datetime | None) -> None:
        left = self._look
        if earliest is not None:
            left = min(left, max(0.0, self._world.real_seconds_until(earliest)))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(left):
                await self.room.rescheduled.wait()

    def _earliest(self) -> datetime | None:
        return min(
            (case.wake_at for case in self.room.cases.values() if case.wake_at is not None),
            default=None,
        )

    async def _prefect_changed(self, health: Health) -> None:
        """Tell the incidents concerned: those at work when it goes, all when it is back."""
        for case in tuple(self.room.cases.values()):
            if health is Health.READY or case.at_work:
                try:
                    await mark(self.room, case)
                except CrisisError as error:
                    log.error("incident %s: %s", case.incident, error)  # noqa: TRY400 -- see _watch
        if health is Health.READY:
            self._sweep = self._sweeper.call(self.room.prefect.flows.run_sweep())
            if self._dispatch is None:
                self._standing = self._standing_by.call(self.room.prefect.flows.run_stand_by())
        else:
            self.room.reserve.end()

    async def _finish(self) -> None:
        """Let what is on its way end."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _LEAVES_WITHIN
        cases = tuple(self.room.cases.values())
        ends = {case.worker for case in cases if case.worker is not None}
        if ends:
            await asyncio.wait(ends, timeout=_LEAVES_WITHIN)
        # Prefect's runs want to say that they are done; with nobody there to tell, let them
        # be. That may turn out meanwhile: as a rule its server is asked to leave with us.
        calls = {call for case in (*cases, self._standing_by) for call in case.calls}
        while calls and self.room.prefect.health is Health.READY and loop.time() < until:
            _, calls = await asyncio.wait(calls, timeout=_NEWS_WITHIN)


def _run(engine: Engine) -> None:
    """
    Run an engine until a signal asks it to leave.

    Its loop has a thread of its own: in the main thread Prefect takes SIGTERM for
    itself while a flow runs, and lets the flow crash.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: engine.leave())
    with ThreadPoolExecutor(1, thread_name_prefix="engine") as thread:
        ran = thread.submit(run_and_leave, engine.run(), within=_CANCELLED_WITHIN)
        left = result_of(ran)
    if left:
        log.warning("%d flow runs did not end; Prefect's sweep will mark them", left)


def main() -> None:
    """Run the engine of the house that the environment describes."""
    form = "%(asctime)s %(name)s %(message)s"
    journal = Journal()
    logging.basicConfig(level=logging.INFO, format=form, handlers=[journal])
    logging.getLogger("httpx").setLevel(logging.WARNING)
    code = 0
    try:
        settings = load_settings()
        require_shared(settings)
        os.environ.update(client_environment(settings))
        trust_few(settings)
        with open_world(settings, is_engine=True) as world:
            spare_what_is_loaded()
            refuse_namesake(world.engines(), name=settings.own_engine_name, place=world.log.label)
            _run(Engine(world))
    except CrisisError as error:
        log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not
        code = error.exit_code
    except Exception as error:  # noqa: BLE001 -- the supervisor starts the next one
        log.error("The engine fails: %s", without_words(error))  # noqa: TRY400 -- by its place, not its words
        code = 1
    logging.shutdown()
    journal.close()  # importing Prefect made logging forget it
    sys.stdout.flush()
    # Prefect's own exit waits for a server that may be gone, for minutes; the log is closed.
    os._exit(code)


if __name__ == "__main__":
    main()
