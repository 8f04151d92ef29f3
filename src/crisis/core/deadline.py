"""
Deadlines: so long after a step's start, or absolute from T0; at night another one.

Working days (B05, `playbooks.md` §7.2) leave out weekends and the holidays of the Land in
which it happens, as on the rungs of a ladder; how long that is depends on the calendar.

A deadline may differ by the hour at which the step begins, because an office that
answers within twenty minutes by day may need thirty at night (`playbooks.md` §7.3,
C10). Hours are local, as people keep them.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from crisis.core.availability import ZONE, Holidays, add_working_days
from crisis.core.words import Words

_WEEK = 5
# Free days on weekdays in a row of working days: of three at the most Easter's or
# Christmas's two, of more also those of New Year and Epiphany (tests try all Länder).
_FEW, _FREE_IN_FEW, _FREE = 3, 2, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHours:
    """Local hours of every day, from `opens` (included) to `closes` (excluded)."""

    opens: time
    closes: time

    def holds_at(self, clock: time) -> bool:
        """Return whether a local time of day lies in these hours; they may pass midnight."""
        if self.opens < self.closes:
            return self.opens <= clock < self.closes
        return clock >= self.opens or clock < self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """
    A deadline: so long after the step's start, or absolute from T0 or from an occasion.

    With `hours`, `duration` counts where the step begins in those hours, and
    `otherwise` where it begins outside them; such a deadline is never absolute. With
    `working_days`, `duration` is the least that so many working days can be.
    """

    duration: timedelta
    absolute: bool = False
    occasion: str = ""
    hours: DayHours | None = None
    otherwise: timedelta | None = None
    working_days: int | None = None

    @classmethod
    def of_working_days(cls, days: int) -> "Within":
        """Return a deadline of so many working days after the step's start."""
        return cls(duration=timedelta(days=days), working_days=days)

    @property
    def shortest(self) -> timedelta:
        """The least time that it can leave."""
        return min(self.at(clock) for clock in changes_of(self))

    @property
    def longest(self) -> timedelta:
        """The most time that it can leave, over weekends and holidays."""
        days = self.working_days
        if days is None:
            return max(self.at(clock) for clock in changes_of(self))
        weekends = 2 * -(-days // _WEEK)
        return timedelta(days=days + weekends + (_FREE_IN_FEW if days <= _FEW else _FREE))

    def at(self, clock: time) -> timedelta:
        """Return how long a partner has if the step begins at a local time of day."""
        if self.hours is None or self.otherwise is None or self.hours.holds_at(clock):
            return self.duration
        return self.otherwise


def time_allowed(within: Within, *, start: datetime) -> timedelta:
    """Return how long a partner has where a step begins at a moment in UTC."""
    return within.at(start.astimezone(ZONE).time())


def deadline_from(within: Within, *, start: datetime, land: str, holidays: Holidays) -> datetime:
    """Return until when a partner has time where a step begins at a moment, both in UTC."""
    if within.working_days is not None:
        return add_working_days(start, within.working_days, land=land, holidays=holidays)
    return start + time_allowed(within, start=start)


def deadline_words(within: Within) -> Words:
    """Return a deadline as people read it: `25 min`, `T0+4 h`, `20 min (06:00-22:00), else …`."""
    if within.absolute:
        said, since = duration_words(abs(within.duration)), within.occasion or "T0"
        sign = "-" if within.duration < timedelta() else "+"
        return Words(de=f"{since}{sign}{said.de}", en=f"{since}{sign}{said.en}")
    if within.working_days is not None:
        return _working_days_words(within.working_days)
    said = duration_words(within.duration)
    if within.hours is None or within.otherwise is None:
        return said
    hours = f"{within.hours.opens:%H:%M}-{within.hours.closes:%H:%M}"
    other = duration_words(within.otherwise)
    return Words(
        de=f"{said.de} ({hours}), sonst {other.de}", en=f"{said.en} ({hours}), else {other.en}"
    )


def _working_days_words(days: int) -> Words:
    one = days == 1
    return Words(
        de=f"{days} {'Arbeitstag' if one else 'Arbeitstage'}",
        en=f"{days} {'working day' if one else 'working days'}",
    )


def duration_words(duration: timedelta) -> Words:
    """Return a duration that is not negative as people read it: `1 h 30 min`, `2 Tage`."""
    minutes, seconds = divmod(duration.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days = duration.days
    parts = [
        f"{number} {unit}"
        for number, unit in ((hours, "h"), (minutes, "min"), (seconds, "s"))
        if number
    ]
    rest = parts if parts or days else ["0 min"]
    one = days == 1
    de = [f"{days} {'Tag' if one else 'Tage'}"] if days else []
    en = [f"{days} {'day' if one else 'days'}"] if days else []
    return Words(de=" ".join((*de, *rest)), en=" ".join((*en, *rest)))


def changes_of(within: Within) -> tuple[time, ...]:
    """Return the local times of day at which a deadline changes, midnight included."""
    hours = within.hours
    return (time(), *(() if hours is None else (hours.opens, hours.closes)))


def is_longer(new: Within, old: Within, *, offset: timedelta | None) -> bool:
    """
    Return whether a deadline leaves more time than another at any hour of any day.

    `offset` is how long after T0 the step begins, None where that depends on other
    steps: then a deadline from the start and one from T0 cannot be compared, nor
    can one from an occasion, and the new one counts as longer.
    """
    if (new.absolute, new.occasion) == (old.absolute, old.occasion):
        return _leaves_more(new, old)
    if offset is None or new.occasion or old.occasion:
        return True
    return new.longest + (timedelta() if new.absolute else offset) > old.shortest + (
        timedelta() if old.absolute else offset
    )


def _leaves_more(new: Within, old: Within) -> bool:
    """Return whether one leaves more time than another that counts from the same moment."""
    if new.working_days is not None and old.working_days is not None:
        return new.working_days > old.working_days
    if new.working_days is not None or old.working_days is not None:
        return new.longest > old.shortest
    clocks = (*changes_of(new), *changes_of(old))
    return any(new.at(clock) > old.at(clock) for clock in clocks)
