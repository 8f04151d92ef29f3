"""Raises the alarm over the second way, again while it lasts, and calls it off."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from crisis.core.alarm import (
    AlarmText,
    Occasion,
    Told,
    alarm_text,
    occasion_of,
    topics_of,
)
from crisis.core.concern import Concern

log = logging.getLogger("crisis.watch")

# An alarm that did not arrive is tried again after so long, then twice as long, and so on.
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(seconds=120)


class Sent(Protocol):
    """What became of an alarm at one address."""

    @property
    def name(self) -> str:
        """The address by its place."""
        ...

    @property
    def arrived(self) -> bool:
        """Whether it was taken over."""
        ...


class Way(Protocol):
    """The second way out."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its addresses by their places."""
        ...

    def send(
        self, text: AlarmText, *, id_: str, at: datetime, only: Iterable[str] | None = None
    ) -> Sequence[Sent]:
        """Send one alarm to all addresses, or to some."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """An alarm that did not reach everybody yet."""

    occasion: Occasion
    text: AlarmText
    id: str
    left: tuple[str, ...]
    tries: int
    next_at: datetime


class Siren:
    """
    Decide at each look whether to raise an alarm, and try again until it arrived.

    Args:
        way: where alarms go; may have no address at all.
        again: how often an alarm is repeated while it lasts.
        watcher: the name of the watcher.
        address: where the board is.
        told: the alarm that an earlier watcher raised and did not call off.
    """

    def __init__(
        self, way: Way, *, again: timedelta, watcher: str, address: str, told: Told | None = None
    ) -> None:
        self._way = way
        self._again = again
        self._watcher = watcher
        self._address = address
        self._told = told
        self._calm_since: datetime | None = None
        self._call: _Call | None = None
        self._sent_at: datetime | None = None
        self._arrived = 0
        self._failed = 0

    def hear(self, concerns: Sequence[Concern], *, now: datetime) -> None:
        """Raise, repeat, call off or try again, as is due at `now`, real time."""
        self._calm_since = None if concerns else self._calm_since or now
        occasion = occasion_of(
            self._told, concerns, now=now, again=self._again, calm_since=self._calm_since
        )
        if occasion is not None:
            self._begin(occasion, concerns, now=now)
        if self._call is not None and self._call.next_at <= now:
            self._try(self._call, now=now)

    def state(self) -> dict[str, Any]:
        """Return what a sign of life says about alarms; no address."""
        told = self._told
        return {
            "addresses": len(self._way.names),
            "undelivered": list(self._call.left) if self._call and self._call.tries else [],
            "arrived": self._arrived,
            "failed": self._failed,
            "sent_at": None if self._sent_at is None else self._sent_at.isoformat(),
            "told": None
            if told is None
            else {"topics": sorted(told.topics), "at": told.at.isoformat()},
        }

    def _begin(self, occasion: Occasion, concerns: Sequence[Concern], *, now: datetime) -> None:
        before = frozenset() if self._told is None else self._told.topics
        calm = occasion is Occasion.CLEAR
        self._told = None if calm else Told(topics=before | topics_of(concerns), at=now)
        if not self._way.names:
            return
        text = alarm_text(occasion, concerns, watcher=self._watcher, address=self._address)
        self._call = _Call(
            occasion=occasion,
            text=text,
            id=f"alarm/{self._watcher}/{now.isoformat()}",
            left=self._way.names,
            tries=0,
            next_at=now,
        )

    def _try(self, call: _Call, *, now: datetime) -> None:
        results = self._way.send(call.text, id_=call.id, at=now, only=call.left)
        left = tuple(result.name for result in results if not result.arrived)
        self._arrived += len(results) - len(left)
        self._failed += len(left)
        if len(left) < len(results):
            self._sent_at = now
        if left:
            log.error("Alarm (%s) not delivered at %s", call.occasion.value, ", ".join(left))
        else:
            log.info("Alarm (%s) delivered", call.occasion.value)
        pause = min(FIRST_PAUSE * 2 ** min(call.tries, 8), LONGEST_PAUSE)
        self._call = (
            _Call(
                occasion=call.occasion,
                text=call.text,
                id=call.id,
                left=left,
                tries=call.tries + 1,
                next_at=now + pause,
            )
            if left
            else None
        )
