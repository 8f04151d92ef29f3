"""What must not be left behind, however a run ends: processes, servers, file systems."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_LEFT: list[Callable[[], object]] = []


@contextmanager
def ended_by(work: Callable[[], object]) -> Iterator[None]:
    """Have something done when the block ends, or when the whole run is told to leave."""
    _LEFT.append(work)
    try:
        yield
    finally:
        _LEFT.remove(work)
        work()


def leave_in_order(within_s: float) -> None:
    """On SIGTERM, on Ctrl-C, and after so many seconds: end all that was started, then leave."""

    def leave(number: int, _frame: FrameType | None) -> None:
        why = "it took too long" if number == signal.SIGALRM else "it was asked to leave"
        print(f"faults: {why}; everything that was started is ended", file=sys.stderr, flush=True)
        for work in reversed(tuple(_LEFT)):
            with contextlib.suppress(Exception):
                work()
        os._exit(1)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, leave)
    signal.alarm(int(within_s))
