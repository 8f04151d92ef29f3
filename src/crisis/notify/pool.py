"""Idle connections, kept for the next message to the same place."""

import threading
import time
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar


class Poolable(Protocol):
    """A connection that can wait."""

    def is_quiet(self) -> bool:
        """Return whether it can still be used."""
        ...

    def retire(self) -> None:
        """Take leave and hang up; never raises."""
        ...


C = TypeVar("C", bound=Poolable)


class Pool(Generic[C]):
    """
    Keep up to `most` idle connections per place, each for `rest` seconds at most.

    A connection belongs to one thread from `take` to `give`.
    """

    def __init__(self, *, rest: float, most: int = 32) -> None:
        self._rest = rest
        self._most = most
        self._lock = threading.Lock()
        self._closed = False
        self._idle: dict[Hashable, list[tuple[float, C]]] = {}

    def take(self, place: Hashable) -> C | None:
        """Return the connection that was used last and is still open, or None."""
        while True:
            with self._lock:
                idle = self._idle.get(place)
                if not idle:
                    return None
                since, connection = idle.pop()
            if time.monotonic() - since <= self._rest and connection.is_quiet():
                return connection
            connection.retire()

    def give(self, place: Hashable, connection: C) -> None:
        """Take a connection back, or close it if there are enough."""
        with self._lock:
            idle = self._idle.setdefault(place, [])
            if not self._closed and len(idle) < self._most:
                idle.append((time.monotonic(), connection))
                return
        connection.retire()

    def close(self) -> None:
        """Close all idle connections, and each that comes back from now on."""
        with self._lock:
            self._closed = True
            left = [connection for idle in self._idle.values() for _since, connection in idle]
            self._idle.clear()
        for connection in left:
            connection.retire()
