"""
Durations and deadlines as authors write them: `30m`, `2d`, `T0+24h`, `3 working days`.

Months and years are refused, because they have no fixed length; bare numbers are
refused, because nobody can tell minutes from hours.
"""

import re
from datetime import time, timedelta
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from crisis.core.deadline import DayHours, Within
from crisis.loading.shape import refuse

LONGEST = timedelta(days=3660)
_HINT = "write 30m, 1h30m, 2d or PT30M"
_BY_HOUR_HINT = "write, for example, 20m in 06:00-22:00, else 30m"
_OWN = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?")
_ISO = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?")
# The name of a moment: no digits, so that it is never taken for a step or for T0.
OCCASION = r"[A-Z][A-Za-z]*"
_OCCASION = re.compile(rf"({OCCASION})\+(\S+)")
_MOMENT = re.compile(r"T0(?:([+-])(\S+))?")
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_WORKING_DAYS = re.compile(r"([1-9][0-9]?) working days?")
_BY_HOUR = re.compile(rf"(\S+) in ({_CLOCK})-({_CLOCK})\s*,\s*else (\S+)")


def parse_duration(text: object) -> timedelta:
    """
    Return the duration that a text names.

    Raises:
        PydanticCustomError: it names none; the cure is in its context.
    """
    match = (_OWN.fullmatch(text) or _ISO.fullmatch(text)) if isinstance(text, str) else None
    if match is None or not any(match.groups()):
        raise refuse("PB104", f"not a duration: `{text}`", _HINT)
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    duration = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if duration > LONGEST:
        raise refuse("PB104", f"longer than ten years: `{text}`", _HINT)
    return duration


def parse_moment(text: object) -> timedelta:
    """
    Return how long after T0 a moment such as `T0`, `T0+90m` or `T0-14d` lies.

    Raises:
        PydanticCustomError: the text names no such moment.
    """
    match = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise refuse("PB105", f"not a moment of the run: `{text}`", "write T0, T0+90m or T0-14d")
    if match[1] is None:
        return timedelta()
    duration = parse_duration(match[2])
    return -duration if match[1] == "-" else duration


def parse_working_days(text: object) -> int | None:
    """Return the number in `2 working days`; None if a text says something else."""
    match = _WORKING_DAYS.fullmatch(text) if isinstance(text, str) else None
    return None if match is None else int(match[1])


def parse_within(text: object) -> Within:
    """
    Return the deadline that a text names: from the step's start, from T0 or an occasion.

    `20m in 06:00-22:00, else 30m` is one that differs by the hour at which the step begins.

    Raises:
        PydanticCustomError: it names none.
    """
    if isinstance(text, str) and (match := _BY_HOUR.fullmatch(text.strip())):
        by_day, opens, closes, by_night = match.groups()
        if opens == closes:
            raise refuse("PB104", f"these hours are none: `{opens}-{closes}`", _BY_HOUR_HINT)
        return Within(
            duration=parse_duration(by_day),
            hours=DayHours(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes)),
            otherwise=parse_duration(by_night),
        )
    days = parse_working_days(text)
    if days is not None:
        return Within.of_working_days(days)
    if isinstance(text, str) and text.startswith("T0"):
        return Within(duration=parse_moment(text), absolute=True)
    if isinstance(text, str) and (match := _OCCASION.fullmatch(text)):
        return Within(duration=parse_duration(match[2]), absolute=True, occasion=match[1])
    return Within(duration=parse_duration(text))


def written(duration: timedelta) -> str:
    """Return a duration as an author would write it: `2d`, `1h30m`, `45s`."""
    sign, rest = ("-", -duration) if duration < timedelta() else ("", duration)
    hours, seconds = divmod(rest.seconds, 3600)
    parts = ((rest.days, "d"), (hours, "h"), (seconds // 60, "m"), (seconds % 60, "s"))
    return sign + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0m")


def written_within(within: Within) -> str:
    """Return a deadline as an author would write it: `15m`, `T0+4h`, `3 working days`."""
    if within.working_days is not None:
        return f"{within.working_days} working day{'' if within.working_days == 1 else 's'}"
    if within.occasion:
        return f"{within.occasion}+{written(within.duration)}"
    if within.absolute:
        return written_moment(within.duration)
    if within.hours is None or within.otherwise is None:
        return written(within.duration)
    hours = f"{within.hours.opens:%H:%M}-{within.hours.closes:%H:%M}"
    return f"{written(within.duration)} in {hours}, else {written(within.otherwise)}"


def written_moment(offset: timedelta) -> str:
    """Return a moment of the run as an author would write it: `T0`, `T0+90m`, `T0-14d`."""
    if not offset:
        return "T0"
    return f"T0{'' if offset < timedelta() else '+'}{written(offset)}"


_TEXT = r"^(\d+d)?(\d+h)?(\d+m)?(\d+s)?$|^P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$"

Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    WithJsonSchema({"type": "string", "pattern": _TEXT, "examples": ["30m", "1h30m", "PT30M"]}),
]
Moment = Annotated[
    timedelta,
    BeforeValidator(parse_moment),
    WithJsonSchema({"type": "string", "pattern": r"^T0([+-]\S+)?$", "examples": ["T0+40m"]}),
]
WithinText = Annotated[
    Within,
    BeforeValidator(parse_within),
    WithJsonSchema(
        {
            "type": "string",
            "examples": [
                "15m",
                "T0+24h",
                "V+60m",
                "3 working days",
                "20m in 06:00-22:00, else 30m",
            ],
        }
    ),
]
