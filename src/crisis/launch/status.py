"""What runs, since when, what is late, what is degraded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crisis.core.event import LogRestored
from crisis.core.incident import Incident
from crisis.core.obligation import ObligationState
from crisis.launch.deadman_status import DeadmanStatus
from crisis.launch.engine_status import EngineStatus
from crisis.launch.roll import Member, call_roll
from crisis.launch.watcher_status import WatcherStatus
from crisis.usecases.witness import Loss

# So long Prefect may take to come up before anybody need look after it.
GRACE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStatus:
    """One process of the house; `since` in real time."""

    name: str
    pid: int
    since: datetime
    restarts: int
    alive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    What the log says about the open incidents, counted over all of them.

    `held` messages wait for room in a limit, the next until `held_until`, because of
    `held_by`.
    """

    open_incidents: int
    degraded: tuple[str, ...]
    overdue: int
    unknown: int
    damaged: tuple[str, ...] = ()
    held: int = 0
    held_until: datetime | None = None
    held_by: str = ""
    restored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The whole picture; `is_well` is what the exit code says, `just_started` within `GRACE`."""

    processes: tuple[ProcessStatus, ...]
    engines: tuple[EngineStatus, ...]
    standing: Standing
    log: str
    just_started: bool = False
    watchers: tuple[WatcherStatus, ...] = ()
    deadmen: tuple[DeadmanStatus, ...] = ()

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
        return (
            *ended,
            *self._engine_reasons(),
            *self._incident_reasons(),
            *self._watcher_reasons(),
        )

    @property
    def engine(self) -> EngineStatus | None:
        """The engine that gave a sign of life last, None if there never was one."""
        return max(self.engines, key=lambda each: (each.fresh, each.at), default=None)

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
        if not any(engine.fresh for engine in self.engines):
            return ("the engine gives no sign of life",)
        found = [reason for engine in self.engines for reason in engine.reasons]
        for state in sorted({engine.prefect for engine in self.engines if engine.fresh}):
            if state == "starting" and not self.just_started:
                found.append(
                    f"Prefect is still starting after {GRACE.seconds} s; see logs/prefect.log"
                )
            elif state not in {"ready", "starting"}:
                found.append(f"Prefect is {state}")
        return tuple(found)

    def _watcher_reasons(self) -> tuple[str, ...]:
        missed = [reason for switch in self.deadmen for reason in switch.reasons]
        expected = any(process.name == "watcher" for process in self.processes)
        if not self.watchers:
            silent = expected and not self.just_started
            return (*missed, *(("the watcher has never looked",) if silent else ()))
        # Right after a start the last look is the one before it.
        looking = [each for each in self.watchers if each.fresh or not self.just_started]
        return (*missed, *(reason for watcher in looking for reason in watcher.reasons))

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


def standing(
    incidents: Iterable[Incident],
    *,
    now: datetime,
    damaged: Iterable[str] = (),
    lost: Iterable[Loss] = (),
) -> Standing:
    """
    Return the counts over incidents that were not closed; `damaged` cannot be read.

    Of `lost` ones the log knows nothing any more. `now` is the house's moment, an
    exercise's where the clock is one.
    """
    all_open = tuple(incidents)
    states = [o.state for incident in all_open for o in incident.obligations.values()]
    held = [
        each
        for incident in all_open
        for one in incident.obligations.values()
        for each in one.waiting(now)
    ]
    first = min(held, key=lambda each: each.until, default=None)
    return Standing(
        open_incidents=len(all_open),
        degraded=tuple(incident.id for incident in all_open if incident.degraded),
        overdue=states.count(ObligationState.OVERDUE),
        unknown=states.count(ObligationState.UNKNOWN),
        damaged=tuple(damaged),
        held=len(held),
        held_until=None if first is None else first.until,
        held_by="" if first is None else first.limit,
        restored=(
            *(
                _lost(incident.id, mark.event.upto_version, mark.event.lost_to)
                for incident in all_open
                for mark in incident.custody
                if isinstance(mark.event, LogRestored)
            ),
            *(_lost(loss.incident, loss.upto_version, loss.lost_to) for loss in lost),
        ),
    )


def _lost(incident: str, upto: int, last: int) -> str:
    return f"{incident}: lost entries {upto + 1} to {last or '?'}"


def _process(member: Member) -> ProcessStatus:
    return ProcessStatus(
        name=member.name,
        pid=member.pid,
        since=member.since,
        restarts=member.restarts,
        alive=member.alive,
    )
