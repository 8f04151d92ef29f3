"""The event log in SQLite or PostgreSQL."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Select, bindparam, func, select

from crisis.core.event import Entry, Event
from crisis.core.redaction import Redaction
from crisis.errors import BrokenChainError, CrisisError
from crisis.store import beat as beats
from crisis.store.addition import addition
from crisis.store.amend import AcceptBreak, Erase, Rewrite, left_of
from crisis.store.backup import backup
from crisis.store.backup_file import Manifest, Progress, silent
from crisis.store.beat import Beat, Beating, Probe
from crisis.store.chain import canonical, moment_of, written
from crisis.store.change import Changes
from crisis.store.codec import CODEC
from crisis.store.database import reach
from crisis.store.disk_room import require_room
from crisis.store.handover import export_lines
from crisis.store.index import Rebuild
from crisis.store.migration import upgrade
from crisis.store.quick_read import QuickRead
from crisis.store.schema import CUSTODY, INCIDENTS, LINKS, LOG
from crisis.store.soundness import Soundness
from crisis.store.verification import faults
from crisis.store.writer import Writer
from crisis.usecases.custody import Head
from crisis.usecases.ports import Beside, ChainFault, LinkPlace, Minds

_LAST_SEQ = select(func.coalesce(func.max(LOG.c.seq), 0))

_SERVER_TIME = select(func.clock_timestamp())


# Put together once: in a flood of answers that would cost more than the reading.
_READ = (
    select(LOG)
    .where(LOG.c.incident == bindparam("of"), LOG.c.version > bindparam("after"))
    .order_by(LOG.c.version)
)
_READ_SOME = _READ.limit(bindparam("most"))
_CHANGED = (
    select(INCIDENTS.c.id)
    .where(INCIDENTS.c.last_seq > bindparam("seq"))
    .order_by(INCIDENTS.c.opened_seq)
)
_PLACE = select(LINKS.c.incident, LINKS.c.step, LINKS.c.partner, LINKS.c.contact).where(
    LINKS.c.link_hash == bindparam("hash")
)


class DatabaseEventLog:
    """
    Keeps the port `EventLog` on a database; use it as a context manager, or close it.

    One object per process is meant: its writer thread puts the appends of all
    callers that wait at the same moment into one transaction. Further objects and
    processes on the same database are safe.

    Args:
        url: `sqlite:///…` or `postgresql://…`; an older database is brought up to date.
        patience: seconds to wait for another process's lock, per try.

    Raises:
        UsageError: the address names no database that can hold the log.
        UnreachableError: it does not answer, or a newer version of crisis wrote it.
    """

    def __init__(self, url: str, *, patience: float = 5.0) -> None:
        self._database = reach(url, patience=patience)
        self._soundness = Soundness(self.verify)
        try:
            upgrade(self._database)
        except BaseException:
            self._database.dispose()
            raise
        self._quick = QuickRead(self._database)
        self._read, self._read_some, self._last, self._changed, self._place = map(
            self._quick.prepared, (_READ, _READ_SOME, _LAST_SEQ, _CHANGED, _PLACE)
        )
        self._changes = Changes(self._database, self.last_seq)
        self._writer = Writer(self._database, self._changes.saw)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what is waiting, stop the threads, close the connections."""
        self._changes.close()
        self._writer.close()
        self._quick.close()
        self._database.dispose()

    @property
    def label(self) -> str:
        """Where the log is, without a password: for status pages and messages."""
        return self._database.label

    # The port -----------------------------------------------------------------

    def append(
        self,
        incident: str,
        events: Sequence[Event],
        *,
        actor: str,
        at: datetime,
        expected_version: int | None,
        minds: Minds | None = None,
        beside: Beside | None = None,
    ) -> tuple[Entry, ...]:
        """Append events in one transaction; see the port. Blocks until they are on disk."""
        append = addition(
            incident,
            events,
            actor=actor,
            at=at,
            expected_version=expected_version,
            minds=minds,
            beside=beside,
        )
        for part in append.parts:
            if part.expected_version != 0:
                self._soundness.require(part.incident)
        return self._writer.submit(append).result()

    def read(self, incident: str, *, after: int = 0, most: int | None = None) -> tuple[Entry, ...]:
        """Return an incident's entries above the version `after`, in order, the first `most`."""
        if most is None:
            rows = self._quick.rows(self._read, of=incident, after=after)
        else:
            rows = self._quick.rows(self._read_some, of=incident, after=after, most=most)
        return tuple(map(_entry, rows))

    def incidents(self) -> tuple[str, ...]:
        """Return the ids of all incidents, oldest first."""
        return self._ids(select(INCIDENTS.c.id))

    def open_incidents(self) -> tuple[str, ...]:
        """Return the ids of the incidents that were not closed, oldest first."""
        return self._ids(select(INCIDENTS.c.id).where(INCIDENTS.c.closed.is_(False)))

    def last_seq(self) -> int:
        """Return the highest `seq` in the log, 0 if it is empty."""
        return int(self._quick.rows(self._last)[0][0])

    def changed_since(self, seq: int) -> tuple[str, ...]:
        """Return the ids of the incidents with an entry above this `seq`, oldest first."""
        return tuple(row[0] for row in self._quick.rows(self._changed, seq=seq))

    def find_link(self, link_hash: str) -> LinkPlace | None:
        """Return where the link with this SHA-256 leads, or None if it was never given out."""
        for incident, step, partner, contact in self._quick.rows(self._place, hash=link_hash):
            return LinkPlace(incident=incident, step=step, partner=partner, contact=contact)
        return None

    def verify(self, incident: str | None = None) -> tuple[ChainFault, ...]:
        """Return every fault in one incident's chain, or in all; empty means intact."""
        with self._database.reading() as connection:
            return faults(connection, incident)

    # Upkeep: the port `CustodyLog` ---------------------------------------------

    def hash_at(self, incident: str, version: int) -> str | None:
        """Return the hash in an entry's row, or None if there is no such entry."""
        wanted = LOG.c.incident == incident, LOG.c.version == version
        with self._database.reading() as connection:
            return connection.execute(select(LOG.c.hash).where(*wanted)).scalar()

    def heads(self, *, open_only: bool = True) -> Mapping[str, Head]:
        """Return how far each incident's log reaches, by id, oldest first."""
        rows = select(INCIDENTS).order_by(INCIDENTS.c.opened_seq)
        if open_only:
            rows = rows.where(INCIDENTS.c.closed.is_(False))
        with self._database.reading() as connection:
            return {
                row.id: Head(version=row.last_version, seq=row.last_seq, hash=row.last_hash)
                for row in connection.execute(rows)
            }

    def erase(
        self,
        incident: str,
        redactions: Sequence[Redaction],
        *,
        rule: str,
        days: int,
        actor: str,
        at: datetime,
        expected_version: int,
    ) -> tuple[Entry, ...]:
        """Replace what entries say by what is left of them, in one transaction; see the port."""
        wish = Erase(
            incident=incident,
            expected_version=expected_version,
            at=written(at),
            actor=actor,
            rule=rule,
            days=days,
            rewrites=tuple(
                Rewrite(version=one.version, data=left_of(one.event), actor=one.actor)
                for one in redactions
            ),
        )
        return self._writer.submit(wish).result()

    def accept_break(
        self, incident: str, *, reason: str, actor: str, at: datetime
    ) -> tuple[Entry, ...]:
        """Go on with a broken chain, and say so in the log; see the port."""
        wish = AcceptBreak(incident=incident, at=written(at), actor=actor, reason=reason)
        return self._writer.submit(wish).result()

    def backup(self, file: Path, *, at: datetime, progress: Progress = silent) -> Manifest:
        """Write the whole log into a file while it is in use; see `store.backup`."""
        return backup(self._database, file, at=written(at), progress=progress)

    def export(self, incident: str, *, at: datetime) -> Iterator[str]:
        """Yield one incident's log as lines of JSON; see `store.handover`."""
        with self._database.reading() as connection:
            yield from export_lines(connection, incident, at=written(at))

    def custody(self, incident: str | None = None) -> tuple[Entry, ...]:
        """Return the entries in which the log speaks of itself, of one incident or of all."""
        wanted = select(LOG).where(CUSTODY)
        if incident is not None:
            wanted = wanted.where(LOG.c.incident == incident)
        with self._database.reading() as connection:
            rows = sorted(connection.execute(wanted), key=lambda row: row.seq)
        return tuple(_entry(tuple(row)) for row in rows)

    def scrub(self) -> None:
        """
        Let nothing that was erased lie about in what the database no longer uses.

        Raises:
            UnreachableError: the database does not answer.
        """
        self._database.scrub()

    # Beside the port ----------------------------------------------------------

    @property
    def has_server_time(self) -> bool:
        """Whether the database has a clock of its own, which all hosts share."""
        return not self._database.is_sqlite

    def server_time(self) -> datetime:
        """
        Return what the clock of PostgreSQL's host says, aware, in UTC.

        Raises:
            UnreachableError: the database does not answer.
        """
        with self._database.reading() as connection:
            moment: datetime = connection.execute(_SERVER_TIME).scalar_one()
        return moment.astimezone(UTC)

    def wait_for_change(self, seq: int, timeout: float) -> int:
        """
        Wait until the log reaches beyond `seq`, at most `timeout` seconds.

        Returns the highest `seq` known then, written by whichever process.

        Raises:
            UnreachableError: the database does not answer.
        """
        last = self.last_seq()
        self._changes.saw(last)
        return last if last > seq else self._changes.wait(seq, timeout)

    def beat(self, name: str, at: datetime, data: Mapping[str, Any]) -> None:
        """Say that the process `name` is alive, with JSON values about itself."""
        beating = Beating(name=name, at=written(at), data=canonical(dict(data)))
        self._writer.submit(beating).result()

    def beats(self) -> Mapping[str, Beat]:
        """Return the last beat of every process by name."""
        with self._database.reading() as connection:
            return beats.all_beats(connection)

    def is_writable(self, *, within: float = 2.0) -> bool:
        """Return whether a transaction reaches the disk within so many seconds, with room left."""
        try:
            self._writer.submit(Probe()).result(within)
            require_room(self._database)
        except (CrisisError, TimeoutError):
            return False
        return True

    def prepare(self, *, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """
        Do beforehand what the first answer to each open incident would wait for.

        Its chain is checked, and the connection that writes is opened. A broken chain is
        no fault here: whoever adds to it is told. Ends early once it is not wanted any more.

        Raises:
            UnreachableError: the database does not answer.
        """
        self.is_writable()
        for incident in self.open_incidents():
            if not is_wanted():
                return
            with suppress(BrokenChainError):
                self._soundness.require(incident)

    def rebuild_indexes(self) -> None:
        """
        Make the tables `incidents` and `links` anew from the log; verify first.

        Raises:
            UnreachableError: the database does not answer; nothing was changed.
        """
        self._writer.submit(Rebuild()).result()

    def _ids(self, wanted: Select[tuple[str]]) -> tuple[str, ...]:
        with self._database.reading() as connection:
            return tuple(connection.scalars(wanted.order_by(INCIDENTS.c.opened_seq)))


def _entry(row: tuple[Any, ...]) -> Entry:
    """Return a row of the table `log`, its columns in order, as an entry."""
    seq, incident, version, kind, at, actor, data, prev_hash, sealed = row
    return Entry(
        seq=seq,
        incident=incident,
        version=version,
        at=moment_of(at),
        actor=actor,
        event=CODEC.decode_text(kind, data),
        prev_hash=prev_hash,
        hash=sealed,
    )
