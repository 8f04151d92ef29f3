"""
News of the log: one thread watches the database, any number wait without touching it.

SQLite tells nobody, so it is asked fifty times a second whether the file has changed:
a look at shared memory, without a lock or a statement on any table. PostgreSQL tells
by NOTIFY when a transaction is committed.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from threading import Condition, Event, Thread
from typing import TypeAlias, cast

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from crisis.errors import UnreachableError
from crisis.store.database import Database

CHANNEL = "crisis_log"
POLL = 0.02
_LISTEN = 0.2
_AGAIN = 1.0
# A `seq` has no more of them: it is a number of 64 bits.
_DIGITS = 18
_DATA_VERSION = "PRAGMA data_version"

Saw: TypeAlias = Callable[[int], None]


class Changes:
    """The highest `seq` seen so far, and who waits for a higher one."""

    def __init__(self, database: Database, last_seq: Callable[[], int]) -> None:
        self._database = database
        self._last_seq = last_seq
        self._condition = Condition()
        self._stop = Event()
        self._seen = 0
        self._thread: Thread | None = None

    def saw(self, seq: int) -> None:
        """Take note that the log reaches up to `seq`, and wake who waits for it."""
        with self._condition:
            if seq > self._seen:
                self._seen = seq
                self._condition.notify_all()

    def wait(self, seq: int, timeout: float) -> int:
        """Return the highest `seq` known, once it is above the given one or time is up."""
        with self._condition:
            if self._thread is None and not self._stop.is_set():
                self._thread = Thread(target=self._watch, name="crisis-log-watcher", daemon=True)
                self._thread.start()
            self._condition.wait_for(lambda: self._seen > seq or self._stop.is_set(), timeout)
            return self._seen

    def close(self) -> None:
        """Stop watching; whoever still waits goes on at once."""
        self._stop.set()
        with self._condition:
            self._condition.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _watch(self) -> None:
        watch = self._poll if self._database.is_sqlite else self._listen
        while not self._stop.is_set():
            try:
                watch()
            except (UnreachableError, SQLAlchemyError, sqlite3.Error, psycopg.Error):
                # Whoever waits runs into its own time limit and learns it from the next read.
                self._stop.wait(_AGAIN)

    def _poll(self) -> None:
        with closing(cast("sqlite3.Connection", self._own_connection())) as connection:
            version = None
            while not self._stop.is_set():
                # It changes with every commit, by whichever process, over another connection.
                before, (version,) = version, connection.execute(_DATA_VERSION).fetchone()
                if version != before:
                    self.saw(self._last_seq())
                self._stop.wait(POLL)

    def _own_connection(self) -> object:
        """Return a connection for as long as the log is open: the pool can do without it."""
        pooled = self._database.reader.raw_connection()
        connection = pooled.driver_connection
        pooled.detach()
        return connection

    def _listen(self) -> None:
        with closing(cast("psycopg.Connection", self._own_connection())) as connection:
            connection.rollback()
            connection.autocommit = True
            connection.execute(f"LISTEN {CHANNEL}")
            # What was written before the listening began is told by nobody.
            self.saw(self._last_seq())
            while not self._stop.is_set():
                for notice in connection.notifies(timeout=_LISTEN):
                    # Anybody in this database may speak there; nonsense must end no listening.
                    told = notice.payload
                    known = told.isascii() and told.isdecimal() and len(told) <= _DIGITS
                    self.saw(int(told) if known else self._last_seq())
