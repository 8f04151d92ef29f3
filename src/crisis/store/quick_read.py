"""
Single statements that only read: over connections kept ready, without a transaction around.

One statement has one view of the log by itself. Beginning and ending a transaction
costs PostgreSQL three more round trips, and in Python more than the reading; in a flood
of answers that was most of the work. Whoever reads twice takes `Database.reading`.
"""

import sqlite3
from collections import deque
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

import psycopg
from sqlalchemy import Select
from sqlalchemy.exc import SQLAlchemyError

from crisis.store.database import READERS, Database

_FAULTS = (SQLAlchemyError, sqlite3.Error, psycopg.Error)


@dataclass(frozen=True, slots=True)
class Statement:
    """
    A statement as the driver takes it.

    `fixed` are the values it was made with; `order` names all of them where the driver
    counts them, None where it calls them by name.
    """

    text: str
    fixed: Mapping[str, Any]
    order: tuple[str, ...] | None

    def values(self, named: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- the driver takes either
        """Return values by name as the driver wants them."""
        values = {**self.fixed, **named}
        return values if self.order is None else tuple(values[name] for name in self.order)


class QuickRead:
    """Reads of one statement each, safe for many threads; at most `READERS` at the same time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Open to tests: close one, and the next read must not fail.
        self.idle: deque[Any] = deque()
        self._room = BoundedSemaphore(READERS)
        self._closed = False

    def prepared(self, wanted: Select[Any]) -> Statement:
        """Return a statement put together once; it must hold no lists and need no conversions."""
        compiled: Any = wanted.compile(self._database.reader)
        order = compiled.positiontup
        return Statement(str(compiled), compiled.params, None if order is None else tuple(order))

    def rows(self, statement: Statement, **named: object) -> list[tuple[Any, ...]]:
        """
        Return all rows of a statement.

        Raises:
            UnreachableError: the database does not answer.
        """
        values = statement.values(named)
        with self._room:
            try:
                with suppress(IndexError):
                    return self._over(self.idle.pop(), statement, values)
            except (sqlite3.Error, psycopg.Error):
                # The server may have gone and come back: those that waited are of no use.
                self._drop_idle()
            try:
                return self._over(self._fresh(), statement, values)
            except _FAULTS as error:
                raise self._database.unreachable(error) from None

    def close(self) -> None:
        """Close every connection, those in use as soon as they are free."""
        self._closed = True
        self._drop_idle()

    def _over(self, connection: Any, statement: Statement, values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 -- either driver's
        try:
            rows: list[tuple[Any, ...]] = connection.execute(statement.text, values).fetchall()
        except BaseException:
            connection.close()
            raise
        self.idle.append(connection)
        if self._closed:
            self._drop_idle()
        return rows

    def _fresh(self) -> Any:  # noqa: ANN401 -- either driver's
        pooled = self._database.reader.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        if not self._database.is_sqlite:
            connection.rollback()
            connection.autocommit = True
        return connection

    def _drop_idle(self) -> None:
        with suppress(IndexError):
            while True:
                with closing(self.idle.pop()):
                    pass
