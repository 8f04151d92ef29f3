"""
Statements that go to the database together.

A file is asked one by one. To a server they are one message, answered in one: it costs one
round trip, and a process that is stopped has said all of it or nothing (ADR 0024).
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, cast

import psycopg
from psycopg import ClientCursor
from sqlalchemy import Connection, Dialect, Executable
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
        for part in parts:
            result = self.connection.execute(part.statement, list(part.values))
            if result.returns_rows:
                part.rows.extend(tuple(row) for row in result)

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
            text, fixed = _compiled(part.statement, self.connection.dialect)
            said += [cursor.mogrify(text, {**fixed, **values}) for values in part.values]
        return ";".join(said).encode()


@cache
def _compiled(statement: Executable, dialect: Dialect) -> tuple[bytes, Values]:
    """Return a statement in the server's words, with the values it was made with."""
    compiled: Any = cast("ClauseElement", statement).compile(dialect=dialect)
    return str(compiled).encode(), dict(compiled.params)
