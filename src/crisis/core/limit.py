"""
How many messages may leave in a span of time, and from when on the next one may.

A limit holds in every window of its length, wherever that begins: `6/minute`
means that no sixty seconds hold a seventh message. Of each limit a part is kept
free (`spare`), so that what must get through does not wait behind repeats.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
LONGEST = timedelta(days=1)
_WRITTEN = re.compile(r"(?P<count>-?\d+)\s*/\s*(?P<times>\d+)?\s*(?P<unit>[a-z]+?)s?")
# So many of a limit are needed before a place of it can be kept free for stand-downs.
_ENOUGH = 3


class Urgency(IntEnum):
    """How a message stands towards others that wait for the same room; the lowest goes first."""

    STOP = 0  # stand-downs, and "no longer needed": they stop people from setting out
    MANDATORY = 1  # a contact's first message in a step that an agreement demands
    NEW = 2  # any other first message
    AGAIN = 3  # reminders, repeats, further tries


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `count` messages in every window of `period`; `words` is how it was written."""

    count: int
    period: timedelta
    words: str


def limits_of(text: str) -> tuple[Limit, ...]:
    """
    Return the limits of `6/minute, 30/hour`; nothing, or `off`, means none.

    A unit is second, minute, hour or day, with a number before it if need be
    (`5/15 minutes`); a day is the longest.

    Raises:
        ValueError: the words say what is wrong, and what to write.
    """
    if text.strip().lower() in {"", "off"}:
        return ()
    return tuple(_limit(part.strip().lower()) for part in text.split(","))


def _limit(words: str) -> Limit:
    found = _WRITTEN.fullmatch(words)
    if found is None or found["unit"] not in _UNITS:
        raise ValueError(f"`{words}` is not a limit; write it like `6/minute` or `5/15 minutes`")
    count, period = int(found["count"]), int(found["times"] or 1) * _UNITS[found["unit"]]
    if count < 1:
        raise ValueError(
            f"`{words}` would let nothing through; to do without a limit write `off`,"
            " to switch a provider off, leave it out"
        )
    if not timedelta() < period <= LONGEST:
        raise ValueError(f"`{words}`: a limit spans more than nothing and at most a day")
    return Limit(count=count, period=period, words=words)


def spare(limit: Limit, urgency: Urgency) -> int:
    """
    Return how many places of a limit a message of this urgency leaves free.

    Stand-downs may use all, new messages all but one, repeats about three quarters.
    """
    if urgency is Urgency.STOP:
        return 0
    if urgency is Urgency.AGAIN:
        return min(limit.count - 1, 1 + limit.count // 4)
    return 1 if limit.count >= _ENOUGH else 0


def next_room(
    moments: Sequence[datetime], limits: Iterable[Limit], *, urgency: Urgency, now: datetime
) -> tuple[datetime, Limit | None]:
    """
    Return from when on one more message may leave, and the limit that decides; None: at once.

    `moments` are those of the messages that left or are promised to leave, sorted.
    """
    room: tuple[datetime, Limit | None] = now, None
    for limit in limits:
        usable = limit.count - spare(limit, urgency)
        if len(moments) >= usable:
            free = moments[-usable] + limit.period
            if free > room[0]:
                room = free, limit
    return room
