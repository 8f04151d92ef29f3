"""A log that was put back is noticed by what somebody saw before, and told."""

from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core.event import Event, LogRestored
from crisis.simulated.log import MemoryEventLog
from crisis.usecases.custody import Head
from crisis.usecases.witness import LATEST, Loss, losses, seen_now, tell
from tests.builders import T0, entries_of

NOTE = ev.NoteAdded(text="Wechsel", happened_at=T0)
CLOSED = ev.IncidentClosed(reason="Ende")
OPENED = entries_of()[0].event


def write(log: MemoryEventLog, incident: str, *events: Event) -> None:
    log.append(incident, events, actor="ada", at=T0, expected_version=None)


@pytest.fixture
def log() -> MemoryEventLog:
    made = MemoryEventLog()
    write(made, "i1", OPENED, NOTE, NOTE)
    write(made, "i2", OPENED, NOTE)
    return made


def put_back(version: int) -> MemoryEventLog:
    """Return the log as it was when the first incident had so many entries."""
    made = MemoryEventLog()
    write(made, "i1", *(OPENED, NOTE, NOTE)[:version])
    return made


def test_witness_that_saw_nothing_or_another_log_tells_nothing(log: MemoryEventLog) -> None:
    seen = seen_now(log, label="here")
    assert losses(put_back(1), None, label="here") == ()
    assert losses(put_back(1), seen, label="there") == ()


def test_log_that_went_on_lost_nothing(log: MemoryEventLog) -> None:
    seen = seen_now(log, label="here")
    assert losses(log, seen, label="here") == ()
    write(log, "i1", NOTE)
    assert losses(log, seen, label="here") == ()


def test_lost_entries_are_named_and_the_log_is_told_once(log: MemoryEventLog) -> None:
    seen = seen_now(log, label="here")
    older = put_back(2)

    found = losses(older, seen, label="here")
    untold = tell(older, found, now=T0)

    hashes = {name: head.hash for name, head in seen.heads.items()}
    assert found == (
        Loss(incident="i1", upto_version=2, lost_to=3, lost_hash=hashes["i1"]),
        Loss(incident="i2", upto_version=0, lost_to=2, lost_hash=hashes["i2"]),
    )
    assert untold == ("i2",)
    assert older.read("i1")[-1].event == LogRestored(
        upto_version=2, lost_to=3, lost_hash=hashes["i1"]
    )
    assert [loss.incident for loss in losses(older, seen, label="here")] == ["i2"]


def test_what_a_restore_said_is_completed_by_what_was_seen(log: MemoryEventLog) -> None:
    write(log, "i1", *[NOTE] * 5)
    seen = seen_now(log, label="here")
    older = put_back(2)
    write(older, "i1", LogRestored(upto_version=2), NOTE, NOTE)

    [found, _] = losses(older, seen, label="here")

    assert (found.upto_version, found.lost_to) == (2, 8)


def test_log_that_was_put_back_and_grew_past_what_was_seen_is_noticed(
    log: MemoryEventLog,
) -> None:
    seen = seen_now(log, label="here")
    older = put_back(2)
    write(older, "i1", CLOSED, NOTE, NOTE)

    found = losses(older, seen, label="here")

    assert [(loss.incident, loss.upto_version, loss.lost_to) for loss in found] == [
        ("i1", 2, 3),
        ("i2", 0, 2),
    ]
    # What is closed asks nobody any more.
    assert tell(older, found, now=T0) == ("i2",)
    assert older.read("i1")[-1].event == NOTE


def test_broken_log_cannot_be_told(log: MemoryEventLog) -> None:
    seen = seen_now(log, label="here")
    older = put_back(2)
    older.chains["i1"][-1] = replace(older.chains["i1"][-1], hash="00")
    found = losses(older, seen, label="here")
    assert tell(older, found, now=T0) == ("i1", "i2")


def test_witness_remembers_the_open_and_the_latest() -> None:
    log = MemoryEventLog()
    write(log, "open", OPENED)
    for n in range(LATEST + 5):
        write(log, f"i{n}", OPENED, CLOSED)

    heads = seen_now(log, label="here").heads

    end = log.read("open")[-1]
    assert heads["open"] == Head(version=1, seq=1, hash=end.hash)
    assert set(heads) == {"open", *(f"i{n}" for n in range(5, LATEST + 5))}
