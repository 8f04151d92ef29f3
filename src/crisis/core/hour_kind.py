"""Kinds of hours: office hours, nights, weekends and holidays of a Land."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from crisis.core.availability import (
    OFFICE_CLOSES,
    OFFICE_OPENS,
    WORKDAYS,
    ZONE,
    Holidays,
    is_office_time,
)
from crisis.core.spans import local_moments

Period = tuple[datetime, datetime]


class HourKind(StrEnum):
    """What kind of hour it is; a holiday on a Sunday is a holiday."""

    OFFICE = "office"
    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


def hour_kind(at: datetime, *, land: str, holidays: Holidays) -> HourKind:
    """Return the kind of a moment; what is neither free nor office time counts as night."""
    local = at.astimezone(ZONE)
    if local.date() in holidays.get(land, frozenset()):
        return HourKind.HOLIDAY
    if local.weekday() not in WORKDAYS:
        return HourKind.WEEKEND
    office = is_office_time(at, land=land, holidays=holidays)
    return HourKind.OFFICE if office else HourKind.NIGHT


def time_by_kind(
    periods: Iterable[Period], *, land: str, holidays: Holidays
) -> Mapping[HourKind, timedelta]:
    """Return how much time of each kind some periods hold; kinds that do not occur are absent."""
    held: Counter[HourKind] = Counter()
    for since, until in periods:
        times = {OFFICE_OPENS, OFFICE_CLOSES}
        moments = sorted({since, *local_moments(times, since=since, until=until)})
        for start, end in zip(moments, [*moments[1:], until], strict=True):
            kind = hour_kind(start, land=land, holidays=holidays)
            held[kind] += (end - start) // timedelta.resolution
    return {kind: timedelta(microseconds=held[kind]) for kind in HourKind if held[kind]}
