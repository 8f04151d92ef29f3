"""What `verify` sees beyond the contract: index against log, gaps, readers amid writers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from crisis.core.redaction import Redaction
from crisis.errors import BrokenChainError
from crisis.store.log import DatabaseEventLog
from crisis.usecases.ports import ChainFault
from tests.store.conftest import DATABASES, Bench
from tests.store.happening import AT, a_note, notes, put

on_both = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


@on_both
def test_verify_sees_no_fault_while_others_write(database_log: DatabaseEventLog) -> None:
    def write(incident: str) -> None:
        for n in range(100):
            put(database_log, incident, str(n))

    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(write, f"i{n}") for n in range(4)]
        while not all(done.done() for done in writing):
            assert database_log.verify() == ()
    assert database_log.last_seq() == 400


@pytest.mark.parametrize("column", ["kind", "at", "actor", "data", "prev_hash", "hash"])
def test_verify_sees_one_changed_letter_in_any_column(database_url: str, column: str) -> None:
    with DatabaseEventLog(database_url) as log:
        put(log, "i1", "a", "b", "c")
        assert log.verify() == ()
        Bench(log, database_url).run(
            f"UPDATE log SET {column} = substr({column}, 1, length({column}) - 1) || '~'"  # noqa: S608 -- fixed words
            " WHERE version = 2"
        )
        assert 2 in {fault.version for fault in log.verify()}


@on_both
def test_verify_sees_what_the_index_does_not_know(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        put(log, "i1", "a")
        put(log, "i2", "a", "b")
        put(log, "i3", "a")
        put(log, "i4", "a")
        bench = Bench(log, database_url)
        bench.run("UPDATE incidents SET last_version = 1 WHERE id = 'i2'")
        bench.run("DELETE FROM log WHERE incident = 'i3'")
        bench.run("UPDATE incidents SET last_hash = 'ff' WHERE id = 'i4'")
        assert log.verify() == (
            _fault("i2", 2, 3, "it was added by another program: the log ended at 1"),
            _fault("i3", 1, 0, "all entries up to version 1 are missing"),
            _fault("i4", 1, 5, "it is not the entry with which the log ended: the hashes differ"),
        )


@on_both
def test_verify_misses_a_whole_incident(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        for incident in ("i1", "i2", "i3"):
            put(log, incident, "a", "b")
        Bench(log, database_url).run("DELETE FROM log WHERE incident = 'i2'")
        Bench(log, database_url).run("DELETE FROM incidents WHERE id = 'i2'")
        assert log.verify() == (
            _fault("", 0, 5, "the entries 3 to 4 are missing, and no incident knows of them"),
        )


@on_both
def test_append_refuses_what_the_index_does_not_know(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        put(log, "i1", "a", "b")
        Bench(log, database_url).run("DELETE FROM incidents")
        with pytest.raises(BrokenChainError, match="an entry that its index does not know of"):
            put(log, "i1", "c")
        put(log, "i2", "a")
        assert notes(log, "i1") == ["a", "b"]


_COLUMNS = ("seq", "version", "incident", "kind", "at", "actor", "data", "prev_hash", "hash")


def _changed(value: object, place: int, letter: str) -> object:
    if isinstance(value, int):
        return 7 + place  # the others are taken
    text = str(value)
    if not text:
        return letter
    place %= len(text)
    other = letter if letter != text[place] else "~"
    return f"{text[:place]}{other}{text[place + 1 :]}"


@settings(max_examples=60)
@given(
    version=st.integers(1, 6),
    column=st.sampled_from(_COLUMNS),
    place=st.integers(0, 200),
    letter=st.sampled_from('0aZ ~é"}'),
)
def test_any_changed_byte_of_any_entry_is_found(
    tmp_path_factory: pytest.TempPathFactory, version: int, column: str, place: int, letter: str
) -> None:
    """Entry 2 was erased and entry 4 accepted as broken: they are as safe as the others."""
    url = f"sqlite:///{tmp_path_factory.mktemp('log') / 'crisis.db'}"
    with DatabaseEventLog(url) as log:
        put(log, "i1", "a", "b", "c", "d")
        gone = Redaction(version=2, event=a_note("x"), actor="person-1")
        log.erase("i1", [gone], rule="people", days=1, actor="ada", at=AT, expected_version=4)
        Bench(log, url).alter("i1", 4)
        log.accept_break("i1", reason="Platte", actor="ada", at=AT)
        assert log.verify() == ()
        engine = create_engine(url)
        where = {"version": version}
        with engine.begin() as connection:
            row = connection.execute(
                text("SELECT * FROM log WHERE version = :version"), where
            ).one()
            changed = _changed(getattr(row, column), place, letter)
            connection.execute(
                text(f"UPDATE log SET {column} = :changed WHERE version = :version"),  # noqa: S608 -- fixed words
                {**where, "changed": changed},
            )
        engine.dispose()
        assert log.verify() != ()


def _fault(incident: str, version: int, seq: int, reason: str) -> ChainFault:
    return ChainFault(incident=incident, version=version, seq=seq, reason=reason)
