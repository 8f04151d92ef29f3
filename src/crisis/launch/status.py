"""What runs, since when, what is late, what is degraded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from crisis.core.incident import Incident
from crisis.core.obligation import ObligationState
from crisis.launch.roll import Member, call_roll

# The engine beats every two seconds; after so long something is wrong.
FRESH = timedelta(seconds=10)
# So long Prefect may take to come up before anybody need look after it.
GRACE = timedelta(seconds=60)

PrefectState = Literal["ready", "starting", "unavailable", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStatus:
    """One process of the house; `since` in real time."""

    name: str
    pid: int
    since: datetime
    restarts: int
    alive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """What the engine said of itself at its last beat, and whether that is recent."""

    at: datetime
    fresh: bool
    prefect: PrefectState
    in_flight: int
    open_incidents: tuple[str, ...]
    faults: Mapping[str, str]
    next_wake_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the log says about the open incidents, counted over all of them."""

    open_incidents: int
    degraded: tuple[str, ...]
    overdue: int
    unknown: int
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The whole picture; `is_well` is what the exit code says, `just_started` within `GRACE`."""

    processes: tuple[ProcessStatus, ...]
    engine: EngineStatus | None
    standing: Standing
    log: str
    just_started: bool = False

    @property
    def is_well(self) -> bool:
        """Whether all runs and nothing is degraded; Prefect may take its first minute."""
        return not self.reasons

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why not all is well, empty if it is."""
        if not self.runs:
            return ("nothing runs here",)
        ended = [f"{each.name} has ended" for each in self.processes if not each.alive]
        return (*ended, *self._engine_reasons(), *self._incident_reasons())

    @property
    def runs(self) -> bool:
        """Whether somebody looks after the processes that were started last."""
        return bool(self.processes) and self.processes[0].alive

    @property
    def prefect_is_starting(self) -> bool:
        """Whether Prefect is not up yet, and need not be."""
        starting = self.engine is not None and self.engine.prefect == "starting"
        return starting and self.just_started

    def _engine_reasons(self) -> tuple[str, ...]:
        if self.engine is None or not self.engine.fresh:
            return ("the engine gives no sign of life",)
        found = [f"fault in {name}" for name in self.engine.faults]
        if self.engine.prefect == "starting" and not self.just_started:
            found.append(
                f"Prefect is still starting after {GRACE.seconds} s; see logs/prefect.log"
            )
        elif self.engine.prefect not in {"ready", "starting"}:
            found.append(f"Prefect is {self.engine.prefect}")
        return tuple(found)

    def _incident_reasons(self) -> tuple[str, ...]:
        degraded = [f"{each} goes on without Prefect" for each in self.standing.degraded]
        return (*degraded, *(f"{each} is damaged" for each in self.standing.damaged))


def processes(data_dir: Path) -> tuple[ProcessStatus, ...]:
    """Return the processes that were started last, the supervisor first; empty if none."""
    roll = call_roll(data_dir)
    return () if roll is None else tuple(map(_process, (roll.supervisor, *roll.children)))


def just_started(found: tuple[ProcessStatus, ...], *, now: datetime) -> bool:
    """Return whether the house was started less than `GRACE` ago; `now` in real time."""
    return bool(found) and now - found[0].since <= GRACE


def engine_status(at: datetime, data: Mapping[str, Any], *, now: datetime) -> EngineStatus:
    """Return what a beat of the engine says; `at` and `now` in real time."""
    wake_at = data.get("wake_at")
    return EngineStatus(
        at=at,
        fresh=now - at <= FRESH,
        prefect=data.get("prefect", "unknown"),
        in_flight=int(data.get("in_flight", 0)),
        open_incidents=tuple(data.get("open", ())),
        faults=dict(data.get("faults", {})),
        next_wake_at=None if wake_at is None else datetime.fromisoformat(wake_at),
    )


def standing(incidents: Iterable[Incident], *, damaged: Iterable[str] = ()) -> Standing:
    """Return the counts over incidents that were not closed; `damaged` cannot be read."""
    all_open = tuple(incidents)
    states = [o.state for incident in all_open for o in incident.obligations.values()]
    return Standing(
        open_incidents=len(all_open),
        degraded=tuple(incident.id for incident in all_open if incident.degraded),
        overdue=states.count(ObligationState.OVERDUE),
        unknown=states.count(ObligationState.UNKNOWN),
        damaged=tuple(damaged),
    )


def _process(member: Member) -> ProcessStatus:
    return ProcessStatus(
        name=member.name,
        pid=member.pid,
        since=member.since,
        restarts=member.restarts,
        alive=member.alive,
    )
