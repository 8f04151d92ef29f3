"""The database's version: brought up to date, by one of many, and never turned back."""

from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from crisis.errors import UnreachableError
from crisis.store.log import DatabaseEventLog
from crisis.store.migration import HEAD
from crisis.store.schema import METADATA
from tests.store.conftest import DATABASES, Bench
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
