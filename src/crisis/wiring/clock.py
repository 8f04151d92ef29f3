"""The only clock, and the clock that the processes of an exercise share."""

from datetime import UTC, datetime

from crisis.settings import Settings
from crisis.simulated.exercise_clock import ExerciseClock


class SystemClock:
    """Keeps the port `Clock` by the machine's clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


def exercise_clock(settings: Settings, *, start: datetime | None = None) -> ExerciseClock:
    """Return the clock that all processes of an exercise share; `start` counts for the first."""
    return ExerciseClock(
        settings.clock_file, wall=SystemClock(), scale=settings.clock_scale, start=start
    )
