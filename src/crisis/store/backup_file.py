"""
The file of a backup: one SQLite database for logs of either kind, with its own seal.

It holds the tables `log`, `incidents` and `links` row by row, and a table `backup`
that says when it was made, how much is in it, and the SHA-256 over every row of
the log. What was erased is not in it, as it would be in a copy of pages.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, event, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from crisis.errors import BrokenChainError, NotFoundError, RefusedError, UnreachableError
from crisis.store.chain import canonical
from crisis.store.schema import INCIDENTS, LINKS, LOG

TABLES = (LOG, INCIDENTS, LINKS)
FORMAT = 1
_ROWS = 2000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """
    What a backup says of itself: schema and moment, counts, the digest of its rows.

    `faults` is how many faults `verify` found in the log when the backup was made.
    """

    schema: str
    at: str
    entries: int
    incidents: int
    last_seq: int
    faults: int
    digest: str
    format: int = FORMAT


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


@contextmanager
def written_whole(file: Path) -> Iterator[Connection]:
    """
    Yield a connection to a new file that appears under its name only once it is whole.

    Raises:
        RefusedError: there is such a file already.
        UnreachableError: it cannot be written; nothing is left behind.
    """
    if file.exists():
        raise RefusedError(f"{file} exists already; a backup overwrites nothing. Name another.")
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with _connected(part, "rw") as connection, connection.begin():
            for table in TABLES:
                table.create(connection)
            connection.execute(text("CREATE TABLE backup (manifest TEXT NOT NULL)"))
            yield connection
        _on_disk(part)
        part.replace(file)
        _on_disk(file.parent)
    except OSError as error:
        raise _unwritable(file, os.strerror(error.errno or 0)) from None
    except SQLAlchemyError as error:
        raise _unwritable(file, str(getattr(error, "orig", error))) from None
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


@contextmanager
def opened(file: Path) -> Iterator[tuple[Connection, Manifest]]:
    """
    Yield a backup to read, with what it says of itself; its rows are not checked yet.

    Raises:
        NotFoundError: there is no such file.
        BrokenChainError: it is no whole backup.
    """
    if not file.is_file():
        raise NotFoundError(f"There is no file {file}.")
    try:
        with _connected(file, "ro") as connection:
            said = connection.execute(text("SELECT manifest FROM backup")).scalar_one()
            yield connection, Manifest(**json.loads(said))
    except (SQLAlchemyError, ValueError, TypeError) as error:
        if isinstance(error, SQLAlchemyError) and not _is_no_backup(error):
            raise
        raise BrokenChainError(
            f"{file} is no whole backup that `crisis log backup` made. Take another one."
        ) from None


def seal_with(connection: Connection, manifest: Manifest) -> None:
    """Write what a backup says of itself."""
    said = canonical({name: getattr(manifest, name) for name in manifest.__slots__})
    connection.execute(text("INSERT INTO backup VALUES (:said)"), {"said": said})


def copy_rows(source: Connection, target: Connection, *, progress: Progress) -> None:
    """Copy every row of the log and of its indexes."""
    total = sum(_count(source, table) for table in TABLES)
    done = 0
    for table in TABLES:
        for rows in _pages(source, table):
            target.execute(insert(table), rows)
            done += len(rows)
            progress(done, total)


def digest(connection: Connection) -> str:
    """Return the SHA-256 over every row of the log in order, each a line of canonical JSON."""
    summed = sha256()
    for rows in _pages(connection, LOG):
        for row in rows:
            summed.update(f"{canonical(list(row.values()))}\n".encode(errors="surrogatepass"))
    return summed.hexdigest()


def counts(connection: Connection) -> Mapping[str, int]:
    """Return how many entries and incidents there are, and the last `seq`."""
    return {
        "entries": _count(connection, LOG),
        "incidents": _count(connection, INCIDENTS),
        "last_seq": int(connection.execute(select(func.max(LOG.c.seq))).scalar() or 0),
    }


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _pages(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    first = table.primary_key.columns[0]
    query = select(table).order_by(first).execution_options(yield_per=_ROWS)
    for page in connection.execute(query).mappings().partitions():
        yield [dict(row) for row in page]


@contextmanager
def _connected(file: Path, mode: str) -> Iterator[Connection]:
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None
        ),
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _is_no_backup(error: SQLAlchemyError) -> bool:
    cause = str(getattr(error, "orig", ""))
    return any(sign in cause for sign in ("no such table", "not a database", "malformed"))


def _on_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _unwritable(file: Path, cause: str) -> UnreachableError:
    return UnreachableError(
        f"The backup {file} cannot be written: {cause}. Nothing was left behind."
        " See that the disk is not full and that the folder can be written to."
    )
