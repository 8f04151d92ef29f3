"""What the port `CustodyLog` promises, kept alike by memory, SQLite and PostgreSQL."""

import sqlite3
from contextlib import closing

import pytest

from crisis.core.custody import ERASED_TEXT, Kept
from crisis.core.event import (
    BrokenChainAccepted,
    EntriesErased,
    Erased,
    IncidentClosed,
)
from crisis.core.redaction import Redaction
from crisis.errors import BrokenChainError, LogMovedOnError, RefusedError
from crisis.store.log import DatabaseEventLog
from crisis.store.schema import CUSTODY
from crisis.usecases.custody import Head
from tests.store.conftest import DATABASES, Bench
from tests.store.happening import AT, LATER, a_note, an_attempt, notes, put


def _erase(bench: Bench, *versions: int, version: int = 3, whole: bool = False) -> None:
    event = Erased(what="note-added") if whole else a_note(ERASED_TEXT)
    bench.log.erase(
        "i1",
        [Redaction(version=one, event=event, actor="person-1") for one in versions],
        rule="people",
        days=730,
        actor="system",
        at=LATER,
        expected_version=version,
    )


def _accept(bench: Bench) -> BrokenChainAccepted:
    [entry] = bench.log.accept_break("i1", reason="Platte getauscht", actor="ada", at=LATER)
    assert isinstance(entry.event, BrokenChainAccepted)
    assert bench.log.read("i1")[-1] == entry
    return entry.event


def _vouched(bench: Bench) -> tuple[Kept, ...]:
    event = bench.log.read("i1")[-1].event
    assert isinstance(event, EntriesErased)
    return event.entries


