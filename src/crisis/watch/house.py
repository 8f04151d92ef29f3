"""What is wrong with the house itself, from the signs that its processes give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crisis.core.concern import Concern, ConcernKind
from crisis.core.words import Words
from crisis.launch.engine_status import EngineStatus

# An engine that was never seen may still be starting.
STARTING = timedelta(seconds=60)
# Messages go out without Prefect; so long it may be gone before somebody is called.
WITHOUT_PREFECT = timedelta(minutes=10)
LEAST_ROOM = 256 * 1024 * 1024
MOST_WAITING = 2000
# A sign of life from the future: the clocks of two hosts differ.
MOST_DEVIATION = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """
    What was seen of the house; moments in real time.

    `up_since` is when the watcher began, `engine_seen` whether it has seen an engine
    alive since then, `prefect_gone` since when no engine has had Prefect. `free` is
    the room on the data folder's disk in bytes, None if the folder is gone.
    `waiting` counts partners who were to be asked and were not yet. `deviations` are
    the seconds by which an engine's host is off, by the engine's name.
    """

    up_since: datetime
    engine_seen: bool = False
    engines: tuple[EngineStatus, ...] = ()
    prefect_gone: datetime | None = None
    free: int | None = None
    waiting: int = 0
    damaged: Mapping[str, str] = field(default_factory=dict)
    deviations: Mapping[str, float] = field(default_factory=dict)
    alarm_unusable: tuple[str, ...] = ()


def house_concerns(signs: Signs, *, now: datetime) -> tuple[Concern, ...]:
    """Return what is wrong with the house; `now` in real time."""
    return (
        *_engines(signs, now=now),
        *_prefect(signs, now=now),
        *_room(signs, now=now),
        *(
            _of("damaged", now, "Protokoll nicht lesbar", "log not readable", incident=incident)
            for incident in signs.damaged
        ),
        *(
            _of(
                f"alarm-unusable {name}",
                now,
                f"Alarmweg {name} ist keine Adresse, die wir verstehen",
                f"alarm address {name} is none that we understand",
            )
            for name in signs.alarm_unusable
        ),
    )


def log_unreachable(*, since: datetime) -> Concern:
    """Return that the log does not answer, so that nothing else can be looked at."""
    return _of("log-unreachable", since, "Datenbank antwortet nicht", "database does not answer")


def unauditable(incident: str, *, since: datetime) -> Concern:
    """Return that an incident could not be audited."""
    return _of("unauditable", since, "Prüfung gescheitert", "audit failed", incident=incident)


def _engines(signs: Signs, *, now: datetime) -> Iterator[Concern]:
    alive = any(engine.fresh for engine in signs.engines)
    if not signs.engine_seen and now - signs.up_since < STARTING:
        return  # the whole house may just be starting
    if not alive:
        since = max((engine.at for engine in signs.engines), default=signs.up_since)
        yield _of("no-engine", since, "Keine Engine läuft", "no engine runs")
        return
    for engine in signs.engines:
        if not engine.fresh and not engine.has_left:
            yield _of(
                f"engine-silent {engine.name}",
                engine.at,
                f"Engine {engine.name} schweigt",
                f"engine {engine.name} is silent",
            )
        if engine.clash:
            yield _of(
                f"engine-clash {engine.name}",
                engine.at,
                f"Zwei Engines heißen {engine.name}",
                f"two engines are called {engine.name}",
            )
        for incident in engine.faults if engine.fresh else ():
            yield _of(
                "engine-fault", engine.at, "Fehler in der Engine", "fault in the engine",
                incident=incident,
            )  # fmt: skip


def _prefect(signs: Signs, *, now: datetime) -> Iterator[Concern]:
    gone = signs.prefect_gone
    if gone is not None and gone + WITHOUT_PREFECT <= now:
        yield _of(
            "no-prefect",
            gone,
            "Prefect fehlt seit langem; Nachrichten gehen hinaus",
            "Prefect has been gone for long; messages go out",
        )


def _room(signs: Signs, *, now: datetime) -> Iterator[Concern]:
    if signs.free is None:
        yield _of("no-folder", now, "Datenordner nicht lesbar", "data folder not readable")
    elif signs.free < LEAST_ROOM:
        yield _of("disk-full", now, "Datenträger fast voll", "disk nearly full")
    if signs.waiting > MOST_WAITING:
        yield _of(
            "backlog",
            now,
            f"Über {MOST_WAITING} Stellen warten auf ihre erste Nachricht",
            f"more than {MOST_WAITING} partners wait for their first message",
        )
    for name, seconds in signs.deviations.items():
        if abs(seconds) > MOST_DEVIATION.total_seconds():
            yield _of(
                f"clock {name}",
                now,
                f"Uhr von {name} geht {seconds:+.0f} s falsch",
                f"clock of {name} is off by {seconds:+.0f} s",
            )


def _of(what: str, since: datetime, german: str, english: str, *, incident: str = "") -> Concern:
    return Concern(
        kind=ConcernKind.HOUSE,
        what=what,
        since=since,
        words=Words(de=german, en=english),
        incident=incident,
    )
