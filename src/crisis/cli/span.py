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
