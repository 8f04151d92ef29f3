"""A run: every wanted kind on every wanted database, in lanes beside one another."""

import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.faults.catalogue import ACTS, KINDS
from bench.faults.chance import chance
from bench.faults.cluster import Cluster
from bench.faults.kind import BOTH, POSTGRES, Act
from bench.faults.stage import Size, Stage
from bench.faults.tally import Tally

# The kills keep the cores busy; the others mostly wait.
LANES = (("storm",), ("serving", "way-out", "answers"), ("standstill", "clocks", "storage"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is tried, how much of it, with which dice, and where; `tell` hears how it goes."""

    folder: Path
    seed: int
    size: Size
    kinds: frozenset[str]
    tell: Callable[[str], None] = lambda _words: None

    def on(self, databases: Sequence[str]) -> list[Tally]:
        """Run on each database and return the counts in the order of the catalogue."""
        ends = time.monotonic() + self.size.limit_s
        with (
            ExitStack() as stack,
            ThreadPoolExecutor(len(LANES) * len(BOTH), thread_name_prefix="lane") as pool,
        ):
            jobs = []
            for database in databases:
                home = self.folder / database
                home.mkdir()
                for lane in LANES:
                    acts = [act for act in _acts(lane) if self._wanted(act, database)]
                    if not acts:
                        continue
                    # A lane's own: one of them kills its server again and again.
                    cluster = stack.enter_context(Cluster()) if database == POSTGRES else None
                    stages = [self._stage(act, home, cluster, ends) for act in acts]
                    jobs.append(pool.submit(self._play_all, stages))
            found = [tally for job in jobs for tally in job.result()]
        order = list(KINDS)
        return sorted(found, key=lambda t: order.index(t.kind) if t.kind in order else -1)

    def _play_all(self, stages: Sequence[tuple[Act, Stage]]) -> list[Tally]:
        found = []
        for act, stage in stages:
            began = time.monotonic()
            played = _play(act, stage)
            bad = sum(not tally.is_good for tally in played)
            how = f"{bad} rows are not as they must be" if bad else "all held"
            took = time.monotonic() - began
            self.tell(f"{stage.database}: {act.name} took {took:.0f} s, {how}")
            found += played
        return found

    def _wanted(self, act: Act, database: str) -> frozenset[str]:
        return frozenset(
            kind.id for kind in act.kinds if kind.id in self.kinds and database in kind.databases
        )

    def _stage(
        self, act: Act, home: Path, cluster: Cluster | None, ends: float
    ) -> tuple[Act, Stage]:
        database = home.name
        stage = Stage(
            folder=home,
            database=database,
            cluster=cluster,
            wanted=self._wanted(act, database),
            dice=chance(self.seed, database, act.name),
            size=self.size,
            ends=ends,
        )
        return act, stage


def _acts(lane: Sequence[str]) -> list[Act]:
    by_name = {act.name: act for act in ACTS}
    return [by_name[name] for name in lane]


def _play(act: Act, stage: Stage) -> list[Tally]:
    """Play one act; a fault of the bench itself is told in the rows, not swallowed."""
    found: list[Tally] = []
    try:
        found.extend(act.play(stage))
    except Exception as error:  # noqa: BLE001 -- the other lanes go on, and the row tells
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        said = f"the bench could not go on: {type(error).__name__} at {place}: {error}"
        told = {tally.kind for tally in found}
        found += [
            Tally(kind=kind, database=stage.database).but(said)
            for kind in sorted(stage.wanted - told)
        ]
    return found
