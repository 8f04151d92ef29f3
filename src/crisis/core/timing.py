"""
Moments and durations.

Everywhere in the house a moment is an aware datetime in UTC and a duration is a
`timedelta`. Local time appears in availability, in working days and in what
people read, nowhere else.
"""

from datetime import UTC, datetime, timedelta

ZERO = timedelta()


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


def earliest(*moments: datetime | None) -> datetime | None:
    """Return the first of the moments that are known, or None."""
    known = [moment for moment in moments if moment is not None]
    return min(known) if known else None


def minutes(duration: timedelta) -> float:
    """Return a duration in minutes."""
    return duration / timedelta(minutes=1)
