"""Moments as people type them, and as they read them."""

import re
from datetime import UTC, datetime, time, timedelta

from crisis.core.availability import ZONE, local_day
from crisis.core.timing import is_of_our_time
from crisis.errors import UsageError

EXAMPLES = "2026-12-18T19:20+01:00, 2026-12-18 19:20 (Europe/Berlin) or 19:40 (today)"
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}) +(\d{1,2}:\d{2})")


def read_moment(text: str, *, now: datetime) -> datetime:
    """
    Return the moment a text names, in UTC.

    `now` (UTC) says which day is today.

    Raises:
        UsageError: it names none, or a local time that does not exist or exists twice.
    """
    stripped = text.strip()
    try:
        moment = _clock_today(stripped, now) or datetime.fromisoformat(_iso(stripped))
    except ValueError:
        raise UsageError(f"`{text}` is no moment. Write {EXAMPLES}.") from None
    if not is_of_our_time(moment):
        raise UsageError(f"`{text}` lies far from our time. Write {EXAMPLES}.")
    if len(stripped) <= len("2026-12-18"):
        moment = _with_time(stripped, moment)
    return moment.astimezone(UTC) if moment.tzinfo else _from_local(moment, text)


def read_day_or_moment(text: str, *, now: datetime) -> datetime:
    """
    Return the moment a text names, or the midnight at which the day begins that it names.

    Raises:
        UsageError: it names neither, or a local time that does not exist or exists twice.
    """
    day = f"{text.strip()} 00:00"
    try:
        datetime.fromisoformat(_iso(day))
    except ValueError:
        return read_moment(text, now=now)
    return read_moment(day, now=now)


def read_optional(text: str | None, *, now: datetime) -> datetime | None:
    """Return the moment a text names, or None where nothing was given."""
    return None if text is None else read_moment(text, now=now)


def local(moment: datetime | None, *, seconds: bool = False) -> str:
    """Return a moment as local day and time, or nothing for None."""
    if moment is None:
        return ""
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")


def since(moment: datetime, origin: datetime) -> str:
    """Return how long after T0 a moment lies, such as `T+0:21` or `T+42d 0:00`."""
    distance = moment - origin
    sign = "-" if distance < timedelta() else "+"
    days, rest = divmod(abs(distance), timedelta(days=1))
    hours, rest = divmod(rest, timedelta(hours=1))
    clock = f"{hours}:{rest // timedelta(minutes=1):02}"
    return f"T{sign}{days}d {clock}" if days else f"T{sign}{clock}"


def _iso(text: str) -> str:
    match = _GERMAN.fullmatch(text)
    if match is None:
        return text
    day, month, year, clock = match.groups()
    return f"{year}-{int(month):02}-{int(day):02} {clock:0>5}"


def _clock_today(text: str, now: datetime) -> datetime | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    clock = time(int(match[1]), int(match[2]))
    return datetime.combine(local_day(now), clock)


def _with_time(text: str, moment: datetime) -> datetime:
    if ":" not in text:
        raise UsageError(f"`{text}` names a day without a time. Write {EXAMPLES}.")
    return moment


def _from_local(moment: datetime, text: str) -> datetime:
    early, late = moment.replace(tzinfo=ZONE, fold=0), moment.replace(tzinfo=ZONE, fold=1)
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    there_and_back = early.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None)
    what = "comes twice" if there_and_back == moment else "does not exist"
    raise UsageError(
        f"`{text}` {what}: the clocks change that night."
        f" Write the offset: {moment.isoformat()}+01:00 or {moment.isoformat()}+02:00."
    )
