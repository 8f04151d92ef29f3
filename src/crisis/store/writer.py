"""The one writer of a process: turns waiting jobs into transactions, and tries again."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Event as Signal
from typing import TypeAlias, assert_never

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError, SQLAlchemyError

from crisis.core.event import Entry
from crisis.errors import BrokenChainError, CrisisError, UnreachableError
from crisis.store.addition import Append
from crisis.store.amend import AcceptBreak, Erase, accept_break, erase
from crisis.store.append import append_all, stored
from crisis.store.batch import Batch
from crisis.store.beat import Beating, Probe, keep, probe
from crisis.store.change import CHANNEL
from crisis.store.database import Database
from crisis.store.group_commit import GroupCommit
from crisis.store.index import Rebuild, rebuild

Job: TypeAlias = Append | AcceptBreak | Erase | Beating | Probe | Rebuild
Entries: TypeAlias = tuple[Entry, ...]

TRIES = 3
_PAUSE = 0.1

_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', :seq)")


class Writer:
    """Writes appends and beats in groups; `saw` is told the highest `seq` of each commit."""

    def __init__(self, database: Database, saw: Callable[[int], None]) -> None:
        self._database = database
        self._saw = saw
        self._wait = Signal()
        self._commits = GroupCommit[Job, Entries](self._perform)

    def submit(self, job: Job) -> Future[Entries]:
        """Queue a job; the future holds an append's entries, or nothing, once it is on disk."""
        return self._commits.submit(job)

    def close(self) -> None:
        """Write what is waiting, then stop."""
        self._commits.close()

    def _perform(self, jobs: Sequence[Job]) -> Sequence[Entries | CrisisError]:
        """
        Store jobs in one transaction.

        Raises:
            UnreachableError: the database did not answer in `TRIES` tries.
            BrokenChainError: the log holds entries its index does not know.
        """
        tried: list[Entries | CrisisError] = []
        for turn in range(1, TRIES + 1):
            try:
                return self._transaction(jobs, tried)
            except (OperationalError, InterfaceError) as error:
                # Locked, or the connection is gone: a fresh one after a moment.
                self._database.writer.dispose()
                if turn == TRIES:
                    raise self._lost(error, perhaps_stored=bool(tried)) from None
                self._wait.wait(_PAUSE * turn)
            except IntegrityError:
                raise BrokenChainError(
                    "The log holds an entry that its index does not know of. Nothing was"
                    " written. Run `crisis log verify`."
                ) from None
            except SQLAlchemyError as error:
                if len(jobs) > 1:
                    raise  # One of them is at fault; each is tried alone.
                raise self._database.unreachable(error) from None
        raise AssertionError  # pragma: no cover -- the last turn returns or raises

    def _lost(self, error: SQLAlchemyError, *, perhaps_stored: bool) -> UnreachableError:
        lost = self._database.unreachable(error)
        if not perhaps_stored:
            return lost
        return UnreachableError(
            f"{lost} The connection broke while storing: read the incident again before you"
            " repeat anything, it may have been stored."
        )

    def _transaction(
        self, jobs: Sequence[Job], tried: list[Entries | CrisisError]
    ) -> Sequence[Entries | CrisisError]:
        """Store jobs once; `tried` carries over what a broken commit may have stored."""
        with self._database.writer.begin() as connection:
            batch = self._database.batch(connection)
            results = tried if _is_stored(batch, tried) else self._write(batch, jobs)
            tried[:] = results
        written = [result[-1].seq for result in results if isinstance(result, tuple) and result]
        if written:
            self._saw(max(written))
        return results

    def _write(self, batch: Batch, jobs: Sequence[Job]) -> Sequence[Entries | CrisisError]:
        appends = [job for job in jobs if isinstance(job, Append)]
        appended = append_all(batch, appends)
        self._tell(batch, appended)
        batch.run()
        accepted = iter(appended)
        results = [
            next(accepted) if isinstance(job, Append) else self._other(batch.connection, job)
            for job in jobs
        ]
        if len(appends) < len(jobs):
            self._tell(batch, results)
            batch.run()
        return results

    def _tell(self, batch: Batch, results: Sequence[Entries | CrisisError]) -> None:
        """Tell whoever listens how far the log reaches once this is committed."""
        last = max((r[-1].seq for r in results if isinstance(r, tuple) and r), default=0)
        if last and not self._database.is_sqlite:
            batch.add(_NOTIFY, {"seq": str(last)})

    def _other(
        self, connection: Connection, job: AcceptBreak | Erase | Beating | Probe | Rebuild
    ) -> Entries:
        match job:
            case AcceptBreak():
                return accept_break(connection, job)
            case Erase():
                return erase(connection, job)
            case Beating():
                keep(connection, job)
            case Probe():
                probe(connection)
            case Rebuild():
                rebuild(connection)
            case _:
                assert_never(job)
        return ()


def _is_stored(batch: Batch, tried: Sequence[Entries | CrisisError]) -> bool:
    """Return whether what an earlier try wrote is in the log after all."""
    if not tried:
        return False
    batch.run()
    return stored(batch.connection, tried)
