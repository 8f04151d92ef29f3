"""A circuit breaker: who fails again and again is left alone for a while, then tried once."""

import threading
from collections.abc import Callable
from enum import StrEnum


class BreakerState(StrEnum):
    """What a breaker lets through."""

    CLOSED = "closed"  # everything
    OPEN = "open"  # nothing, until the pause is over
    HALF_OPEN = "half-open"  # one message, which shows whether the provider is back


class Breaker:
    """
    Open after so many failures in a row; after a pause let one message through as a probe.

    Safe for many threads. A probe whose end nobody tells is forgotten after another pause.

    Args:
        failures: how many in a row open it.
        pause_s: for how many seconds it then lets nothing through.
        clock: seconds that only ever grow, such as `time.monotonic`.
    """

    def __init__(self, *, failures: int, pause_s: float, clock: Callable[[], float]) -> None:
        self._most = failures
        self._pause_s = pause_s
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._opened_at: float | None = None
        self._probed_at: float | None = None

    @property
    def state(self) -> BreakerState:
        """What it lets through now."""
        with self._lock:
            return self._state()

    def enter(self) -> bool:
        """Return whether a message may go this way now; of a half-open one only the first may."""
        with self._lock:
            match self._state():
                case BreakerState.CLOSED:
                    return True
                case BreakerState.OPEN:
                    return False
                case BreakerState.HALF_OPEN:
                    now = self._clock()
                    taken = self._probed_at is not None and now - self._probed_at < self._pause_s
                    if not taken:
                        self._probed_at = now
                    return not taken

    def succeeded(self) -> None:
        """Take note that the provider does its work."""
        with self._lock:
            self._failed = 0
            self._opened_at = self._probed_at = None

    def failed(self) -> None:
        """Take note that the provider failed; as a probe that opens it for another pause."""
        with self._lock:
            self._failed += 1
            if self._failed >= self._most:
                self._opened_at = self._clock()
                self._probed_at = None

    def _state(self) -> BreakerState:
        if self._opened_at is None:
            return BreakerState.CLOSED
        over = self._clock() - self._opened_at >= self._pause_s
        return BreakerState.HALF_OPEN if over else BreakerState.OPEN
