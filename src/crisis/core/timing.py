"""
Moments and durations.

Everywhere in the house a moment is an aware datetime in UTC and a duration is a
`timedelta`. Local time appears in availability, in working days and in what
people read, nowhere else.
"""

from datetime import UTC, datetime, timedelta

ZERO = timedelta()
# What lies beyond was mistyped, and counting on from it may lead out of the calendar.
_YEARS = range(1900, 3000)


def require_utc(moment: datetime) -> datetime:
    """
    Return an aware moment in UTC.

    Raises:
        ValueError: the moment carries no zone, so nobody can say when it is.
    """
    if moment.tzinfo is None:
        message = f"{moment.isoformat()} has no zone; write an offset, for example +01:00"
        raise ValueError(message)
    return moment.astimezone(UTC)


def is_of_our_time(moment: datetime) -> bool:
    """Return whether a moment that somebody wrote lies between the years 1900 and 2999."""
    return moment.year in _YEARS


def earliest(*moments: datetime | None) -> datetime | None:
    """Return the first of the moments that are known, or None."""
    known = [moment for moment in moments if moment is not None]
    return min(known) if known else None


def minutes(duration: timedelta) -> float:
    """Return a duration in minutes."""
    return duration / timedelta(minutes=1)
