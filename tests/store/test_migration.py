"""The database's version: brought up to date, by one of many, and never turned back."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from crisis.core.incident import fold
from crisis.errors import UnreachableError
from crisis.store.log import DatabaseEventLog
from crisis.store.migration import HEAD
from crisis.store.schema import METADATA
from tests.store.conftest import DATABASES, Bench, start_writing
from tests.store.happening import AT, a_note

on_both = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "crisis.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_migrations_are_shipped_beside_the_code() -> None:
    folder = Path(str(files("crisis.store") / "migrations"))
    assert {path.name for path in folder.iterdir()} >= {"env.py", "script.py.mako", "versions"}


@on_both
def test_migrations_lead_to_the_tables_the_code_knows(database_url: str) -> None:
    DatabaseEventLog(database_url).close()
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


@on_both
def test_newer_database_is_left_alone(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        log.append("i1", [a_note()], actor="ada", at=AT, expected_version=0)
        Bench(log, database_url).run("UPDATE alembic_version SET version_num = '0999'")
        label = log.label
    with pytest.raises(UnreachableError) as error:
        DatabaseEventLog(database_url)
    assert str(error.value) == (
        f"The log in {label} has version 0999; this crisis knows versions up to {HEAD}."
        " Install the newer crisis, or open another database."
    )


@on_both
def test_eight_openers_of_an_empty_database_agree(database_url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        logs = list(pool.map(DatabaseEventLog, [database_url] * 8))
    for log in logs:
        log.append("i1", [a_note()], actor="ada", at=AT, expected_version=None)
    assert [entry.version for entry in logs[0].read("i1")] == list(range(1, 9))
    for log in logs:
        log.close()


OLD = (Path(__file__).parent / "old" / "issue-2.sql").read_text(encoding="utf-8")


def lay_out_the_old_one(url: str) -> None:
    """Make the database that the crisis of issue 2 left behind, written by its own code."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file)) as database:
            database.executescript(OLD)
        return
    with closing(sqlite3.connect(":memory:")) as old:
        old.executescript(OLD)
        tables = ("log", "incidents", "links", "beats")
        rows = {name: old.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608 -- fixed words
    config = Config()
    config.set_main_option("script_location", "crisis.store:migrations")
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for name, found in rows.items():
            places = ", ".join(f":c{n}" for n in range(len(found[0])))
            for row in found:
                values = {f"c{n}": value for n, value in enumerate(row)}
                if name == "incidents":
                    values["c2"] = bool(values["c2"])
                connection.execute(text(f"INSERT INTO {name} VALUES ({places})"), values)  # noqa: S608 -- fixed words
    engine.dispose()


@on_both
def test_log_of_issue_2_is_lifted_in_place_and_goes_on(database_url: str) -> None:
    lay_out_the_old_one(database_url)

    with DatabaseEventLog(database_url) as log:
        assert log.verify() == ()
        assert (log.incidents(), log.open_incidents()) == (("i1", "i2"), ("i1",))
        assert [entry.event.kind for entry in log.read("i1")] == [
            "incident-opened",
            "note-added",
            "attempt-started",
            "note-added",
        ]
        assert fold(log.read("i2")).closed_at is not None
        assert log.find_link("f1") is not None
        assert list(log.beats()) == ["engine"]
        log.append("i1", [a_note()], actor="ada", at=AT, expected_version=4)
        assert log.verify() == ()
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


@on_both
def test_four_processes_that_start_at_once_lift_it_once(database_url: str) -> None:
    lay_out_the_old_one(database_url)

    writing = [start_writing(database_url, f"n{n}", count=5) for n in range(4)]
    said = [process.communicate(timeout=300)[0] for process in writing]

    assert [process.returncode for process in writing] == [0] * 4
    assert sum(len(lines.splitlines()) for lines in said) == 20
    with DatabaseEventLog(database_url) as log:
        assert log.last_seq() == 26
        assert log.verify() == ()


def test_sqlite_file_is_set_aside_before_it_is_lifted(database_url: str) -> None:
    lay_out_the_old_one(database_url)
    DatabaseEventLog(database_url).close()

    file = Path(database_url.removeprefix("sqlite:///"))
    copy = file.with_name("crisis.db.before-0002")
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name, copy.name]
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0001",)
        ]
        assert database.execute("SELECT count(*) FROM log").fetchall() == [(6,)]


def test_without_room_for_the_copy_nothing_is_lifted(database_url: str) -> None:
    lay_out_the_old_one(database_url)
    file = Path(database_url.removeprefix("sqlite:///"))
    # A folder of that name cannot be replaced by a file.
    file.with_name("crisis.db.before-0002").mkdir()

    with pytest.raises(UnreachableError, match="no copy of it could be made"):
        DatabaseEventLog(database_url)
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0001",)
        ]
