"""
Statements that go to the database together.

A file is asked one by one. To a server they are one message, answered in one: it costs one
round trip, and a process that is stopped has said all of it or nothing (ADR 0024).
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, cast

import psycopg
from psycopg import ClientCursor
from sqlalchemy import Connection, Dialect, Executable, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement

Values: TypeAlias = Mapping[str, object]
Rows: TypeAlias = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Part:
    statement: Executable
    values: Sequence[Values]
    rows: Rows


class Batch:
    """Collects statements for one connection of the writer, and has them carried out in order."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._parts: list[_Part] = []

    @property
    def is_file(self) -> bool:
        """Whether this goes to SQLite."""
        return self.connection.dialect.name == "sqlite"

    def add(self, statement: Executable, *values: Values) -> Rows:
        """
        Add a statement, to be carried out once for each set of values.

        Returns a list that `run` fills with the statement's rows, if it reads any.
        """
        part = _Part(statement, values or ({},), [])
        self._parts.append(part)
        return part.rows

    def run(self) -> None:
        """
        Carry out what was added since the last time.

        Raises:
            SQLAlchemyError: the database refuses, or does not answer.
        """
        parts, self._parts = self._parts, []
        if self.is_file:
            self._one_by_one(parts)
        elif parts:
            self._at_once(parts)

    def _one_by_one(self, parts: Sequence[_Part]) -> None:
        driver = cast("sqlite3.Connection", self.connection.connection.driver_connection)
        try:
            for part in parts:
                said = _compiled(part.statement, self.connection.dialect)
                if isinstance(part.statement, Select):
                    for values in part.values:
                        part.rows.extend(driver.execute(said.text, said.in_order(values)))
                else:
                    driver.executemany(said.text, map(said.in_order, part.values))
        except sqlite3.Error as error:
            raise DBAPIError.instance(None, None, error, sqlite3.Error) from error

    def _at_once(self, parts: Sequence[_Part]) -> None:
        pooled = self.connection.connection
        try:
            with closing(cast("ClientCursor[tuple[Any, ...]]", pooled.cursor())) as cursor:
                cursor.execute(self._message(cursor, parts))
                answers = cursor.results()
                for part in parts:
                    for _, answer in zip(part.values, answers, strict=False):
                        if answer.description is not None:
                            part.rows.extend(answer.fetchall())
        except psycopg.Error as error:
            if cast("psycopg.Connection", pooled.driver_connection).closed:
                # Else the attempt to roll back would be what is told, not the cause.
                self.connection.invalidate(error)
            raise DBAPIError.instance(None, None, error, psycopg.Error) from error

    def _message(self, cursor: ClientCursor[Any], parts: Sequence[_Part]) -> bytes:
        """Return one text that holds every statement with its values."""
        said: list[str] = []
        for part in parts:
            one = _compiled(part.statement, self.connection.dialect)
            said += [cursor.mogrify(one.text.encode(), one.named(each)) for each in part.values]
        return ";".join(said).encode()


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement in the database's words; `fixed` are the values it was made with."""

    text: str
    fixed: Values
    order: tuple[str, ...]

    def named(self, values: Values) -> Values:
        return {**self.fixed, **values}

    def in_order(self, values: Values) -> tuple[object, ...]:
        all_of_them = self.named(values)
        return tuple(all_of_them[name] for name in self.order)


@cache
def _compiled(statement: Executable, dialect: Dialect) -> _Said:
    compiled: Any = cast("ClauseElement", statement).compile(dialect=dialect)
    return _Said(str(compiled), dict(compiled.params), tuple(compiled.positiontup or ()))
