"""Incidents are folded once and carried on entry by entry."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from crisis.core.event import Entry, IncidentClosed, IncidentOpened, NoteAdded
from crisis.core.incident import Incident, fold
from crisis.errors import BrokenChainError, NotFoundError
from crisis.simulated.log import MemoryEventLog
from crisis.usecases.reading import CLOSED_KEPT, PIECE, Incidents, Turn, desk_for
from crisis.usecases.tick import recover
from tests.builders import T0, a_world, opened

NOTE = NoteAdded(text="Presse", happened_at=T0)


def test_incident_is_read_as_the_log_has_it_now() -> None:
    world = a_world()
    incident = opened(world)
    other_desk = desk_for(world.desk.house)
    before = other_desk.incidents.current(incident)
    world.desk.house.log.append(incident, (NOTE,), actor="ada", at=T0, expected_version=1)

    after = other_desk.incidents.current(incident)

    assert (before.version, after.version) == (1, 2)
    assert after == fold(world.desk.house.log.read(incident))


def test_long_incident_is_read_in_pieces() -> None:
    world = a_world()
    incident = opened(world)
    log = world.desk.house.log
    heard: list[int] = []
    reader = Incidents(log, heard=lambda entries: heard.append(len(entries)))
    log.append(incident, (NOTE,) * (2 * PIECE - 1), actor="ada", at=T0, expected_version=1)

    assert reader.current(incident) == fold(log.read(incident))
    assert heard == [PIECE, PIECE]
    log.append(incident, (NOTE,) * (PIECE + 1), actor="ada", at=T0, expected_version=2 * PIECE)
    assert reader.current(incident) == fold(log.read(incident))
    assert heard == [PIECE, PIECE, PIECE, 1]


class LateTurn:
    """A turn's lock that somebody else had first, who read the incident meanwhile."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._meanwhile: list[Callable[[], object]] = [meanwhile]

    def __enter__(self) -> bool:
        while self._meanwhile:
            self._meanwhile.pop()()
        return True

    def __exit__(self, *_error: object) -> None:
        return None


def test_who_asked_before_somebody_began_to_read_shares_the_reading() -> None:
    world = a_world()
    incident = opened(world)
    read: list[int] = []
    reader = Incidents(world.desk.house.log, heard=lambda entries: read.append(len(entries)))

    reader.turns[incident] = Turn(lock=LateTurn(lambda: reader.current(incident)))

    assert reader.current(incident) == fold(world.desk.house.log.read(incident))
    assert read == [1]
    assert (reader.turns[incident].begun, reader.turns[incident].read) == (1, 1)


def test_reading_that_failed_is_shared_by_nobody() -> None:
    world = a_world()
    incident = opened(world)
    log = world.desk.house.log
    reader = Incidents(log)
    known = reader.current(incident)
    log.append(incident, (NOTE,), actor="ada", at=T0, expected_version=1)

    def began_and_failed() -> None:
        reader.turns[incident].begun += 1

    reader.turns[incident] = Turn(lock=LateTurn(began_and_failed))

    assert (known.version, reader.current(incident).version) == (1, 2)


def test_unchanged_incident_is_not_folded_anew() -> None:
    world = a_world()
    incident = opened(world)

    first = world.desk.incidents.current(incident)

    assert world.desk.incidents.current(incident) is first
    assert desk_for(world.desk.house).incidents.current(incident) is not first
    assert desk_for(world.desk.house).incidents.current(incident) == first


