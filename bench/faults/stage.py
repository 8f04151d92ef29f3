"""Where a part of a run takes place: folder, database, dice, size and time limit."""

import time
from dataclasses import dataclass
from pathlib import Path

from bench.faults.chance import Random
from bench.faults.cluster import Cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of everything: processes killed per database, partners in a wave, seconds."""

    kills: int
    partners: int
    supervisors: int
    stop_s: float
    limit_s: float


SHORT = Size(kills=8, partners=60, supervisors=1, stop_s=40.0, limit_s=80.0)
DEFAULT = Size(kills=110, partners=160, supervisors=4, stop_s=120.0, limit_s=690.0)
NIGHTLY = Size(kills=400, partners=320, supervisors=10, stop_s=120.0, limit_s=3000.0)
SIZES = {"short": SHORT, "default": DEFAULT, "nightly": NIGHTLY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """
    What an act gets.

    `wanted` are the ids of the kinds to try; `ends` is the moment (monotonic
    seconds) at which it must have begun its last fault; `cluster` is None on SQLite.
    """

    folder: Path
    database: str
    cluster: Cluster | None
    wanted: frozenset[str]
    dice: Random
    size: Size
    ends: float

    @property
    def has_time(self) -> bool:
        """Whether another fault may begin."""
        return time.monotonic() < self.ends

    def address(self, name: str) -> str:
        """Return the address of a fresh database for one house, empty for its own SQLite file."""
        return "" if self.cluster is None else self.cluster.create(name)
