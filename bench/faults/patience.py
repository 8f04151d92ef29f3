"""Waiting for other processes, always with an end."""

import time
from collections.abc import Callable
from threading import Event

LOOK = 0.02


class TooLateError(Exception):
    """Something did not come about in time; its words say what."""


def pause(seconds: float) -> None:
    """Let other processes work."""
    Event().wait(max(0.0, seconds))


def wait_until(
    is_so: Callable[[], bool], *, within: float, what: str, look: float = LOOK
) -> float:
    """
    Wait until something is so and return how many seconds that took.

    Raises:
        TooLateError: it was not within so many seconds.
    """
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > within:
            raise TooLateError(f"waited {within:g} s in vain until {what}")
        pause(look)
    return time.monotonic() - began