class ReadLog(MemoryEventLog):
    """A log that tells which versions were read from it."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[int] = []

    def read(self, incident: str, *, after: int = 0, most: int | None = None) -> tuple[Entry, ...]:
        """Return entries, and remember which."""
        entries = super().read(incident, after=after, most=most)
        self.told += [entry.version for entry in entries]
        return entries


def _read_log() -> tuple[ReadLog, Incidents, Incident]:
    """Return a log with one incident, a reader that has read it, and the incident."""
    world = a_world()
    first = world.desk.house.log.read(opened(world))[0]
    log = ReadLog()
    log.append("i1", (first.event,), actor="ada", at=T0, expected_version=0)
    reader = Incidents(log)
    incident = reader.current("i1")
    log.told.clear()
    return log, reader, incident


def _noted(log: ReadLog, *, times: int = 1) -> tuple[Entry, ...]:
    return log.append("i1", (NOTE,) * times, actor="ada", at=T0, expected_version=None)


def test_what_this_process_wrote_is_not_read_back() -> None:
    log, reader, _ = _read_log()
    reader.wrote(_noted(log))
    reader.wrote(_noted(log, times=2))

    found = reader.current("i1")

    assert log.told == []
    assert found == fold(log.read("i1"))


def test_what_another_process_wrote_in_between_is_read_in_its_place() -> None:
    log, reader, _ = _read_log()
    reader.wrote(_noted(log))
    _noted(log)
    reader.wrote(_noted(log))

    found = reader.current("i1")

    assert log.told == [3, 4]
    assert found == fold(log.read("i1"))


def test_what_was_written_before_it_is_known_waits_for_what_is_missing() -> None:
    log, reader, incident = _read_log()
    mine = _noted(log)
    reader.wrote(_noted(log))

    assert reader.after(incident, mine).version == 2
    found = reader.current("i1")

    assert log.told == []
    assert found == fold(log.read("i1"))


def test_decision_that_passed_over_own_entries_reads_nothing() -> None:
    log, reader, incident = _read_log()
    reader.wrote(_noted(log))

    found = reader.after(incident, _noted(log))

    assert log.told == []
    assert found == fold(log.read("i1"))


def test_decision_that_passed_over_others_entries_reads_them() -> None:
    log, reader, incident = _read_log()
    _noted(log)

    found = reader.after(incident, _noted(log))

    assert log.told == [2, 3]
    assert found == fold(log.read("i1"))


def test_what_was_written_to_an_incident_nobody_looks_at_is_not_kept() -> None:
    log, _, incident = _read_log()
    other = Incidents(log)
    other.wrote(_noted(log))

    assert other.current("i1") == fold(log.read("i1"))
    assert log.told[:2] == [1, 2]
    assert incident.version == 1


def test_late_reader_does_not_push_back_what_is_known() -> None:
    world = a_world()
    incident = opened(world)
    old = world.desk.incidents.current(incident)
    log = world.desk.house.log
    entries = log.append(incident, (NOTE, NOTE), actor="ada", at=T0, expected_version=1)
    newest = world.desk.incidents.after(old, entries)

    behind = world.desk.incidents.after(old, entries[:1])

    assert (behind.version, newest.version) == (2, 3)
    assert world.desk.incidents.current(incident) is newest


def test_incidents_that_pin_the_same_share_it_and_stay_what_they_are() -> None:
    world = a_world()
    ids = (opened(world), opened(world))
    reader = desk_for(world.desk.house)

    first, second = reader.incidents.gather(ids).incidents

    assert first.opened.directory is second.opened.directory
    assert first.opened.playbook is second.opened.playbook
    assert second == fold(world.desk.house.log.read(ids[1]))


def test_incident_that_pins_another_directory_keeps_its_own() -> None:
    world = a_world()
    log = world.desk.house.log
    entry = log.read(opened(world))[0]
    assert isinstance(entry.event, IncidentOpened)
    smaller = replace(entry.event.directory, partners=entry.event.directory.partners[:1])
    other = replace(entry.event, directory=smaller)
    log.append("i9", (other,), actor="ada", at=T0, expected_version=0)
    reader = desk_for(world.desk.house)

    found = reader.incidents.gather((entry.incident, "i9")).incidents

    assert [incident.opened.directory for incident in found] == [entry.event.directory, smaller]


def test_of_closed_incidents_only_the_last_stay_folded() -> None:
    world = a_world()
    log = world.desk.house.log
    reader = desk_for(world.desk.house)
    ids = [opened(world) for _ in range(CLOSED_KEPT + 2)]
    still_open = opened(world)
    kept_open = reader.incidents.current(still_open)
    for incident in ids:
        log.append(
            incident, (IncidentClosed(reason=""),), actor="ada", at=T0, expected_version=None
        )
    before = [reader.incidents.current(incident) for incident in ids]

    after = [reader.incidents.current(incident) for incident in reversed(ids)]

    assert after == before[::-1]
    assert [was is now for was, now in zip(reversed(before), after, strict=True)] == [
        *([True] * CLOSED_KEPT),
        *([False] * 2),
    ]
    assert reader.incidents.current(still_open) is kept_open


@pytest.mark.parametrize(("opening", "listed"), [(0, "none yet"), (2, "i1, i2")])
def test_unknown_incident_lists_those_there_are(opening: int, listed: str) -> None:
    world = a_world()
    for _ in range(opening):
        opened(world)

    with pytest.raises(NotFoundError, match=f"there is no incident 'i9'; there are: {listed}$"):
        world.desk.incidents.current("i9")
    with pytest.raises(NotFoundError, match="there is no incident 'i9'"):
        world.desk.incidents.entries("i9")


def test_whole_log_of_an_incident_is_read_in_order() -> None:
    world = a_world()
    incident = opened(world)
    world.desk.house.log.append(incident, (NOTE,), actor="ada", at=T0, expected_version=None)

    entries = world.desk.incidents.entries(incident)

    assert [(entry.version, entry.event.kind) for entry in entries] == [
        (1, "incident-opened"),
        (2, "note-added"),
    ]


def test_damaged_incident_stands_apart_and_stops_no_other() -> None:
    log = MemoryEventLog()
    world = a_world(log=log)
    sound = opened(world)
    log.append("headless", (NOTE,), actor="ada", at=T0, expected_version=0)

    gathered = desk_for(world.desk.house).incidents.gather((sound, "headless", "gone"))

    assert [incident.id for incident in gathered.incidents] == [sound]
    assert gathered.damaged == {
        "headless": "the log of headless cannot be followed; run `crisis log verify`",
        "gone": "the entries of gone are gone; `crisis log verify` says more",
    }


def test_recovery_leaves_a_damaged_incident_alone() -> None:
    log = MemoryEventLog()
    world = a_world(log=log)
    opened(world)
    log.append("headless", (NOTE,), actor="ada", at=T0, expected_version=0)

    assert recover(world.desk) == 0


def test_unreadable_entry_stands_apart_too() -> None:
    class Unreadable(MemoryEventLog):
        def read(
            self, incident: str, *, after: int = 0, most: int | None = None
        ) -> tuple[Entry, ...]:
            raise BrokenChainError(f"{incident} {after} {most}")

    world = a_world(log=Unreadable())

    assert world.desk.incidents.gather(("i9",)).damaged == {"i9": "i9 0 2000"}
