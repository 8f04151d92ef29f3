"""
When a contact or a channel answers: round the clock, hours, office, rota.

The only place in the core that knows a time zone: people's hours are local.
Holidays and rota shifts come in as data, computed once when files are loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
WORKDAYS = (0, 1, 2, 3, 4)
MOMENTS_KEPT = 4_096
OFFICE_OPENS, OFFICE_CLOSES = time(7, 30), time(16, 0)


def clock_text(moment: datetime) -> str:
    """Return a moment as local day and time to the second, such as `2026-12-18 19:20:32`."""
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")


def local_day(moment: datetime) -> date:
    """Return the day that people's calendars show at a moment: just after midnight the new one."""
    return moment.astimezone(ZONE).date()


# Public holidays by Land (AGS prefix of two digits).
Holidays = Mapping[str, frozenset[date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTheClock:
    """Answers at any hour."""

    kind: Literal["round-the-clock"] = "round-the-clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Answers on these weekdays (Monday is 0) between two local times, holidays included."""

    kind: Literal["hours"] = "hours"
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Answers on working days of a Land between two local times."""

    kind: Literal["office"] = "office"
    land: str
    opens: time = OFFICE_OPENS
    closes: time = OFFICE_CLOSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One holder's turn: from `start` (included) to `end` (excluded), in UTC."""

    start: datetime
    end: datetime
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """Answered by whoever holds the shift; the holder is a contact id."""

    kind: Literal["rota"] = "rota"
    shifts: tuple[Shift, ...]


Availability = RoundTheClock | Hours | Office | Rota


def answers_at(availability: Availability, *, at: datetime, holidays: Holidays) -> bool:
    """Return whether somebody is there at a moment in UTC."""
    match availability:
        case RoundTheClock():
            return True
        case Hours():
            day, clock = _local(at)
            return day.weekday() in availability.weekdays and (
                availability.opens <= clock < availability.closes
            )
        case Office():
            day, clock = _local(at)
            return availability.opens <= clock < availability.closes and is_working_day(
                day, land=availability.land, holidays=holidays
            )
        case Rota():
            return holder_at(availability, at=at) is not None
        case _:
            assert_never(availability)


def holder_at(rota: Rota, *, at: datetime) -> str | None:
    """Return the contact id of who holds the rota, or None where it has a gap."""
    return next((shift.holder for shift in rota.shifts if shift.start <= at < shift.end), None)


def next_shift(rota: Rota, *, after: datetime) -> datetime | None:
    """Return when the next shift begins, or None where none is planned."""
    return min((shift.start for shift in rota.shifts if shift.start > after), default=None)


def is_working_day(day: date, *, land: str, holidays: Holidays) -> bool:
    """Return whether offices of a Land (two-digit key) work on this day."""
    return _is_working_day(day, holidays.get(land, frozenset()))


def _is_working_day(day: date, free: frozenset[date]) -> bool:
    return day.weekday() in WORKDAYS and day not in free


def is_office_time(at: datetime, *, land: str, holidays: Holidays) -> bool:
    """Return whether a moment falls into the usual office hours of a Land."""
    day, clock = _local(at)
    return OFFICE_OPENS <= clock < OFFICE_CLOSES and is_working_day(
        day, land=land, holidays=holidays
    )


def next_office_opening(at: datetime, *, land: str, holidays: Holidays) -> datetime:
    """Return `at` itself in office time, else the next working day's 07:30, in UTC."""
    if is_office_time(at, land=land, holidays=holidays):
        return at
    local = at.astimezone(ZONE)
    day = local.date()
    if local.time() >= OFFICE_OPENS:
        day += timedelta(days=1)
    while not is_working_day(day, land=land, holidays=holidays):
        day += timedelta(days=1)
    return datetime.combine(day, OFFICE_OPENS, tzinfo=ZONE).astimezone(UTC)


def add_working_days(at: datetime, days: int, *, land: str, holidays: Holidays) -> datetime:
    """Return the same local time a number of working days later, in UTC."""
    return _working_days_later(at, days, holidays.get(land, frozenset()))


# A planner asks of one moment again and again: for each level of each obligation.
@lru_cache(MOMENTS_KEPT)
def _working_days_later(at: datetime, days: int, free: frozenset[date]) -> datetime:
    day, clock = _local(at)
    left = days
    while left > 0:
        day += timedelta(days=1)
        if _is_working_day(day, free):
            left -= 1
    return datetime.combine(day, clock, tzinfo=ZONE).astimezone(UTC)


@lru_cache(MOMENTS_KEPT)
def _local(at: datetime) -> tuple[date, time]:
    """Return what calendars and clocks show at a moment."""
    local = at.astimezone(ZONE)
    return local.date(), local.time()
