"""Heartbeats: who is alive, since when, and what it says of itself. Not part of the log."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, text

from crisis.store.chain import moment_of
from crisis.store.schema import BEATS


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """The last sign of life of one process; `data` is whatever it reported, as JSON values."""

    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beating:
    """A beat on its way into the table; `at` and `data` are text."""

    name: str
    at: str
    data: str


@dataclass(frozen=True, slots=True)
class Probe:
    """A write that changes nothing anyone reads, to see whether writing works."""


_BEAT = text(
    "INSERT INTO beats (name, at, data) VALUES (:name, :at, :data)"
    " ON CONFLICT (name) DO UPDATE SET at = excluded.at, data = excluded.data"
)
_PROBE = text(
    "INSERT INTO probe (id, writes) VALUES (1, 1)"
    " ON CONFLICT (id) DO UPDATE SET writes = probe.writes + 1"
)


def keep(connection: Connection, beating: Beating) -> None:
    """Replace the last beat of this name."""
    connection.execute(_BEAT, {"name": beating.name, "at": beating.at, "data": beating.data})


def probe(connection: Connection) -> None:
    """Rewrite the row that exists only to be rewritten."""
    connection.execute(_PROBE)


def all_beats(connection: Connection) -> dict[str, Beat]:
    """Return the last beat of every name, sorted by name."""
    return {
        row.name: Beat(at=moment_of(row.at), data=json.loads(row.data))
        for row in connection.execute(select(BEATS).order_by(BEATS.c.name))
    }
