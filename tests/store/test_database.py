"""What is said when the log cannot be reached: cause, cure, and never the password."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from crisis.errors import UnreachableError, UsageError
from crisis.store.database import reach
from crisis.store.log import DatabaseEventLog
from tests.builders import T0

ACCEPTED = "Write sqlite:////path/to/crisis.db or postgresql://user:password@host/database."


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", f"CRISIS_DATABASE_URL is no address. {ACCEPTED}"),
        ("hunter2@nowhere", f"CRISIS_DATABASE_URL is no address. {ACCEPTED}"),
        ("mysql://ada:hunter2@db.example/x", f"The log cannot live in mysql. {ACCEPTED}"),
        ("sqlite://", f"A log in memory would be lost at the end. {ACCEPTED}"),
        ("sqlite:///:memory:", f"A log in memory would be lost at the end. {ACCEPTED}"),
    ],
)
def test_addresses_that_hold_no_log_are_refused(address: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        DatabaseEventLog(address)
    assert str(error.value) == message


def test_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(UnreachableError) as error:
        DatabaseEventLog("postgresql://ada:hunter2@127.0.0.1:1/crisis?connect_timeout=2")
    said = str(error.value)
    assert said.startswith("The log in PostgreSQL 127.0.0.1/crisis does not answer: ")
    assert "Connection refused" in said
    assert said.endswith(
        "See that the server runs and that host, name, user and password in CRISIS_DATABASE_URL"
        " are right."
    )
    assert "hunter2" not in said
    assert error.value.__cause__ is None


@pytest.mark.integration
def test_missing_database_is_named(postgres_url: str) -> None:
    elsewhere = make_url(postgres_url).set(database="elsewhere").render_as_string()
    with pytest.raises(UnreachableError, match='database "elsewhere" does not exist'):
        DatabaseEventLog(elsewhere)


@pytest.fixture
def _no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_no_umask")
def test_files_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    with DatabaseEventLog(f"sqlite:///{tmp_path}/crisis.db") as log:
        log.beat("engine", T0, {})

        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}

    assert modes == {"crisis.db": 0o600, "crisis.db-wal": 0o600, "crisis.db-shm": 0o600}


def test_rights_of_a_file_that_was_there_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "crisis.db"
    file.touch()
    file.chmod(0o640)

    DatabaseEventLog(f"sqlite:///{file}").close()

    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UnreachableError) as error:
        DatabaseEventLog(f"sqlite:///{tmp_path}/file/data/crisis.db")
    assert str(error.value) == (
        f"The folder for the file {tmp_path}/file/data/crisis.db cannot be made: Not a directory."
        " Make it by hand, or name another place in CRISIS_DATABASE_URL."
    )


def test_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "crisis.db").write_text("minutes of the last meeting " * 100)
    with pytest.raises(UnreachableError, match="file is not a database"):
        DatabaseEventLog(f"sqlite:///{tmp_path}/crisis.db")


def test_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="unable to open database file"):
        DatabaseEventLog(f"sqlite:///{tmp_path}")


def test_every_writer_waits_for_the_disk(tmp_path: Path) -> None:
    database = reach(f"sqlite:///{tmp_path}/crisis.db", patience=1.5)
    with database.writer.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout")
        }
    database.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 0}


def test_writer_begins_when_another_process_has_ended(tmp_path: Path) -> None:
    database = reach(f"sqlite:///{tmp_path}/crisis.db", patience=60.0)
    began: list[bool] = []

    def write() -> None:
        with database.writer.begin() as connection:
            began.append(connection.in_transaction())

    with closing(sqlite3.connect(tmp_path / "crisis.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        waiting = Thread(target=write)
        waiting.start()
        waiting.join(0.05)
        before = tuple(began)
        other.execute("COMMIT")
        waiting.join(60.0)
    database.dispose()
    assert (before, began) == ((), [True])


def test_writer_gives_up_when_its_patience_is_over(tmp_path: Path) -> None:
    database = reach(f"sqlite:///{tmp_path}/crisis.db", patience=0.05)
    with closing(sqlite3.connect(tmp_path / "crisis.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), database.writer.begin():
            pass
    database.dispose()


@pytest.mark.integration
def test_server_is_told_to_wait_for_the_disk(postgres_url: str) -> None:
    database = reach(postgres_url, patience=1.5)
    with database.writer.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("synchronous_commit", "lock_timeout", "transaction_isolation")
        }
    database.dispose()
    assert settings == {
        "synchronous_commit": "on",
        "lock_timeout": "1500ms",
        "transaction_isolation": "read committed",
    }


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_usual_spellings_of_postgresql_are_taken(scheme: str) -> None:
    database = reach(f"{scheme}://ada@db.example/crisis?options=-csearch_path=x", patience=1)
    database.dispose()
    assert database.label == "PostgreSQL db.example/crisis"
    assert database.url.drivername == "postgresql+psycopg"
