"""The only clock, and the clock that the processes of an exercise share."""

import time
from datetime import UTC, datetime
from threading import Event

from crisis.settings import Settings
from crisis.simulated.exercise_clock import ExerciseClock
from crisis.usecases.ports import Clock


class SystemClock:
    """Keeps the port `Clock` by the machine's clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


class RealStopwatch:
    """
    Keeps the port `Stopwatch` by what the machine counts since it was started.

    Where it can (Linux), it counts on while the machine sleeps; setting the clock
    changes nothing.
    """

    _WHICH = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    def seconds(self) -> float:
        """Return the seconds since the machine was started."""
        return time.clock_gettime(self._WHICH)

    def rest(self, seconds: float) -> None:
        """Let this thread wait for so many seconds."""
        Event().wait(seconds)


def exercise_clock(
    settings: Settings, *, start: datetime | None = None, wall: Clock | None = None
) -> ExerciseClock:
    """
    Return the clock that all processes of an exercise share; `start` counts for the first.

    `wall` is the time it goes by, the machine's clock unless there is a better one.
    """
    return ExerciseClock(
        settings.clock_file, wall=wall or SystemClock(), scale=settings.clock_scale, start=start
    )
