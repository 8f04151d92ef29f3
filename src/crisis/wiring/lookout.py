"""The watcher's world: what it looks at, and the second way out; the first is not touched."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from crisis.core.alarm import Occasion, alarm_text
from crisis.errors import CrisisError
from crisis.launch.engine_status import Sign
from crisis.notify.second_way import Delivered, SecondWay, shared_hosts
from crisis.settings import Settings
from crisis.store.log import DatabaseEventLog
from crisis.usecases.ports import Clock
from crisis.usecases.reading import Gathered, Incidents
from crisis.wiring.clock import RealStopwatch, SystemClock, exercise_clock
from crisis.wiring.courier import courier_settings
from crisis.wiring.kept_clock import KeptClock, house_clock
from crisis.wiring.world import signs_of


class Lookout:
    """
    Look at a house from outside; nothing here is shared with the engine but the log.

    The log is opened when it is first needed, and anew after it could not be: a
    watcher that ends because the database is gone could not say so.
    """

    def __init__(self, settings: Settings, path: SecondWay) -> None:
        self.settings = settings
        self.path = path
        self.wall: Clock = SystemClock()
        self._kept: KeptClock | None = None
        self._open: tuple[DatabaseEventLog, Incidents] | None = None
        self._first_way = _first_way(settings)

    @property
    def name(self) -> str:
        """Under which the watcher gives its signs of life."""
        return self.settings.own_engine_name

    def now(self) -> datetime:
        """Return the house's moment, which an exercise may speed up or move."""
        if not self.settings.sped_up:
            return self.wall.now()
        return exercise_clock(self.settings, wall=self.wall).now()

    def keep_time(self) -> None:
        """
        Look at the clock that the whole house keeps to; without it our own counts on.

        Raises:
            UnreachableError: the log does not answer.
        """
        log = self._log()
        if self._kept is None:
            stopwatch = RealStopwatch()
            self.wall = self._kept = house_clock(log, wall=SystemClock(), stopwatch=stopwatch)
        else:
            self._kept.look()

    def signs(self) -> tuple[Sign, ...]:
        """
        Return the last sign of life of everybody who gives any.

        Raises:
            UnreachableError: the log does not answer.
        """
        return signs_of(self._log())

    def gather(self) -> Gathered:
        """
        Return all open incidents; one that cannot be read stops no other.

        Raises:
            UnreachableError: the log does not answer.
        """
        log = self._log()
        return self._incidents().gather(log.open_incidents())

    def beat(self, name: str, data: dict[str, Any]) -> None:
        """
        Give a sign of life.

        Raises:
            UnreachableError: the log cannot be written.
        """
        self._log().beat(name, self.wall.now(), data)

    def free_bytes(self) -> int:
        """Return how much room is left where the data folder is; OSError if it is gone."""
        return shutil.disk_usage(self.settings.data_dir).free

    def shared(self) -> tuple[str, ...]:
        """Return the alarm addresses that lead to a server the first way uses too."""
        return shared_hosts(alarm_urls(self.settings), self._first_way)

    def close(self) -> None:
        """Close the log."""
        if self._open is not None:
            self._open[0].close()

    def _log(self) -> DatabaseEventLog:
        return self._opened()[0]

    def _incidents(self) -> Incidents:
        return self._opened()[1]

    def _opened(self) -> tuple[DatabaseEventLog, Incidents]:
        if self._open is None:
            log = DatabaseEventLog(self.settings.database_address)
            self._open = (log, Incidents(log))
        return self._open


def _first_way(settings: Settings) -> tuple[str, ...]:
    """Return where messages leave; nothing where that is described wrongly, which others say."""
    try:
        providers = courier_settings(settings).every_provider()
    except CrisisError:
        return ()
    gateways = [each.gateway.url for each in providers if each.gateway is not None]
    return (*gateways, *(each.relay for each in providers))


def alarm_urls(settings: Settings) -> tuple[str, ...]:
    """Return the addresses of the second way, in their order."""
    return tuple(settings.alarm_urls.get_secret_value().split())


@contextmanager
def open_second_way(settings: Settings) -> Iterator[SecondWay]:
    """Yield the second way out, and close it afterwards."""
    path = SecondWay(alarm_urls(settings), ca_bundle=settings.ca_bundle)
    try:
        yield path
    finally:
        path.close()


@contextmanager
def open_lookout(settings: Settings) -> Iterator[Lookout]:
    """Yield the watcher's world, and close it afterwards; the log need not answer."""
    with open_second_way(settings) as path:
        lookout = Lookout(settings, path)
        try:
            yield lookout
        finally:
            lookout.close()


def try_alarm(settings: Settings) -> tuple[Delivered, ...]:
    """Send a marked test to every address of the second way; none if none is set."""
    now = SystemClock().now()
    text = alarm_text(
        Occasion.TEST, (), watcher=settings.own_engine_name, address=settings.own_url
    )
    with open_second_way(settings) as path:
        return path.send(text, id_=f"alarm/test/{now.isoformat()}", at=now)
