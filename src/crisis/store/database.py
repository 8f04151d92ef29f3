"""
One database: how to reach it, and what to say when it cannot be reached.

Two engines stand on it: `writer` has one connection and holds the lock from the
first statement of a transaction; `reader` has a pool and never blocks a writer.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from crisis.errors import UnreachableError, UsageError
from crisis.store.batch import Batch
from crisis.store.whole_cursor import WholeCursor

_ACCEPTED = "sqlite:////path/to/crisis.db or postgresql://user:password@host/database"
# Two numbers name the advisory lock, so that other programs in the same database do not meet it.
_LOCK = text("SELECT pg_advisory_xact_lock(1129465171, 1)")
READERS = 8
_WRITE = "BEGIN IMMEDIATE"
_WAL = "PRAGMA journal_mode=WAL"
# How long to wait between two looks for SQLite's lock: a transaction takes a few of these.
_LOOK_S = 0.001
# A host that is cut off says no goodbye. By itself the system would wait for hours.
_NOTICES_A_DEAD_PEER = {
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}
# The server too: the lock of a writer that was cut off, or stopped, holds everybody up.
_SERVER_NOTICES_TOO = (
    "-c idle_in_transaction_session_timeout=5000 -c tcp_user_timeout=10000"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
)


@dataclass(frozen=True, slots=True)
class Database:
    """A reachable database; `label` names it without its password."""

    url: URL
    label: str
    writer: Engine
    reader: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file, not a server."""
        return self.url.get_backend_name() == "sqlite"

    def batch(self, connection: Connection) -> Batch:
        """
        Return a batch of the writer's that begins by letting nobody else write.

        One lock for the whole log, not one per incident: with two writers at once
        a lower `seq` could appear after a higher one, and `changed_since` would
        pass over it for ever. SQLite took its lock when the transaction began.
        """
        batch = Batch(connection)
        if not self.is_sqlite:
            batch.add(_LOCK)
        return batch

    def lock(self, connection: Connection) -> None:
        """Let nobody else write until the transaction ends."""
        self.batch(connection).run()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """
        Yield a connection with one consistent view of the log.

        Raises:
            UnreachableError: the database does not answer.
        """
        try:
            with self.reader.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self.unreachable(error) from None

    def scrub(self) -> None:
        """
        Overwrite what was erased where the database keeps it beside its tables.

        Raises:
            UnreachableError: the database does not answer.
        """
        statement = "PRAGMA wal_checkpoint(TRUNCATE)" if self.is_sqlite else "VACUUM log"
        try:
            raw = self.reader.raw_connection()
            connection: Any = raw.driver_connection
            raw.detach()
            with closing(connection):
                if not self.is_sqlite:
                    connection.rollback()
                    connection.autocommit = True
                connection.execute(statement)
        except SQLAlchemyError as error:
            raise self.unreachable(error) from None

    def unreachable(self, error: Exception) -> UnreachableError:
        """Return the error that says what happened and what to do, without a password."""
        said = str(getattr(error, "orig", None) or error).strip()
        cause = next(iter(said.splitlines()), type(error).__name__)
        secret = self.url.password
        if secret:
            cause = cause.replace(str(secret), "***")
        cure = (
            "See that the folder exists, can be written to and is not full, and that no other"
            " program holds the file."
            if self.is_sqlite
            else "See that the server runs and that host, name, user and password in"
            " CRISIS_DATABASE_URL are right."
        )
        return UnreachableError(f"The log in {self.label} does not answer: {cause}. {cure}")

    def dispose(self) -> None:
        """Close every connection."""
        self.writer.dispose()
        self.reader.dispose()