def test_erased_entries_keep_their_place_and_the_chain_holds(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c")
    before = bench.log.read("i1")
    _erase(bench, 1, 2)

    after = bench.log.read("i1")
    assert bench.log.verify() == ()
    assert notes(bench.log, "i1") == [ERASED_TEXT, ERASED_TEXT, "c"]
    assert [entry.actor for entry in after] == ["person-1", "person-1", "ada", "system"]
    assert [(e.version, e.seq, e.hash, e.prev_hash) for e in after[:3]] == [
        (e.version, e.seq, e.hash, e.prev_hash) for e in before
    ]
    assert [(k.version, k.seq, k.hash) for k in _vouched(bench)] == [
        (e.version, e.seq, e.hash) for e in before[:2]
    ]
    put(bench.log, "i1", "d")
    assert bench.log.verify() == ()


def test_entry_erased_twice_is_vouched_for_by_the_last_word(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c")
    _erase(bench, 2)
    _erase(bench, 2, version=4, whole=True)

    assert bench.log.verify() == ()
    assert bench.log.read("i1")[1].event == Erased(what="note-added")


def test_whole_erasure_takes_the_links_with_it(bench: Bench) -> None:
    bench.log.append("i1", [an_attempt("f1")], actor="system", at=AT, expected_version=0)
    put(bench.log, "i1", "a", "b")
    assert bench.log.find_link("f1") is not None
    _erase(bench, 1, whole=True)
    assert bench.log.find_link("f1") is None
    if isinstance(bench.log, DatabaseEventLog):
        bench.log.rebuild_indexes()
        assert bench.log.find_link("f1") is None
        assert bench.log.verify() == ()


def test_what_was_erased_cannot_be_altered_afterwards(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c")
    _erase(bench, 2)
    bench.alter("i1", 2)
    [fault] = bench.log.verify()
    assert (fault.version, fault.reason) == (
        2,
        "it was altered: its hash does not match what it says",
    )


def test_who_was_altered_vouches_for_nobody(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c")
    _erase(bench, 2)
    bench.alter("i1", 4)
    assert [fault.version for fault in bench.log.verify("i1")] == [2, 4]


def test_erasing_needs_the_newest_version_and_a_whole_chain(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c")
    with pytest.raises(LogMovedOnError):
        _erase(bench, 1, version=2)
    bench.alter("i1", 2)
    with pytest.raises(BrokenChainError, match="The log of i1 is broken"):
        _erase(bench, 1)
    assert notes(bench.log, "i1") == ["a", "b", "c"]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_accepted_break_counts_as_whole_and_stays_fixed(bench: Bench, version: int) -> None:
    put(bench.log, "i1", "a", "b", "c")
    bench.alter("i1", version)
    found = bench.log.read("i1")[version - 1]

    event = _accept(bench)

    assert (event.at_version, event.found_hash, event.missing, event.seqs) == (
        version,
        found.hash,
        (),
        (),
    )
    assert bench.log.verify() == ()
    put(bench.log, "i1", "d")
    assert notes(bench.log, "i1") == ["a", "b", "c", "d"]
    assert bench.log.verify() == ()


def test_missing_entries_can_be_accepted_and_their_numbers_are_not_given_again(
    bench: Bench,
) -> None:
    put(bench.log, "i1", "a", "b", "c", "d", "e")
    bench.remove("i1", 2)
    bench.remove("i1", 5)

    event = _accept(bench)

    assert (event.at_version, event.missing) == (3, (2, 5))
    assert [entry.version for entry in bench.log.read("i1")] == [1, 3, 4, 6]
    assert [entry.version for entry in bench.log.read("i1", after=2)] == [3, 4, 6]
    assert [entry.seq for entry in bench.log.read("i1")] == [1, 3, 4, 6]
    assert bench.log.verify() == ()
    put(bench.log, "i1", "f")
    assert bench.log.verify() == ()


def test_entry_that_goes_missing_after_a_break_was_accepted_is_a_fault(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c", "d", "e")
    bench.remove("i1", 2)
    _accept(bench)
    bench.remove("i1", 4)
    assert [(f.version, f.reason) for f in bench.log.verify("i1")] == [
        (5, "the entry before it is missing: version 4 should follow")
    ]


def test_break_after_an_accepted_one_can_be_accepted_too(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c")
    bench.alter("i1", 1)
    _accept(bench)
    bench.alter("i1", 3)
    assert [fault.version for fault in bench.log.verify()] == [3]
    _accept(bench)
    assert bench.log.verify() == ()


def test_whole_chain_has_nothing_to_accept(bench: Bench) -> None:
    put(bench.log, "i1", "a")
    with pytest.raises(RefusedError, match="The chain of i1 holds; there is nothing to accept"):
        _accept(bench)


def test_nothing_goes_on_from_no_entry(bench: Bench) -> None:
    put(bench.log, "i1", "a")
    bench.remove("i1", 1)
    with pytest.raises(BrokenChainError, match="No entry of i1 is left"):
        _accept(bench)


def test_heads_say_how_far_each_log_reaches(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b")
    put(bench.log, "i2", "c")
    bench.log.append("i1", [IncidentClosed(reason="x")], actor="ada", at=AT, expected_version=2)
    ends = {name: bench.log.read(name)[-1] for name in ("i1", "i2")}
    heads = {n: Head(version=e.version, seq=e.seq, hash=e.hash) for n, e in ends.items()}
    assert bench.log.heads(open_only=False) == heads
    assert bench.log.heads() == {"i2": heads["i2"]}


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
def test_what_befell_the_log_is_listed_and_scrubbed(database_log: DatabaseEventLog) -> None:
    put(database_log, "i1", "a", "b", "c")
    put(database_log, "i2", "a")
    _erase(Bench(database_log, None), 1)
    database_log.scrub()

    assert [entry.version for entry in database_log.custody()] == [4]
    assert [entry.version for entry in database_log.custody("i1")] == [4]
    assert database_log.custody("i2") == ()
    assert database_log.verify() == ()


def test_custody_is_found_by_its_index_and_not_by_reading_the_log(database_url: str) -> None:
    DatabaseEventLog(database_url).close()
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as database:
        plan = database.execute(f"EXPLAIN QUERY PLAN SELECT data FROM log WHERE {CUSTODY}")  # noqa: S608 -- fixed words
        assert "log_custody" in plan.fetchall()[0][3]
