"""The peers that were installed, each with a thousand messages to our own sinks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.figure import Figure
from bench.peers.healthchecks import healthchecks_seconds
from bench.peers.home import python_of
from bench.peers.iris import iris_seconds
from bench.scenario import Run

COUNT = 1000
NOT_INSTALLED = "not installed: bench/peers/install"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A peer, and what runs it with so many messages in a folder and returns its seconds."""

    name: str
    seconds: Callable[[Path, int], float]
    note: str


PEERS = (
    Peer(
        name="iris",
        seconds=iris_seconds,
        note="people in one step over SMTP; MariaDB; its wait of up to 60 s left out",
    ),
    Peer(
        name="healthchecks",
        seconds=healthchecks_seconds,
        note="missed deadlines, a webhook each; SQLite; its wait of up to 2 s left out",
    ),
)


def race(run: Run) -> Iterator[Figure]:
    """Yield the seconds from the start of each peer's loop to its last message at our sink."""
    for peer in PEERS:
        is_here = python_of(peer.name) is not None
        count = run.size(COUNT)
        seconds = peer.seconds(run.room(f"peer_{peer.name}"), count) if is_here else None
        yield Figure(
            key=f"peer_{peer.name}_1000_s",
            value=None if seconds is None else round(seconds, 2),
            unit="s",
            note=f"peer: {count} {peer.note}" if is_here else NOT_INSTALLED,
        )
