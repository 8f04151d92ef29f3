"""Decide on the newest state, write, and decide anew if somebody wrote first."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from crisis.core.event import Entry, Event, NoteAdded
from crisis.core.incident import Incident
from crisis.errors import LogMovedOnError, RefusedError
from crisis.simulated.log import MemoryEventLog
from crisis.usecases.recording import MOST_TRIES, record
from tests.builders import T0, a_world, opened


class BusyLog(MemoryEventLog):
    """A log to which somebody else writes a note just before each of some appends."""

    def __init__(self, *, times: int) -> None:
        super().__init__()
        self.times = times

    def append(
        self,
        incident: str,
        events: Sequence[Event],
        *,
        actor: str,
        at: datetime,
        expected_version: int | None,
    ) -> tuple[Entry, ...]:
        """Append what the port says, after Bo's note."""
        if expected_version and self.times:
            self.times -= 1
            super().append(incident, (a_note("Bo"),), actor="bo", at=at, expected_version=None)
        return super().append(
            incident, events, actor=actor, at=at, expected_version=expected_version
        )


def a_note(text: str) -> NoteAdded:
    return NoteAdded(text=text, happened_at=T0)


def seen(incident: Incident, now: datetime) -> tuple[Event, ...]:
    """Note which version was decided on."""
    return (NoteAdded(text=f"version {incident.version}", happened_at=now),)


def test_decision_is_made_anew_when_somebody_wrote_first() -> None:
    world = a_world(log=BusyLog(times=2))
    incident = opened(world)

    result = record(world.desk, incident, seen, by="ada")

    events = [entry.event for entry in world.desk.incidents.entries(incident)][1:]
    assert events == [a_note("Bo"), a_note("Bo"), a_note("version 3")]
    assert result == world.desk.incidents.current(incident)


def test_nothing_is_written_when_others_never_stop() -> None:
    log = BusyLog(times=MOST_TRIES)
    world = a_world(log=log)
    incident = opened(world)

    with pytest.raises(LogMovedOnError, match="being written to without pause; try again"):
        record(world.desk, incident, seen, by="ada")

    assert {entry.actor for entry in log.read(incident, after=1)} == {"bo"}


def test_refusal_reaches_the_caller_and_writes_nothing() -> None:
    world = a_world()
    incident = opened(world)

    def refuse(incident: Incident, now: datetime) -> tuple[Event, ...]:
        raise RefusedError(f"{incident.id} at {now:%H:%M}")

    with pytest.raises(RefusedError, match="i1 at 18:20"):
        record(world.desk, incident, refuse, by="ada")

    assert len(world.desk.incidents.entries(incident)) == 1


def test_entry_names_who_wrote_it_and_when() -> None:
    world = a_world()
    incident = opened(world)
    world.clock.advance(minutes=3)

    record(world.desk, incident, seen, by="ada")

    entry = world.desk.incidents.entries(incident)[-1]
    assert (entry.actor, entry.at) == ("ada", world.clock.now())
