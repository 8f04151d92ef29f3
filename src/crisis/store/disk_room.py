"""
Whether the disk under the database has room.

A write that needs no new page still succeeds on a full disk, and so does a commit
into a part of PostgreSQL's write-ahead log that was set aside before. Whoever asks
whether the log can be written wants to know of the next messages, not of one row.
"""

import os
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from crisis.errors import UnreachableError
from crisis.store.database import Database

# A wave of messages takes about this much.
LEAST_BYTES = 1_000_000
_LITTLE_MEMORY = text("SET LOCAL work_mem = '64kB'")
# More than that holds, so the server writes it beside its tables: the only way to ask it.
_SPILL = text("SELECT count(*) FROM generate_series(1, 40000)")
# The server's own setting `temp_file_limit` forbids it; that says nothing of the disk.
_FORBIDDEN = "53400"


def require_room(database: Database) -> None:
    """
    See that the disk under a database is not full.

    Raises:
        UnreachableError: it is, or the database does not answer.
    """
    if database.is_sqlite:
        _require_bytes(database)
        return
    try:
        with database.reader.connect() as connection:
            connection.execute(_LITTLE_MEMORY)
            connection.execute(_SPILL)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != _FORBIDDEN:
            raise database.unreachable(error) from None


def _require_bytes(database: Database) -> None:
    folder = Path(database.url.database or "").parent
    try:
        found = os.statvfs(folder)
    except OSError as error:
        raise UnreachableError(f"The folder of {database.label}: {error.strerror}.") from None
    if found.f_bavail * found.f_frsize < LEAST_BYTES:
        raise UnreachableError(
            f"The disk under {database.label} is full. Make room there; it then goes on by itself."
        )
