"""What each engine said of itself at its last beat."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from crisis.core.engine_id import BEATS
from crisis.core.kept_time import TOLERANCE

# An engine beats every two seconds; after so long something is wrong.
FRESH = timedelta(seconds=10)
# One that was silent for so long was taken away, not lost; a host name of yesterday's container.
FORGOTTEN = timedelta(days=1)

PrefectState = Literal["ready", "starting", "unavailable", "unknown"]
# The name of a beat, when, and what it says.
Sign = tuple[str, datetime, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """
    What an engine said of itself at its last beat, and whether that is recent.

    `name` is the one it was given, `id` that of its process, `host` where it runs.
    `has_left`: it was asked to leave and did. `clash` names the host of another
    engine under the same name, empty if there is none. `host_clock_off` and
    `database_clock_off` are how many seconds those clocks are ahead of the time that
    the engine keeps. With `launcher` prefect, `workers` take runs from the work pool,
    and `trouble` says why nobody does. `providers` are the states of the breakers of
    relays and gateways by id: closed, open (it is passed over) or half-open.
    """

    at: datetime
    fresh: bool
    prefect: PrefectState
    in_flight: int
    open_incidents: tuple[str, ...]
    faults: Mapping[str, str]
    next_wake_at: datetime | None
    name: str = ""
    id: str = ""
    host: str = ""
    pid: int = 0
    has_left: bool = False
    clash: str = ""
    ticks: int = 0
    host_clock_off: float = 0.0
    database_clock_off: float = 0.0
    launcher: str = "embedded"
    workers: tuple[str, ...] = ()
    trouble: str = ""
    providers: Mapping[str, str] = field(default_factory=dict)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is wrong with it, apart from Prefect."""
        if not self.fresh:
            return () if self.has_left else (f"engine {self.name} gives no sign of life",)
        found = [f"fault in {name}" for name in self.faults]
        if self.clash:
            found.append(
                f"another engine is called {self.name} too, on {self.clash}: give each host"
                " its own CRISIS_ENGINE_NAME"
            )
        if self.trouble:
            found.append(f"engine {self.name} does the work itself: {self.trouble}")
        found.extend(
            f"engine {self.name} passes over provider {name}, which fails"
            for name, state in self.providers.items()
            if state != "closed"
        )
        return (*found, *self._about_clocks())

    def _about_clocks(self) -> tuple[str, ...]:
        clocks = {self.host: self.host_clock_off, "the database": self.database_clock_off}
        return tuple(
            f"the clock of {place or 'its host'} is {seconds:+.0f} s off the time that engine"
            f" {self.name} keeps: set it right, or restart crisis if it is right"
            for place, seconds in clocks.items()
            if abs(seconds) > TOLERANCE.total_seconds()
        )


def engine_status(
    at: datetime, data: Mapping[str, Any], *, now: datetime, name: str = ""
) -> EngineStatus:
    """Return what a beat of an engine says; `at` and `now` in real time."""
    wake_at = data.get("wake_at")
    return EngineStatus(
        at=at,
        fresh=now - at <= FRESH and not data.get("left", False),
        prefect=data.get("prefect", "unknown"),
        in_flight=int(data.get("in_flight", 0)),
        open_incidents=tuple(data.get("open", ())),
        faults=dict(data.get("faults", {})),
        next_wake_at=None if wake_at is None else datetime.fromisoformat(wake_at),
        name=name,
        id=str(data.get("id", "")),
        host=str(data.get("host", "")),
        pid=int(data.get("pid", 0)),
        has_left=bool(data.get("left", False)),
        clash=str(data.get("clash", "")),
        ticks=int(data.get("ticks", 0)),
        host_clock_off=float(data.get("host_clock_off_s", 0.0)),
        database_clock_off=float(data.get("database_clock_off_s", 0.0)),
        launcher=str(data.get("launcher", "embedded")),
        workers=tuple(map(str, data.get("workers", ()))),
        trouble=str(data.get("trouble", "")),
        providers=dict(data.get("providers", {})),
    )


def engine_statuses(signs: Iterable[Sign], *, now: datetime) -> tuple[EngineStatus, ...]:
    """
    Return the engines among all who gave a sign of life, by name; `now` in real time.

    Who left, or was silent for a day, is left out, but the last one never is.
    """
    engines = [
        engine_status(at, data, now=now, name=name.removeprefix(BEATS))
        for name, at, data in signs
        if name.startswith(BEATS)
    ]
    if not engines:
        return ()
    last = max(engines, key=lambda engine: (engine.fresh, engine.at))
    return tuple(
        engine
        for engine in sorted(engines, key=lambda engine: engine.name)
        if engine is last or (not engine.has_left and now - engine.at <= FORGOTTEN)
    )
