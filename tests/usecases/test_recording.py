"""Decide on the newest state, write, and decide anew if somebody wrote first."""

from datetime import datetime

import pytest

from crisis.core.allowed import whatever
from crisis.core.event import AttributeSet, Event, NoteAdded
from crisis.core.incident import Incident
from crisis.errors import LogMovedOnError, RefusedError
from crisis.usecases.reading import desk_for
from crisis.usecases.recording import MOST_TRIES, record
from tests.builders import T0, a_world, opened
from tests.interposed_log import InterposedLog

BOS = AttributeSet(attribute="deaths", value=1, source="bo", happened_at=T0)


class BusyLog(InterposedLog):
    """A log to which somebody else writes a note just before each of some appends."""

    def __init__(self, *, times: int) -> None:
        super().__init__()
        self.times = times

    def before(self, incident: str, *, at: datetime, expected_version: int | None) -> None:
        """Let Bo's fact come first."""
        if expected_version and self.times:
            self.times -= 1
            self.slip_in(incident, BOS, actor="bo", at=at)


def a_note(text: str) -> NoteAdded:
    return NoteAdded(text=text, happened_at=T0)


def seen(incident: Incident, now: datetime) -> tuple[Event, ...]:
    """Note which version was decided on."""
    return (NoteAdded(text=f"version {incident.version}", happened_at=now),)


def test_decision_is_made_anew_when_somebody_wrote_first() -> None:
    world = a_world(log=BusyLog(times=2))
    incident = opened(world)

    result = record(world.desk, incident, seen, by="ada", rule=whatever)

    events = [entry.event for entry in world.desk.incidents.entries(incident)][1:]
    assert events == [BOS, BOS, a_note("version 3")]
    assert result == world.desk.incidents.current(incident)


def test_nothing_is_written_when_others_never_stop() -> None:
    log = BusyLog(times=MOST_TRIES)
    world = a_world(log=log)
    incident = opened(world)

    with pytest.raises(LogMovedOnError, match="being written to without pause; try again"):
        record(world.desk, incident, seen, by="ada", rule=whatever)

    assert {entry.actor for entry in log.read(incident, after=1)} == {"bo"}


def test_refusal_reaches_the_caller_and_writes_nothing() -> None:
    world = a_world()
    incident = opened(world)

    def refuse(incident: Incident, now: datetime) -> tuple[Event, ...]:
        raise RefusedError(f"{incident.id} at {now:%H:%M}")

    with pytest.raises(RefusedError, match="i1 at 18:20"):
        record(world.desk, incident, refuse, by="ada", rule=whatever)

    assert len(world.desk.incidents.entries(incident)) == 1


def test_entry_names_who_wrote_it_and_when() -> None:
    world = a_world()
    incident = opened(world)
    world.clock.advance(minutes=3)

    record(world.desk, incident, seen, by="ada", rule=whatever)

    entry = world.desk.incidents.entries(incident)[-1]
    assert (entry.actor, entry.at) == ("ada", world.clock.now())


class AnsweredLog(InterposedLog):
    """A log to which a note comes before each decision."""

    def before(self, incident: str, *, at: datetime, expected_version: int | None) -> None:
        """Let a note come first."""
        if expected_version:
            self.slip_in(incident, a_note("Cy"), actor="cy", at=at)


def test_decision_stands_beside_what_does_not_touch_it_and_nothing_is_missed() -> None:
    world = a_world(log=AnsweredLog())
    incident = opened(world)

    first = record(world.desk, incident, lambda _i, _now: (BOS,), by="ada", rule=whatever)
    then = record(world.desk, incident, lambda _i, _now: (a_note("Ada"),), by="ada", rule=whatever)

    events = [entry.event for entry in world.desk.incidents.entries(incident)][1:]
    assert events == [a_note("Cy"), BOS, a_note("Cy"), a_note("Ada")]
    assert (first.version, first.attributes["deaths"]) == (3, 1)
    assert then == world.desk.incidents.current(incident)


def test_what_memory_refuses_is_decided_on_what_the_log_holds() -> None:
    world = a_world()
    incident = opened(world)
    world.desk.house.log.append(incident, (BOS,), actor="bo", at=T0, expected_version=None)

    def once_known(incident: Incident, _now: datetime) -> tuple[Event, ...]:
        if incident.attributes.get("deaths") != 1:
            raise RefusedError("nothing is known of that")
        return (a_note("Ada"),)

    result = record(world.desk, incident, once_known, by="ada", rule=whatever)

    assert [entry.event for entry in world.desk.house.log.read(incident, after=1)] == [
        BOS,
        a_note("Ada"),
    ]
    assert result.version == 3


def test_what_memory_finds_nothing_to_do_about_is_looked_up_in_the_log() -> None:
    world = a_world()
    incident = opened(world)
    world.desk.house.log.append(incident, (BOS,), actor="bo", at=T0, expected_version=None)

    record(
        world.desk,
        incident,
        lambda found, _now: (a_note("Ada"),) if found.attributes.get("deaths") == 1 else (),
        by="ada",
        rule=whatever,
    )

    assert [entry.event for entry in world.desk.house.log.read(incident, after=1)] == [
        BOS,
        a_note("Ada"),
    ]


def test_incident_that_nobody_here_has_read_is_read() -> None:
    world = a_world()
    incident = opened(world)
    desk = desk_for(world.desk.house)

    record(desk, incident, lambda _i, _now: (a_note("Ada"),), by="ada", rule=whatever)

    assert desk.incidents.current(incident).version == 2
