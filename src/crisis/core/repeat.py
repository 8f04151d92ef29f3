"""
When a step is asked again: its rounds, from its own rule to the moments of the rounds.

A round is a step of its own: `A41` is the first, `A41.2` the second. Each has its own
obligations, deadlines and codes. Rounds that nobody could ask, because the engine stood
still or the step did not apply, are counted and not made up for: partners are asked for
what is so now, once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count

from crisis.core.availability import ZONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """
    What makes a step begin once more; exactly one of the first four is set.

    `every` counts from when the first round was planned, `at` are local times of each
    day, `dates` the moments that a calendar rule names, in order (`rule` is that RRULE),
    and `changes` is an attribute: each new value of it begins a round. No round is planned
    from the moment on at which the step `until` begins, or that lies `latest` after T0.
    """

    every: timedelta | None = None
    at: tuple[time, ...] = ()
    dates: tuple[datetime, ...] = ()
    changes: str = ""
    rule: str = ""
    until: str = ""
    latest: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round that is due: its moment, and how many before it went by unasked."""

    planned_at: datetime
    missed: int


def round_id(step: str, number: int) -> str:
    """Return the id of a step's round, counted from 1; no author can write a dot in an id."""
    return step if number == 1 else f"{step}.{number}"


def moments(repeat: Repeat, *, anchor: datetime, after: datetime) -> Iterator[datetime]:
    """
    Yield the moments later than `after` at which the clock begins rounds, without end.

    `anchor` is when the first round was planned. Nothing is yielded where no clock decides.
    """
    if repeat.every is not None:
        first = (after - anchor) // repeat.every + 1
        yield from (anchor + repeat.every * number for number in count(max(first, 1)))
    elif repeat.at:
        yield from _times_of_day(repeat.at, after=after)
    else:
        yield from (moment for moment in repeat.dates if moment > after)


def newest(
    repeat: Repeat, *, anchor: datetime, after: datetime, now: datetime, end: datetime | None
) -> Round | None:
    """
    Return the latest round that is due by `now` and before `end`, None where none is.

    However long the engine stood still, it is one round, which says how many it stands for.
    """
    found: Round | None = None
    for number, moment in enumerate(moments(repeat, anchor=anchor, after=after)):
        if moment > now or (end is not None and moment >= end):
            break
        found = Round(planned_at=moment, missed=number)
    return found


def upcoming(
    repeat: Repeat, *, anchor: datetime, after: datetime, end: datetime | None
) -> datetime | None:
    """Return the next moment after `after` and before `end` at which a round begins."""
    moment = next(moments(repeat, anchor=anchor, after=after), None)
    return None if moment is None or (end is not None and moment >= end) else moment


def _times_of_day(at: tuple[time, ...], *, after: datetime) -> Iterator[datetime]:
    day = after.astimezone(ZONE).date()
    while True:
        # In the night in which an hour is left out, 02:30 comes after 03:00 and with 03:30.
        moments_of_day = {
            datetime.combine(day, clock, tzinfo=ZONE).astimezone(UTC) for clock in at
        }
        yield from (moment for moment in sorted(moments_of_day) if moment > after)
        day += timedelta(days=1)
