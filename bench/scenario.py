"""One scenario of the bench, and what all scenarios of a run share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.figure import Figure
from bench.house import House
from crisis.core.event import AttemptEnded, ReportDrafted
from crisis.store.log import DatabaseEventLog


@dataclass(slots=True, kw_only=True)
class Tally:
    """How many messages and reports of the fault-free scenarios ran under Prefect."""

    tracked: int = 0
    all: int = 0

    def add(self, house: House) -> None:
        """Count every attempt that ended and every report in a house's log."""
        with DatabaseEventLog(house.settings.database_address) as log:
            for incident in log.incidents():
                for entry in log.read(incident):
                    if isinstance(entry.event, AttemptEnded | ReportDrafted):
                        self.all += 1
                        self.tracked += bool(entry.event.run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    One run of the bench.

    `folder` is for whatever its scenarios leave behind. `quick` asks for few
    repetitions and small waves: for tests, whose figures nobody reads.
    """

    folder: Path
    quick: bool = False
    tally: Tally = field(default_factory=Tally)

    def size(self, full: int) -> int:
        """Return how many of something to take: all, or a fiftieth and at least two if quick."""
        return max(2, full // 50) if self.quick else full

    def room(self, name: str) -> Path:
        """Return a fresh folder of this name."""
        room = self.folder / name
        room.mkdir(parents=True)
        return room


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """
    A part of the bench that can be run alone.

    `limit_s` is when it is given up; the others go on.
    """

    name: str
    title: str
    limit_s: int
    measure: Callable[[Run], Iterator[Figure]]
