"""A clock that moves when it is told to."""

from datetime import UTC, datetime, timedelta

from crisis.core.timing import require_utc

# Half an hour before Europe puts its clocks forward: an hour's advance crosses it.
START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


class FakeClock:
    """
    Keeps the ports `Clock` and `Stopwatch`; stands still between two calls.

    `advance` lets time pass on both; `set` moves the clock alone, as somebody may
    who sets a real one.
    """

    def __init__(self, moment: datetime = START) -> None:
        self._now = require_utc(moment)
        self._passed = timedelta()

    def now(self) -> datetime:
        """Return the moment it was told, aware, in UTC."""
        return self._now

    def seconds(self) -> float:
        """Return for how many seconds it was told to advance."""
        return self._passed.total_seconds()

    def rest(self, seconds: float) -> None:
        """Advance by so many seconds."""
        self.advance(seconds=seconds)

    def advance(self, **duration: float) -> datetime:
        """
        Move on by a duration, given as for `timedelta`, and return the new moment.

        Raises:
            ValueError: the duration is negative; time does not run backwards (`set` may).
        """
        step = timedelta(**duration)
        if step < timedelta():
            raise ValueError(f"the clock cannot run back by {-step}; use set()")
        self._now += step
        self._passed += step
        return self._now

    def set(self, moment: datetime) -> None:
        """Stand at this moment, which must be aware."""
        self._now = require_utc(moment)
