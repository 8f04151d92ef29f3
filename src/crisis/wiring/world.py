"""The real world: every choice of an adapter."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from socket import gethostname

from crisis.core.engine_id import BESIDE, engine_id
from crisis.core.event import Mode
from crisis.errors import RefusedError
from crisis.launch.deadman_status import DeadmanStatus, deadman_statuses
from crisis.launch.engine_status import EngineStatus, Sign, engine_statuses
from crisis.launch.process import started
from crisis.launch.watcher_status import WatcherStatus, watcher_statuses
from crisis.loading.library import FileLibrary
from crisis.notify.courier import Courier
from crisis.settings import Settings
from crisis.simulated.exercise_clock import ExerciseClock
from crisis.store.log import DatabaseEventLog
from crisis.usecases.guard import Guard
from crisis.usecases.house import House
from crisis.usecases.ports import Clock
from crisis.usecases.reading import Desk, Incidents, desk_for
from crisis.wiring.clock import RealStopwatch, SystemClock, exercise_clock
from crisis.wiring.courier import way_out
from crisis.wiring.ids import RandomIds
from crisis.wiring.kept_clock import KeptClock, house_clock, looking
from crisis.wiring.secret import house_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """
    The real world of one process.

    `wall` is real time as the house keeps it, also where `desk.house.clock` is an
    exercise's; `skipping` is that clock, None outside exercises.
    """

    settings: Settings
    desk: Desk
    log: DatabaseEventLog
    library: FileLibrary
    wall: KeptClock
    skipping: ExerciseClock | None
    courier: Courier

    def engines(self) -> tuple[EngineStatus, ...]:
        """Return what each engine last said of itself."""
        return engine_statuses(signs_of(self.log), now=self.wall.now())

    def watchers(self) -> tuple[WatcherStatus, ...]:
        """Return what each watcher last said."""
        return watcher_statuses(signs_of(self.log), now=self.wall.now())

    def deadmen(self) -> tuple[DeadmanStatus, ...]:
        """Return what came of each engine's dead-man's switch."""
        return deadman_statuses(signs_of(self.log), now=self.wall.now())

    def engine_runs(self) -> bool:
        """Return whether any engine gave a sign of life just now, and still is there."""
        return any(engine.fresh and _is_there(engine) for engine in self.engines())

    def breakers(self) -> Mapping[str, str]:
        """Return the state of every provider's breaker by id, as this process found it."""
        return self.courier.breakers()

    def real_seconds_until(self, moment: datetime) -> float:
        """Return how many real seconds are left until a moment; negative if it has passed."""
        left = (moment - self.desk.house.clock.now()).total_seconds()
        return left / (self.skipping.scale if self.skipping else 1.0)


@contextmanager
def open_world(settings: Settings, *, is_engine: bool = False) -> Iterator[World]:
    """
    Yield the real world that the settings describe, and close it afterwards.

    `is_engine`: this is the one process of its host that claims under the host's name,
    and whose claims its successor takes for lost at once; see `core/engine_id.py`.

    Raises:
        UsageError: a setting makes no sense.
        UnreachableError: the log or the data folder cannot be reached.
        RefusedError: the clock is an exercise's, and a live incident is open.
    """
    leaving = way_out(settings)
    secret = house_secret(settings)
    stopwatch = RealStopwatch()
    with DatabaseEventLog(settings.database_address) as log:
        refuse_fast_clock_over_live(settings, log, Incidents(log))
        wall = house_clock(log, wall=SystemClock(), stopwatch=stopwatch)
        skipping = exercise_clock(settings, wall=wall) if settings.sped_up else None
        clock: Clock = skipping or wall
        library = FileLibrary(
            playbooks=settings.playbooks_dir, contacts=settings.contacts_dir, clock=clock
        )
        courier = Courier(library, leaving.courier)
        guard = Guard(leaving.rules, routes=courier, addresses=library)
        courier.ask_for_room(guard.has_room)
        ids = RandomIds()
        house = House(
            log=log,
            clock=clock,
            stopwatch=stopwatch,
            sender=courier,
            addresses=library,
            library=library,
            ids=ids,
            secret=secret,
            base_url=settings.own_url,
            in_flight=settings.in_flight,
            live_allowed=skipping is None,
            pace=1 if skipping is None else ceil(skipping.scale),
            engine=engine_id(settings.own_engine_name + ("" if is_engine else BESIDE), ids.boot()),
            latest_send=timedelta(seconds=settings.latest_send_s),
            guard=guard,
        )
        desk = desk_for(house)
        try:
            with looking(wall):
                yield World(
                    settings=settings,
                    desk=desk,
                    log=log,
                    library=library,
                    wall=wall,
                    skipping=skipping,
                    courier=courier,
                )
        finally:
            courier.close()


def signs_of(log: DatabaseEventLog) -> tuple[Sign, ...]:
    """Return the last sign of life of everybody who gives any."""
    return tuple((name, beat.at, beat.data) for name, beat in log.beats().items())


def refuse_fast_clock_over_live(
    settings: Settings, log: DatabaseEventLog, incidents: Incidents
) -> None:
    """
    Refuse an exercise's clock while something real is going on.

    Raises:
        RefusedError: a live incident is open.
    """
    if not settings.sped_up:
        return
    found = incidents.gather(log.open_incidents()).incidents
    live = [incident.id for incident in found if incident.opened.mode is Mode.LIVE]
    if live:
        raise RefusedError(
            f"A live incident is open ({', '.join(live)}), so the clock may not be sped up or"
            " moved. Leave out CRISIS_CLOCK_SCALE and CRISIS_EXERCISE_CLOCK, or use another"
            " data folder for the exercise."
        )


def _is_there(engine: EngineStatus) -> bool:
    # One on another machine cannot be looked up; its beat has to do.
    return engine.host != gethostname() or started(engine.pid) is not None
