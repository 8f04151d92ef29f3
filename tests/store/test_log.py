"""What the log in a database does beside the port: restarts, other processes, wake-ups, beats."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import Engine, create_engine, event, text

from crisis.errors import LogMovedOnError, UnreachableError
from crisis.store.beat import Beat
from crisis.store.log import DatabaseEventLog
from crisis.usecases.ports import LinkPlace
from tests.store.conftest import DATABASES, Bench, start_writing
from tests.store.cut_line import CutLine
from tests.store.happening import AT, a_note, an_attempt, an_opening, notes, put

on_both = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


@on_both
def test_log_is_the_same_after_a_restart(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        log.append("i1", [an_opening()], actor="ada", at=AT, expected_version=0)
        log.append("i1", [an_attempt("f1")], actor="system", at=AT, expected_version=1)
        before = log.read("i1")
    with DatabaseEventLog(database_url) as log:
        assert log.read("i1") == before
        assert log.find_link("f1") == LinkPlace(
            incident="i1", step="ask", partner="cy", contact="cy-desk"
        )
        log.append("i1", [a_note()], actor="ada", at=AT, expected_version=2)
        assert log.verify() == ()


@on_both
def test_two_logs_on_one_database_see_each_other(database_url: str) -> None:
    with DatabaseEventLog(database_url) as ada, DatabaseEventLog(database_url) as bo:
        put(ada, "i1", "a")
        bo.append("i1", [a_note("b")], actor="bo", at=AT, expected_version=1)
        with pytest.raises(LogMovedOnError):
            ada.append("i1", [a_note("c")], actor="ada", at=AT, expected_version=1)
        assert notes(ada, "i1") == notes(bo, "i1") == ["a", "b"]


@on_both
def test_processes_write_the_same_incident_at_once(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        writers = [start_writing(database_url, "shared", count=50, threads=2) for _ in range(2)]
        for n in range(100):
            put(log, "shared", f"here {n}")
        for writer in writers:
            with writer:
                assert len(writer.communicate(timeout=300)[0].splitlines()) == 100
            assert writer.returncode == 0
        entries = log.read("shared")
        assert [entry.version for entry in entries] == list(range(1, 301))
        assert [entry.seq for entry in entries] == list(range(1, 301))
        assert log.verify() == ()


@on_both
def test_killed_writer_loses_nothing_it_acknowledged(database_url: str) -> None:
    acknowledged: list[str] = []
    with DatabaseEventLog(database_url) as log:
        for turn in range(3):
            with start_writing(database_url, "killed", count=100_000, threads=4) as writer:
                assert writer.stdout is not None
                acknowledged += (next(writer.stdout).strip() for _ in range(100 + turn))
                writer.kill()
                acknowledged += map(str.strip, writer.stdout.read().splitlines())
            stored = notes(log, "killed")
            assert [text for text in acknowledged if text not in set(stored)] == []
            assert log.verify() == ()
            put(log, "killed", "still here")


@on_both
def test_wait_for_change_returns_at_once_what_is_there(database_log: DatabaseEventLog) -> None:
    put(database_log, "i1", "a", "b")
    assert database_log.wait_for_change(1, 60) == 2
    assert database_log.wait_for_change(2, 0.01) == 2


@on_both
def test_wait_for_change_wakes_for_this_and_other_processes(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log, DatabaseEventLog(database_url) as other:
        for writer in (log, other):
            before = log.last_seq()
            timer = Timer(0.3, put, (writer, "i1", "news"))
            timer.start()
            assert log.wait_for_change(before, 60) == before + 1
            timer.join()


@on_both
def test_closing_the_log_lets_waiting_threads_go(database_url: str) -> None:
    log = DatabaseEventLog(database_url)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(log.wait_for_change, 0, 60)
        Timer(0.3, log.close).start()
        assert waiting.result(60) == 0
    assert log.wait_for_change(0, 60) == 0
    log.close()


@on_both
def test_closed_log_takes_no_more(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        put(log, "i1", "a")
    log.close()
    with pytest.raises(UnreachableError, match="The log is closed; open it again to write"):
        put(log, "i1", "b")
    assert log.is_writable() is False


@on_both
def test_beats_keep_the_last_of_each_name(database_log: DatabaseEventLog) -> None:
    later = AT + timedelta(seconds=1)
    database_log.beat("web", AT, {})
    database_log.beat("engine", AT, {"wake_at": None, "open": 3})
    database_log.beat("engine", later, {"wake_at": "später", "open": 2})
    assert database_log.beats() == {
        "engine": Beat(at=later, data={"wake_at": "später", "open": 2}),
        "web": Beat(at=AT, data={}),
    }
    assert database_log.last_seq() == 0


@on_both
def test_log_is_writable_and_writes_nothing_into_the_chain(
    database_log: DatabaseEventLog,
) -> None:
    assert database_log.is_writable() is True
    assert database_log.is_writable() is True
    assert (database_log.last_seq(), database_log.beats()) == (0, {})


def test_locked_database_is_said_to_be_locked(database_url: str) -> None:
    with DatabaseEventLog(database_url, patience=0.05) as log:
        put(log, "i1", "a")
        engine = create_engine(database_url)
        with engine.connect() as other:
            other.execute(text("UPDATE probe SET writes = 0"))
            assert notes(log, "i1") == ["a"]
            assert log.is_writable(within=0.01) is False
            with pytest.raises(UnreachableError) as error:
                put(log, "i1", "b")
        engine.dispose()
        file = database_url.removeprefix("sqlite:///")
        assert str(error.value) == (
            f"The log in the file {file} does not answer: database is locked. See that the"
            " folder exists, can be written to and is not full, and that no other program"
            " holds the file."
        )
        put(log, "i1", "c")
        assert notes(log, "i1") == ["a", "c"]


def test_lock_that_is_let_go_is_waited_for(database_url: str) -> None:
    with DatabaseEventLog(database_url, patience=0.1) as log:
        put(log, "i1", "a")
        engine = create_engine(database_url)
        other = engine.connect()
        other.execute(text("UPDATE probe SET writes = 0"))
        tries: list[str] = []

        def let_go(_writer: Engine) -> None:
            # The first try was in vain: the writer throws its connection away.
            tries.append("in vain")
            other.close()

        event.listen(Engine, "engine_disposed", let_go)
        try:
            put(log, "i1", "b")
        finally:
            event.remove(Engine, "engine_disposed", let_go)
        assert notes(log, "i1") == ["a", "b"]
        engine.dispose()
    assert tries == ["in vain"]


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.integration)], indirect=True
)
def test_broken_connections_are_replaced(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        put(log, "i1", "a")
        assert log.wait_for_change(1, 0.1) == 1
        Bench(log, database_url).run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        put(log, "i1", "b")
        assert notes(log, "i1") == ["a", "b"]
        with DatabaseEventLog(database_url) as other:
            Timer(0.3, put, (other, "i1", "c")).start()
            assert log.wait_for_change(2, 60) == 3


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.integration)], indirect=True
)
def test_commit_whose_answer_was_lost_is_found_and_not_repeated(
    database_url: str, tmp_path: Path
) -> None:
    with CutLine(database_url, tmp_path) as line, DatabaseEventLog(line.url) as log:
        put(log, "i1", "a")
        line.cut_at_next_commit.set()
        [entry] = log.append("i1", [a_note("b")], actor="ada", at=AT, expected_version=1)
        assert not line.cut_at_next_commit.is_set()
        assert (entry.version, entry.seq) == (2, 2)
        assert notes(log, "i1") == ["a", "b"]
        line.cut_at_next_commit.set()
        put(log, "i1", "c")
        assert notes(log, "i1") == ["a", "b", "c"]
        assert log.verify() == ()


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.integration)], indirect=True
)
def test_commit_whose_answer_never_came_is_said_to_be_in_doubt(
    database_url: str, tmp_path: Path
) -> None:
    with CutLine(database_url, tmp_path) as line:
        with DatabaseEventLog(line.url) as log:
            line.stay_cut.set()
            line.cut_at_next_commit.set()
            with pytest.raises(UnreachableError, match="it may have been stored"):
                put(log, "i1", "a")
            with pytest.raises(UnreachableError) as error:
                put(log, "i1", "b")
            assert "it may have been stored" not in str(error.value)
        line.stay_cut.clear()
        with DatabaseEventLog(line.url) as log:
            assert notes(log, "i1") == ["a"]


@on_both
def test_ids_that_no_database_can_hold_are_refused(database_log: DatabaseEventLog) -> None:
    with pytest.raises(ValueError, match="holds a NUL character; no id may"):
        put(database_log, "i\0", "a")
    with pytest.raises(UnicodeEncodeError):
        put(database_log, "i1", "half \ud83d")
    assert database_log.last_seq() == 0


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.integration)], indirect=True
)
def test_append_the_database_refuses_disturbs_nobody(database_log: DatabaseEventLog) -> None:
    def write(n: int) -> bool:
        if n != 7:
            put(database_log, "i1", str(n))
            return True
        bad = [an_attempt("f1", contact="NUL \0 in an index")]
        with pytest.raises(UnreachableError, match="NUL"):
            database_log.append("i1", bad, actor="ada", at=AT, expected_version=None)
        return False

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(write, range(32))) == 31
    assert len(database_log.read("i1")) == 31
    assert database_log.verify() == ()


def test_files_stay_where_the_address_says(database_url: str, tmp_path: Path) -> None:
    with DatabaseEventLog(database_url) as log:
        put(log, "i1", "a")
        assert log.label == f"the file {tmp_path}/data/crisis.db"
        log.read("i1")
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["crisis.db"]
