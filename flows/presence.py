"""
Which run attends to an incident: a sign of life per incident, beside the log.

It spares needless runs and needless waiting. That two runs do not send the same
message is the claims' affair, so a sign that lies costs some seconds and no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crisis.wiring import World

PREFIX = "run/"
BEAT = 1.5
_FRESH = timedelta(seconds=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A run's sign of life; `stays` is False from the moment it is about to leave."""

    run: str
    since: str
    stays: bool = True


def name_of(incident: str) -> str:
    """Return the name of an incident's sign of life."""
    return f"{PREFIX}{incident}"


def say(world: World, incident: str, presence: Presence) -> None:
    """Say that a run attends to an incident, or that it is about to leave."""
    data = {"run": presence.run, "since": presence.since, "stays": presence.stays}
    world.log.beat(name_of(incident), world.wall.now(), data)


def who_stays(world: World, incident: str) -> Presence | None:
    """Return the run that attends to an incident, or None if nobody gives a sign of life."""
    beat = world.log.beats().get(name_of(incident))
    if beat is None or _is_stale(beat.at, world.wall.now()):
        return None
    found = _presence(beat.data)
    return found if found.stays else None


def living_runs(world: World) -> frozenset[str]:
    """Return the ids of all flow runs that gave a sign of life just now."""
    now = world.wall.now()
    return frozenset(
        _presence(beat.data).run
        for name, beat in world.log.beats().items()
        if name.startswith(PREFIX) and not _is_stale(beat.at, now)
    )


def outranks(other: Presence | None, mine: Presence) -> bool:
    """Return whether another run was there first, so that mine need not stay."""
    return (
        other is not None
        and other.run != mine.run
        and (other.since, other.run) < (mine.since, mine.run)
    )


def _presence(data: Mapping[str, Any]) -> Presence:
    return Presence(
        run=str(data.get("run", "")),
        since=str(data.get("since", "")),
        stays=bool(data.get("stays", False)),
    )


def _is_stale(at: datetime, now: datetime) -> bool:
    return abs(now - at) > _FRESH
