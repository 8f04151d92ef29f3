"""Reads of one statement over connections kept ready."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import bindparam, column, select

from crisis.errors import UnreachableError
from crisis.store.database import Database, reach
from crisis.store.migration import upgrade
from crisis.store.quick_read import QuickRead
from crisis.store.schema import INCIDENTS, PROBE
from tests.store.conftest import DATABASES

ABOVE = select(INCIDENTS.c.id).where(INCIDENTS.c.last_seq > bindparam("seq")).limit(3)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    address = f"sqlite:///{tmp_path / 'crisis.db'}"
    if request.param == "postgres":
        address = request.getfixturevalue("postgres_url")
    reached = reach(address, patience=5.0)
    upgrade(reached)
    yield reached
    reached.dispose()


@pytest.fixture
def quick(database: Database) -> Iterator[QuickRead]:
    quick = QuickRead(database)
    yield quick
    quick.close()


def test_rows_come_by_the_values_given_and_those_of_the_statement(quick: QuickRead) -> None:
    assert quick.rows(quick.prepared(ABOVE), seq=0) == []
    assert quick.rows(quick.prepared(select(PROBE.c.id).limit(0))) == []


def test_a_connection_is_taken_up_again(quick: QuickRead) -> None:
    above = quick.prepared(ABOVE)
    quick.rows(above, seq=0)
    (first,) = quick.idle
    quick.rows(above, seq=1)
    assert tuple(quick.idle) == (first,)


def test_connections_that_died_while_idle_are_replaced(quick: QuickRead) -> None:
    above = quick.prepared(ABOVE)
    quick.rows(above, seq=0)
    (dead,) = quick.idle
    dead.close()
    assert quick.rows(above, seq=0) == []
    assert dead not in quick.idle


def test_a_statement_at_fault_says_so_and_keeps_no_connection(quick: QuickRead) -> None:
    with pytest.raises(UnreachableError, match=r"does not answer: .*nowhere"):
        quick.rows(quick.prepared(select(column("nowhere"))))
    assert tuple(quick.idle) == ()


def test_closing_closes_what_is_idle(quick: QuickRead) -> None:
    quick.rows(quick.prepared(ABOVE), seq=0)
    quick.close()
    assert tuple(quick.idle) == ()
    assert quick.rows(quick.prepared(ABOVE), seq=0) == []
    assert tuple(quick.idle) == ()
