"""The clock of the house: it counts on from a reference, and no step of a clock moves it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Event, Lock, Thread

from crisis.core.engine_id import BEATS
from crisis.core.kept_time import TOLERANCE, Kept, Sign, begun, kept_on
from crisis.errors import UnreachableError
from crisis.store.log import DatabaseEventLog
from crisis.usecases.ports import Clock, Stopwatch

log = logging.getLogger("crisis.clock")

_LOOK = 5.0
# A measure that took longer says too little about when it was taken.
_QUICK = 1.0
_LEAVES_WITHIN = 6.0


class KeptClock:
    """
    Keeps the port `Clock`; safe to be used from many threads.

    `has_reference`: it keeps to another clock than this machine's.

    Args:
        wall: the machine's clock, which somebody may set.
        stopwatch: what time is counted by.
        reference: the clock to keep to; the machine's own unless there is a better one.
        signs: what the engines say of their time.

    Raises:
        UnreachableError: the reference clock does not answer.
    """

    def __init__(
        self,
        *,
        wall: Clock,
        stopwatch: Stopwatch,
        reference: Callable[[], datetime] | None = None,
        signs: Callable[[], Sequence[Sign]] = tuple,
    ) -> None:
        self._wall = wall
        self._stopwatch = stopwatch
        self.has_reference = reference is not None
        self._reference = reference or wall.now
        self._signs = signs
        self._lock = Lock()
        self._told = False
        self._counted_from, measured = self._measured()
        self._kept = begun(measured, signs())

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        with self._lock:
            return self._counted(self._stopwatch.seconds()).at

    @property
    def host_off(self) -> timedelta:
        """How far the machine's clock is ahead of the time that is kept."""
        return self._wall.now() - self.now()

    @property
    def ahead(self) -> timedelta:
        """How far the time that is kept was ahead of the reference, when last looked at."""
        return -self.reference_off

    @property
    def reference_off(self) -> timedelta:
        """How far the reference clock was ahead of the time that is kept, when last looked at."""
        with self._lock:
            return -self._kept.ahead

    def look(self) -> None:
        """
        Look at the reference clock again, and say so once if a clock is far off.

        Raises:
            UnreachableError: it does not answer.
        """
        at, measured = self._measured()
        with self._lock:
            kept = self._counted(at)
            is_jump = abs(measured + kept.ahead - kept.at) > TOLERANCE
        # Read without holding up those who ask for the time.
        signs = self._signs() if is_jump else ()
        with self._lock:
            self._kept = kept_on(self._counted(at), measured, signs)
            self._counted_from = at
        self._tell()

    def _measured(self) -> tuple[float, datetime]:
        """Return a moment of the reference clock and of the stopwatch that belong together."""
        for _ in range(3):
            before = self._stopwatch.seconds()
            measured = self._reference()
            after = self._stopwatch.seconds()
            if after - before <= _QUICK:
                return (before + after) / 2, measured
        raise UnreachableError("The database's clock takes more than a second to answer.")

    def _counted(self, ticks: float) -> Kept:
        passed = timedelta(seconds=ticks - self._counted_from)
        return Kept(at=self._kept.at + passed, ahead=self._kept.ahead)

    def _tell(self) -> None:
        far = max(abs(self.host_off), abs(self.reference_off)) > TOLERANCE
        if far and not self._told:
            log.warning(
                "A clock was set or goes wrong: this host's is %+.1f s, the reference %+.1f s"
                " ahead of the time that is kept. Set it right; if it is right, restart crisis.",
                self.host_off.total_seconds(),
                self.reference_off.total_seconds(),
            )
        self._told = far


def house_clock(events: DatabaseEventLog, *, wall: Clock, stopwatch: Stopwatch) -> KeptClock:
    """
    Return the clock of the house whose log this is: the database server's, if it has one.

    Raises:
        UnreachableError: the database does not answer.
    """

    def signs() -> tuple[Sign, ...]:
        return tuple(
            Sign(at=beat.at, ahead=timedelta(seconds=float(beat.data["ahead_s"])))
            for name, beat in events.beats().items()
            if name.startswith(BEATS) and "ahead_s" in beat.data and not beat.data.get("left")
        )

    reference = events.server_time if events.has_server_time else None
    return KeptClock(wall=wall, stopwatch=stopwatch, reference=reference, signs=signs)


@contextmanager
def looking(clock: KeptClock) -> Iterator[None]:
    """Have the clock look at its reference every few seconds, in a thread."""
    done = Event()

    def look() -> None:
        while not done.wait(_LOOK):
            # The log's own watch says what is wrong with the database.
            with suppress(UnreachableError):
                clock.look()

    thread = Thread(target=look, name="clock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(_LEAVES_WITHIN)