def reach(address: str, *, patience: float) -> Database:
    """
    Return the database behind an address; a SQLite file is made if there is none.

    Args:
        address: an SQLAlchemy address, `sqlite:///…` or `postgresql://…`.
        patience: seconds a writer waits for another one's lock before it tries again.

    Raises:
        UsageError: the address names no database that can hold the log.
        UnreachableError: the folder of a SQLite file cannot be made.
    """
    url = _parsed(address)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, patience)
    label = f"PostgreSQL {url.host or url.query.get('host', 'localhost')}/{url.database}"
    options = {"connect_timeout": 5, "application_name": "crisis", **_NOTICES_A_DEAD_PEER}
    connect = {key: value for key, value in options.items() if key not in url.query}
    if "options" not in url.query:
        # What was acknowledged is on disk, whatever the server's own setting.
        lock_timeout = f"-c lock_timeout={round(patience * 1000)}"
        connect["options"] = f"{lock_timeout} -c synchronous_commit=on {_SERVER_NOTICES_TOO}"
    return Database(
        url,
        label,
        # The heads must be those after the lock was taken, not those before.
        create_engine(
            url,
            connect_args={**connect, "cursor_factory": WholeCursor},
            isolation_level="READ COMMITTED",
            pool_size=1,
            max_overflow=0,
        ),
        # Whoever reads twice must not see a chain and the end of another moment.
        create_engine(
            url,
            connect_args=connect,
            isolation_level="REPEATABLE READ",
            pool_size=READERS,
            max_overflow=READERS,
            pool_pre_ping=True,
        ),
    )


def _parsed(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        # The text is not repeated: it may hold a password.
        raise UsageError(f"CRISIS_DATABASE_URL is no address. Write {_ACCEPTED}.") from None
    backend = url.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise UsageError(f"The log cannot live in {backend}. Write {_ACCEPTED}.")
    if url.database in {None, "", ":memory:"}:
        raise UsageError(f"A log in memory would be lost at the end. Write {_ACCEPTED}.")
    return url


def _sqlite(url: URL, patience: float) -> Database:
    file = Path(url.database or "").expanduser()
    label = f"the file {file}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreachableError(
            f"The folder for {label} cannot be made: {error.strerror}."
            " Make it by hand, or name another place in CRISIS_DATABASE_URL."
        ) from error
    _make_private(file)
    # The driver must not open transactions by itself; `_begin` does.
    connect = {"isolation_level": None, "timeout": patience, "check_same_thread": False}
    url = url.set(database=str(file))
    writer = create_engine(url, connect_args=connect, pool_size=1, max_overflow=0)
    reader = create_engine(url, connect_args=connect, pool_size=READERS, max_overflow=READERS)
    for engine in (writer, reader):
        event.listen(engine, "connect", _prepares(patience))
    event.listen(writer, "connect", _waits_for_nobody)
    event.listen(writer, "begin", _begins_in_turn(patience))
    event.listen(reader, "begin", _begins)
    return Database(url, label, writer, reader)


def _make_private(file: Path) -> None:
    """Create the file for its owner alone; SQLite gives -wal and -shm the same rights."""
    # What keeps this from working keeps SQLite from it too, and is said then.
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_RDONLY, 0o600))


def _prepares(patience: float) -> Any:  # noqa: ANN401 -- SQLAlchemy asks for any callable
    """Return what prepares a new connection, waiting at most `patience` seconds for others."""

    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own
        # WAL: readers and the writer do not wait for each other. FULL: a commit is on the disk.
        cursor = connection.cursor()
        is_set = cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        # Several may open an empty file at once, and SQLite lets nobody wait for this.
        if not is_set and not _in_turn(cursor, _WAL, patience):
            cursor.execute(_WAL)  # its error says why
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA fullfsync=ON")
        # What is erased by law is overwritten, not only no longer listed.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    return prepare


def _waits_for_nobody(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own
    # Nothing but the beginning of a writing transaction ever waits for another process.
    connection.execute("PRAGMA busy_timeout=0")


def _begins(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begins_in_turn(patience: float) -> Any:  # noqa: ANN401 -- SQLAlchemy asks for any callable
    """
    Return what begins a writing transaction, waiting at most `patience` seconds for others.

    SQLite's own way of waiting sleeps up to 100 ms between two looks, so a process that
    found the lock taken a few times hardly ever gets it from one that writes all the time.
    """

    def begin(connection: Connection) -> None:
        raw: Any = connection.connection.driver_connection
        if not _in_turn(raw, _WRITE, patience):
            # Said by the last try, in SQLAlchemy's words.
            connection.exec_driver_sql(_WRITE)

    return begin


def _in_turn(driver: Any, statement: str, patience: float) -> bool:  # noqa: ANN401 -- the driver's own
    """Execute a statement once nobody else is in the way, and return whether that was in time."""
    pause = Event()
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            driver.execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                return False
            pause.wait(_LOOK_S)
        else:
            return True
    return False
