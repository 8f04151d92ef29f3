"""The real world: every choice of an adapter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from crisis.core.event import Mode
from crisis.errors import RefusedError
from crisis.launch.process import started
from crisis.launch.status import (
    FRESH,
)
from crisis.loading.library import FileLibrary
from crisis.notify.courier import Courier
from crisis.settings import Settings
from crisis.simulated.exercise_clock import ExerciseClock
from crisis.store.log import DatabaseEventLog
from crisis.usecases.house import House
from crisis.usecases.ports import Clock
from crisis.usecases.reading import Desk, Incidents
from crisis.wiring.clock import SystemClock, exercise_clock
from crisis.wiring.courier import courier_settings
from crisis.wiring.ids import RandomIds
from crisis.wiring.secret import house_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """
    The real world of one process.

    `wall` is real time, also where `desk.house.clock` is an exercise's; `skipping`
    is that clock, None outside exercises.
    """

    settings: Settings
    desk: Desk
    log: DatabaseEventLog
    library: FileLibrary
    wall: Clock
    skipping: ExerciseClock | None

    def engine_runs(self) -> bool:
        """Return whether an engine gave a sign of life just now, and still is there."""
        beat = self.log.beats().get("engine")
        if beat is None or self.wall.now() - beat.at > FRESH:
            return False
        # An engine on another machine cannot be looked up; its beat has to do.
        is_here = self.settings.database_address.startswith("sqlite")
        return not is_here or started(int(beat.data.get("pid", 0))) is not None

    def real_seconds_until(self, moment: datetime) -> float:
        """Return how many real seconds are left until a moment; negative if it has passed."""
        left = (moment - self.desk.house.clock.now()).total_seconds()
        return left / (self.skipping.scale if self.skipping else 1.0)


@contextmanager
def open_world(settings: Settings) -> Iterator[World]:
    """
    Yield the real world that the settings describe, and close it afterwards.

    Raises:
        UsageError: a setting makes no sense.
        UnreachableError: the log or the data folder cannot be reached.
        RefusedError: the clock is an exercise's, and a live incident is open.
    """
    way_out = courier_settings(settings)
    secret = house_secret(settings)
    wall = SystemClock()
    with DatabaseEventLog(settings.database_address) as log:
        incidents = Incidents(log)
        refuse_fast_clock_over_live(settings, log, incidents)
        skipping = exercise_clock(settings) if settings.sped_up else None
        clock: Clock = skipping or wall
        library = FileLibrary(
            playbooks=settings.playbooks_dir, contacts=settings.contacts_dir, clock=clock
        )
        courier = Courier(library, way_out)
        house = House(
            log=log,
            clock=clock,
            sender=courier,
            addresses=library,
            library=library,
            ids=RandomIds(),
            secret=secret,
            base_url=settings.own_url,
            in_flight=settings.in_flight,
            live_allowed=skipping is None,
            pace=1 if skipping is None else ceil(skipping.scale),
        )
        desk = Desk(house=house, incidents=incidents)
        try:
            yield World(
                settings=settings,
                desk=desk,
                log=log,
                library=library,
                wall=wall,
                skipping=skipping,
            )
        finally:
            courier.close()


def open_library(settings: Settings) -> tuple[FileLibrary, datetime]:
    """Return the working folder's files, and the house's moment; the log is not needed."""
    clock: Clock = exercise_clock(settings) if settings.sped_up else SystemClock()
    library = FileLibrary(
        playbooks=settings.playbooks_dir, contacts=settings.contacts_dir, clock=clock
    )
    return library, clock.now()


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
