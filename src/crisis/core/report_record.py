"""
The report as JSON text, always the same bytes for the same report, and its fingerprint.

Moments are ISO 8601 with offset, hours of a day are local, durations are seconds,
keys are snake_case and sorted. The SHA-256 in the log is that of these very bytes:
`sha256sum` checks it.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from enum import IntEnum, StrEnum

from crisis.core.report import ReflectionReport

Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None


def report_text(report: ReflectionReport) -> str:
    """Return the report as JSON text that ends with a line break."""
    return json.dumps(_plain(report), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def report_digest(report: ReflectionReport) -> str:
    """Return the SHA-256 of the report's JSON text."""
    return hashlib.sha256(report_text(report).encode()).hexdigest()


def _plain(value: object) -> Plain:
    match value:
        case None | str() | int():
            return _word(value)
        case date() | time() | timedelta():
            return _time(value)
        case tuple():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            raise TypeError(f"a report holds no {type(value).__name__}")


def _word(value: str | int | None) -> Plain:
    if isinstance(value, IntEnum):
        return value.name.lower()
    return str(value.value) if isinstance(value, StrEnum) else value


def _time(value: date | time | timedelta) -> Plain:
    if isinstance(value, date | time):
        return value.isoformat()
    seconds = value.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds
