"""What the port `EventLog` promises, kept alike by memory, SQLite and PostgreSQL."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pytest

from crisis.core.event import Entry, Event, IncidentClosed, LinkRevoked, NoteAdded
from crisis.errors import BrokenChainError, LogMovedOnError
from crisis.usecases.ports import EventLog, LinkPlace
from tests.store.conftest import Bench
from tests.store.happening import AT, LATER, a_note, an_attempt, an_opening

HASH_DIGITS = 64


def put(log: EventLog, incident: str, *texts: str) -> tuple[Entry, ...]:
    """Append notes, whatever the version."""
    notes = [a_note(text) for text in texts]
    return log.append(incident, notes, actor="ada", at=AT, expected_version=None)


def texts(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.event.text for entry in entries if isinstance(entry.event, NoteAdded)]


def test_empty_log_knows_nothing(log: EventLog) -> None:
    assert log.read("none") == ()
    assert log.incidents() == ()
    assert log.open_incidents() == ()
    assert log.last_seq() == 0
    assert log.changed_since(0) == ()
    assert log.find_link("ff") is None
    assert log.verify() == ()
    assert log.verify("none") == ()


def test_append_returns_what_read_returns(log: EventLog) -> None:
    events: list[Event] = [an_opening(), a_note("Grüße ✓ 𝄞 \x00 \"'\\\n"), an_attempt()]
    written = log.append("i1", events, actor="ada", at=LATER, expected_version=0)
    assert log.read("i1") == written
    assert [(entry.seq, entry.version, entry.at, entry.actor) for entry in written] == [
        (1, 1, LATER, "ada"),
        (2, 2, LATER, "ada"),
        (3, 3, LATER, "ada"),
    ]
    assert [entry.event for entry in written] == events


def test_chains_are_separate_and_numbers_are_shared(log: EventLog) -> None:
    written = [*put(log, "i1", "a"), *put(log, "i2", "b"), *put(log, "i1", "c", "d")]
    assert [(e.seq, e.incident, e.version) for e in written] == [
        (1, "i1", 1),
        (2, "i2", 1),
        (3, "i1", 2),
        (4, "i1", 3),
    ]
    first, other, second, third = written
    assert (first.prev_hash, other.prev_hash) == ("", "")
    assert (second.prev_hash, third.prev_hash) == (first.hash, second.hash)
    assert {len(entry.hash) for entry in written} == {HASH_DIGITS}
    assert len({entry.hash for entry in written}) == 4


def test_moments_are_kept_in_utc_to_the_microsecond(log: EventLog) -> None:
    berlin = datetime(2026, 12, 18, 20, 20, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
    [entry] = log.append("i1", [a_note()], actor="ada", at=berlin, expected_version=None)
    assert entry.at == datetime(2026, 12, 18, 19, 20, 0, 123456, tzinfo=UTC)
    assert entry.at.tzinfo is UTC
    assert log.read("i1")[0].at.tzinfo is UTC


def test_moment_without_zone_is_refused(log: EventLog) -> None:
    with pytest.raises(ValueError, match="has no zone"):
        log.append(
            "i1", [a_note()], actor="ada", at=AT.replace(tzinfo=None), expected_version=None
        )
    assert log.last_seq() == 0


def test_appending_nothing_leaves_no_trace(log: EventLog) -> None:
    assert log.append("i1", [], actor="ada", at=AT, expected_version=0) == ()
    assert (log.incidents(), log.last_seq()) == ((), 0)


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_append_with_another_version_is_refused_whole(log: EventLog, expected: int) -> None:
    put(log, "i1", "a", "b")
    with pytest.raises(LogMovedOnError) as refusal:
        log.append("i1", [a_note("c")], actor="bo", at=AT, expected_version=expected)
    assert str(refusal.value) == (
        f"i1 is at version 2, not {expected}: somebody else wrote first."
        " Nothing was written. Read it again and decide anew."
    )
    assert texts(log.read("i1")) == ["a", "b"]
    assert log.last_seq() == 2
    log.append("i1", [a_note("c")], actor="bo", at=AT, expected_version=2)
    assert texts(log.read("i1")) == ["a", "b", "c"]


def test_read_after_a_version(log: EventLog) -> None:
    put(log, "i1", "a", "b", "c")
    assert [texts(log.read("i1", after=n)) for n in range(-1, 5)] == [
        ["a", "b", "c"],
        ["a", "b", "c"],
        ["b", "c"],
        ["c"],
        [],
        [],
    ]


def test_incidents_are_listed_oldest_first_and_closed_ones_left_out(log: EventLog) -> None:
    for incident in ("z", "a", "m"):
        put(log, incident, "opened")
    log.append("a", [IncidentClosed(reason="done")], actor="ada", at=AT, expected_version=1)
    put(log, "a", "late remark")
    assert log.incidents() == ("z", "a", "m")
    assert log.open_incidents() == ("z", "m")


def test_changed_since_names_each_incident_once(log: EventLog) -> None:
    put(log, "i1", "a")
    put(log, "i2", "b")
    put(log, "i1", "c", "d")
    assert [log.changed_since(seq) for seq in range(5)] == [
        ("i1", "i2"),
        ("i1", "i2"),
        ("i1",),
        ("i1",),
        (),
    ]
    assert log.last_seq() == 4


def test_links_lead_to_the_contact_that_was_asked_first(log: EventLog) -> None:
    log.append(
        "i1",
        [an_attempt("f1"), an_attempt("f1", n=2), an_attempt("f2", contact="cy-chief"),
         an_attempt("")],
        actor="system",
        at=AT,
        expected_version=None,
    )  # fmt: skip
    log.append(
        "i1", [LinkRevoked(link_hash="f2", reason="left")], actor="ada", at=AT, expected_version=4
    )
    assert log.find_link("f1") == LinkPlace(
        incident="i1", step="ask", partner="cy", contact="cy-desk"
    )
    # Revoked, not forgotten: the page says that it was revoked.
    assert log.find_link("f2") == LinkPlace(
        incident="i1", step="ask", partner="cy", contact="cy-chief"
    )
    assert log.find_link("") is None


def test_refused_attempt_gives_out_no_link(log: EventLog) -> None:
    with pytest.raises(LogMovedOnError):
        log.append("i1", [an_attempt("f1")], actor="system", at=AT, expected_version=7)
    assert log.find_link("f1") is None


def test_append_that_minds_nothing_goes_behind_what_others_wrote(log: EventLog) -> None:
    put(log, "i1", "a", "b", "c")
    told: list[tuple[Event, ...]] = []

    def minds(since: Sequence[Event]) -> bool:
        told.append(tuple(since))
        return False

    [entry] = log.append("i1", [a_note("d")], actor="ada", at=AT, expected_version=1, minds=minds)

    assert (entry.version, told) == (4, [(a_note("b"), a_note("c"))])
    assert texts(log.read("i1")) == ["a", "b", "c", "d"]
    assert log.verify() == ()


@pytest.mark.parametrize("expected", [1, 3])
def test_append_that_minds_what_others_wrote_is_refused_whole(
    log: EventLog, expected: int
) -> None:
    put(log, "i1", "a", "b")

    with pytest.raises(LogMovedOnError):
        log.append(
            "i1",
            [a_note("c")],
            actor="bo",
            at=AT,
            expected_version=expected,
            minds=lambda since: list(since) == [a_note("b")],
        )

    assert texts(log.read("i1")) == ["a", "b"]


def test_of_two_that_mind_each_other_one_wins_also_in_one_transaction(log: EventLog) -> None:
    put(log, "i1", "a")
    start = Barrier(16)

    def claim(name: int) -> bool:
        start.wait()
        try:
            log.append(
                "i1",
                [a_note(f"{name}")],
                actor="bo",
                at=AT,
                expected_version=1,
                minds=lambda since: any(isinstance(each, NoteAdded) for each in since),
            )
        except LogMovedOnError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        won = [name for name, has_won in enumerate(pool.map(claim, range(16))) if has_won]

    assert len(won) == 1
    assert texts(log.read("i1")) == ["a", f"{won[0]}"]
    assert log.verify() == ()


def test_what_stands_beside_is_written_with_it_by_the_house(log: EventLog) -> None:
    put(log, "i1", "a")
    put(log, "i2", "b")

    [own] = log.append(
        "i2",
        [an_attempt("ff")],
        actor="ada",
        at=LATER,
        expected_version=1,
        beside={"i1": [a_note("c"), an_attempt("ee")]},
    )

    assert (own.incident, own.version, own.actor, own.seq) == ("i2", 2, "ada", log.last_seq())
    beside = log.read("i1", after=1)
    assert [(e.version, e.actor, e.at) for e in beside] == [
        (2, "system", LATER),
        (3, "system", LATER),
    ]
    assert texts(log.read("i1")) == ["a", "c"]
    places = [log.find_link(each) for each in ("ff", "ee")]
    assert [place.incident for place in places if place] == ["i2", "i1"]
    assert log.verify() == ()


def test_of_what_is_refused_nothing_stands_beside(log: EventLog) -> None:
    put(log, "i1", "a")
    put(log, "i2", "b")

    with pytest.raises(LogMovedOnError):
        log.append(
            "i2",
            [a_note("late")],
            actor="ada",
            at=AT,
            expected_version=0,
            beside={"i1": [a_note("c")]},
        )

    assert (texts(log.read("i1")), texts(log.read("i2"))) == (["a"], ["b"])
    assert log.last_seq() == 2


def test_nothing_is_written_beside_a_damaged_log(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b")
    put(bench.log, "i2", "c")
    bench.remove("i1", 2)

    with pytest.raises(BrokenChainError):
        bench.log.append(
            "i2",
            [a_note("d")],
            actor="ada",
            at=AT,
            expected_version=1,
            beside={"i1": [a_note("e")]},
        )

    assert texts(bench.log.read("i2")) == ["c"]


def test_of_eight_racing_threads_exactly_one_wins_each_version(log: EventLog) -> None:
    barrier = Barrier(8)

    def race(name: int) -> list[tuple[int, int]]:
        won = []
        for version in range(20):
            barrier.wait()
            try:
                [entry] = log.append(
                    "i1", [a_note(f"{name}")], actor="bo", at=AT, expected_version=version
                )
            except LogMovedOnError:
                continue
            won.append((entry.version, name))
        return won

    with ThreadPoolExecutor(8) as pool:
        won = sorted(pair for pairs in pool.map(race, range(8)) for pair in pairs)
    assert [version for version, _ in won] == list(range(1, 21))
    assert texts(log.read("i1")) == [str(name) for _, name in won]
    assert log.verify() == ()


def test_refused_appends_disturb_nobody_who_writes_beside_them(log: EventLog) -> None:
    put(log, "busy", "first")

    def write(n: int) -> int:
        if n % 3:
            return len(put(log, f"i{n % 5}", f"{n}", f"{n}!"))
        with pytest.raises(LogMovedOnError):
            log.append("busy", [a_note()], actor="bo", at=AT, expected_version=0)
        return 0

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(write, range(300))) == 400
    assert texts(log.read("busy")) == ["first"]
    found = [text for incident in log.incidents() for text in texts(log.read(incident))]
    expected = {f"{n}{mark}" for n in range(300) if n % 3 for mark in ("", "!")}
    assert sorted(found) == sorted({"first", *expected})
    assert log.last_seq() == 401
    assert log.verify() == ()


def test_reading_ten_thousand_entries(log: EventLog) -> None:
    for start in range(0, 10_000, 1000):
        put(log, "long", *(str(n) for n in range(start, start + 1000)))
    assert texts(log.read("long")) == [str(n) for n in range(10_000)]
    assert log.verify("long") == ()


def test_verify_names_an_altered_entry(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c")
    put(bench.log, "i2", "a")
    bench.alter("i1", 2)
    [fault] = bench.log.verify()
    assert (fault.incident, fault.version, fault.seq) == ("i1", 2, 2)
    assert fault.reason == "it was altered: its hash does not match what it says"
    assert bench.log.verify("i1") == (fault,)
    assert bench.log.verify("i2") == ()


def test_verify_names_the_entry_after_a_removed_one(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c")
    bench.remove("i1", 2)
    [fault] = bench.log.verify()
    assert (fault.incident, fault.version, fault.seq) == ("i1", 3, 3)
    assert fault.reason == "the entry before it is missing: version 2 should follow"


def test_verify_names_swapped_entries(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c", "d")
    bench.swap("i1", 2, 3)
    faults = bench.log.verify("i1")
    assert {fault.version for fault in faults} == {2, 3, 4}


def test_verify_sees_a_missing_end_and_append_refuses_to_hide_it(bench: Bench) -> None:
    put(bench.log, "i1", "a", "b", "c")
    put(bench.log, "i2", "a")
    bench.remove("i1", 3)
    assert [fault.incident for fault in bench.log.verify()] == ["i1"]
    with pytest.raises(BrokenChainError, match=r"The log of i1 does not end as it was left"):
        put(bench.log, "i1", "d")
    put(bench.log, "i2", "b")
    assert texts(bench.log.read("i1")) == ["a", "b"]
    assert texts(bench.log.read("i2")) == ["a", "b"]


def test_read_gives_the_first_so_many(log: EventLog) -> None:
    written = put(log, "i1", "a", "b", "c")
    assert log.read("i1", most=2) == written[:2]
    assert log.read("i1", after=1, most=1) == written[1:2]
    assert log.read("i1", after=2, most=5) == written[2:]
