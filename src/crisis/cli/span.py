"""Durations as people type them: `30m`, `1h30m`, `2d`."""

import re
from datetime import timedelta

from crisis.errors import UsageError

_SPAN = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?")


def read_span(text: str) -> timedelta:
    """
    Return the duration a text names.

    Raises:
        UsageError: it names none, or nothing at all.
    """
    match = _SPAN.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        raise UsageError(f"`{text}` is no duration. Write 30m, 1h30m or 2d.")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    span = timedelta(days=days, hours=hours, minutes=minutes)
    if not span:
        raise UsageError(f"`{text}` is no time at all. Write 30m, 1h30m or 2d.")
    return span


def span_text(span: timedelta) -> str:
    """Return a duration in days, hours and minutes, rounded down: `2d`, `1h30m`, `0m`."""
    minutes = int(span / timedelta(minutes=1))
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "m"))
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0m"
