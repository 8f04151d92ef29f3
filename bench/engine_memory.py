"""The memory of an engine whose only incident is as large as they come."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figure import Figure
from bench.house import House, prepared_house, running, wait_until
from bench.scenario import Run
from crisis.core.event import Entry
from crisis.launch.program import LEAN
from crisis.store.log import DatabaseEventLog

MOST_MB = 300.0
READ_WITHIN = 120.0
CHUNK = 2_000
_KB_IN_MB = 1024
_LINES = re.compile(r"^(VmRSS|VmHWM):\s+(\d+) kB$", re.MULTILINE)


def engine_memory(run: Run, entries: Sequence[Entry]) -> Iterator[Figure]:
    """Yield what an engine holds once it has read these entries and planned on them."""
    with prepared_house(run.room("engine_memory")) as house:
        with DatabaseEventLog(house.settings.database_address) as log:
            store(log, entries)
        with running(house, "engine", "-m", "flows.engine", **LEAN) as (pid, _began):
            wait_until(
                lambda: _has_read(house, entries[0].incident),
                within=READ_WITHIN,
                what="the engine has read and planned the large incident",
            )
            held = memory_mb(pid)
    yield Figure(
        key="engine_rss_mb",
        value=held["VmRSS"],
        unit="MB",
        target=MOST_MB,
        note=f"the engine's process with {len(entries)} events; at its peak {held['VmHWM']:g} MB",
    )


def store(log: DatabaseEventLog, entries: Sequence[Entry]) -> None:
    """Append entries to another log, in chunks."""
    for start in range(0, len(entries), CHUNK):
        chunk = entries[start : start + CHUNK]
        log.append(
            chunk[0].incident,
            [entry.event for entry in chunk],
            actor=chunk[0].actor,
            at=chunk[0].at,
            expected_version=None,
        )


def memory_mb(pid: int) -> dict[str, float]:
    """Return a process's memory now (`VmRSS`) and at most so far (`VmHWM`)."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return {name: round(int(kb) / _KB_IN_MB, 1) for name, kb in _LINES.findall(told)}


def _has_read(house: House, incident: str) -> bool:
    with DatabaseEventLog(house.settings.database_address) as log:
        return any(
            incident in beat.data.get("open", ()) and bool(beat.data.get("idle"))
            for beat in log.beats().values()
        )
