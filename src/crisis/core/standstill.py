"""
Whether an incident is looked at again and again and nothing comes of it.

The planner's laws say that this cannot be: until `wake_at`, if nobody writes, nothing
becomes due (`tests/core/test_laws.py`). Should a mistake break them all the same, each
look would call for the next, with an entry each time, until the disk is full. So whoever
looks keeps count, and leaves an incident alone that does not move.
"""

from dataclasses import dataclass, replace
from datetime import datetime

# Two that look at the same moment may each find what the other has just done.
FREE = 3
# In seconds: first so long, then twice as long each time.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """
    What one look at an incident found at the moment `at`, its log being at `version`.

    `reached` is the version after what the look appended itself. `left` is how many
    messages are due beyond those it claimed, `sent` whether it claimed any.
    """

    at: datetime
    version: int
    reached: int
    left: int = 0
    sent: bool = False
    wake_at: datetime | None = None

    @property
    def wrote(self) -> bool:
        """Whether something was appended."""
        return self.reached > self.version

    def is_news(self, *, version: int, now: datetime) -> bool:
        """Return whether somebody wrote since, or the moment it waited for has come."""
        if version != self.reached:
            return True
        return self.wake_at is not None and self.at < self.wake_at <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """The last look at an incident, and how many were in vain since the last news."""

    last: Look | None = None
    vain: int = 0

    @property
    def pause_s(self) -> float:
        """For how many real seconds to leave it alone, unless there is news; 0 for not at all."""
        if self.vain <= FREE:
            return 0.0
        return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(self.vain - FREE - 1, 16))

    def after(self, look: Look) -> "Standstill":
        """Return how it stands after another look."""
        last = self.last
        if last is None or look.sent or last.is_news(version=look.version, now=look.at):
            return Standstill(last=look)
        overdue = look.wake_at is not None and look.wake_at <= look.at and not look.left
        again = look.wrote and look.left >= last.left
        anew = look.left > 0 and not last.left
        return replace(self, last=look, vain=self.vain + (overdue or again or anew))
