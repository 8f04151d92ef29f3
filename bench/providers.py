"""
The providers that every message of the bench ends at: sinks in a process of their own.

In the process that measures they would share its interpreter with the peers, who
would look slower than they are.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from crisis.errors import UnreachableError

LOOPBACK = "127.0.0.1"
_LEAVES_WITHIN = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """
    One message at a sink, when it was read whole (monotonic seconds, all processes alike).

    `mark` is the attempt's id (`incident/step/partner/n`) over HTTP, the recipient over SMTP.
    """

    at: float
    sink: str
    mark: str


class Providers:
    """The sinks by name; safe to be asked from several threads."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lock = threading.Lock()
        self.ports: Mapping[str, int] = self._answer()

    def place(self, sink: str) -> str:
        """Return host and port of a sink."""
        return f"{LOOPBACK}:{self.ports[sink]}"

    def mailbox(self, sink: str, name: str) -> str:
        """Return the address of a mailbox at an SMTP sink."""
        return f"mailto://{self.place(sink)}/?from=crisis@bench.example&to={name}@bench.example"

    def count(self) -> int:
        """Return how many messages arrived so far, at all sinks."""
        return int(self._ask({"do": "count"}))

    def arrivals(self, *, after: int = 0) -> tuple[Arrival, ...]:
        """Return what arrived after so many messages, over all sinks, in order."""
        told = self._ask({"do": "arrivals"})
        every = sorted((Arrival(at=at, sink=sink, mark=mark) for at, sink, mark in told), key=_at)
        return tuple(every[after:])

    def _ask(self, request: Mapping[str, str]) -> Any:  # noqa: ANN401 -- whatever JSON holds
        with self._lock:
            assert self._process.stdin is not None  # noqa: S101 -- it was opened as a pipe
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            return self._answer()

    def _answer(self) -> Any:  # noqa: ANN401 -- whatever JSON holds
        assert self._process.stdout is not None  # noqa: S101 -- it was opened as a pipe
        line = self._process.stdout.readline()
        if not line:
            raise UnreachableError("the process with the sinks has ended")
        return json.loads(line)


@contextmanager
def started_providers(sinks: Mapping[str, float]) -> Iterator[Providers]:
    """
    Yield sinks in a process of their own.

    Args:
        sinks: the latency of each reply in seconds, by name; a name that begins with
            `smtp` makes a mail relay, any other an HTTP service.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.provider_process", json.dumps(dict(sinks))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Providers(process)
    finally:
        with process:
            # It leaves when nobody asks it any more.
            if process.stdin is not None:
                process.stdin.close()
            _wait(process, process.kill)


def _wait(process: subprocess.Popen[str], kill: Callable[[], None]) -> None:
    try:
        process.wait(_LEAVES_WITHIN)
    except subprocess.TimeoutExpired:
        kill()
        process.wait()


def _at(arrival: Arrival) -> float:
    return arrival.at
