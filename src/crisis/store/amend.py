"""
The two ways in which the log speaks of its own entries: erasing by law, accepting a break.

Both happen in one transaction with the entry that says so.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from crisis.core.custody import BrokenChainAccepted, EntriesErased, Erased
from crisis.core.event import Entry, Event
from crisis.errors import BrokenChainError, CrisisError, RefusedError
from crisis.store.addition import Append, encoded
from crisis.store.append import append_all, entry_of, whats_next
from crisis.store.batch import Batch
from crisis.store.chain import ERASED_DATA, Record, seal
from crisis.store.index import index_of
from crisis.store.schema import INCIDENTS, LAST_SEQ, LINKS, LOG
from crisis.store.verification import faults, missing_seqs
from crisis.store.vouched import COLUMNS, kept_of
from crisis.usecases.ports import ChainFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """What is left of one entry: its data as canonical JSON, and who it says wrote it."""

    version: int
    data: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """The wish to erase texts of entries, and to say so in the log."""

    incident: str
    expected_version: int
    at: str
    actor: str
    rule: str
    days: int
    rewrites: tuple[Rewrite, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptBreak:
    """The wish to go on with a broken chain, and to say so in the log."""

    incident: str
    at: str
    actor: str
    reason: str


_REWRITE = (
    update(LOG)
    .where(LOG.c.incident == bindparam("of"), LOG.c.version == bindparam("nr"))
    .values({"data": bindparam("data"), "actor": bindparam("actor")})
)


def left_of(event: Event) -> str:
    """Return the data under which a redacted event is kept; its kind stays as it was."""
    return ERASED_DATA if isinstance(event, Erased) else encoded(event)[1]


def erase(connection: Connection, wish: Erase) -> tuple[Entry, ...]:
    """
    Replace what entries say, and append `entries-erased` over them.

    Raises:
        BrokenChainError: the chain does not hold; erasing would hide where.
        LogMovedOnError: somebody else wrote first.
    """
    found = faults(connection, wish.incident)
    if found:
        raise broken(found[0])
    wanted = {rewrite.version: rewrite for rewrite in wish.rewrites}
    rows = (row for row in _rows(connection, wish.incident) if row.version in wanted)
    left = [
        replace(row, data=wanted[row.version].data, actor=wanted[row.version].actor)
        for row in rows
    ]
    for record in left:
        connection.execute(
            _REWRITE,
            {
                "of": record.incident,
                "nr": record.version,
                "data": record.data,
                "actor": record.actor,
            },
        )
    if any(record.data == ERASED_DATA for record in left):
        connection.execute(delete(LINKS).where(LINKS.c.incident == wish.incident))
    event = EntriesErased(
        rule=wish.rule, days=wish.days, entries=tuple(kept_of(record) for record in left)
    )
    return _said(connection, wish, event)


def accept_break(connection: Connection, wish: AcceptBreak) -> tuple[Entry, ...]:
    """
    Append `broken-chain-accepted`, which fixes every fault as it was found.

    Raises:
        RefusedError: the chain holds; there is nothing to accept.
        BrokenChainError: no entry of the incident is left.
    """
    found = faults(connection, wish.incident)
    if not found:
        raise RefusedError(f"The chain of {wish.incident} holds; there is nothing to accept.")
    rows = _rows(connection, wish.incident)
    if not rows:
        raise BrokenChainError(
            f"No entry of {wish.incident} is left, so nothing can go on from it. Restore the"
            " database from a backup, or open the incident anew."
        )
    at_fault = {fault.version for fault in found}
    by_version = {row.version: row for row in rows}
    last = max(rows[-1].version, _indexed(connection, wish.incident))
    first = min(at_fault)
    event = BrokenChainAccepted(
        at_version=first,
        found_hash=by_version[first].hash if first in by_version else "",
        reason=wish.reason,
        found=tuple(kept_of(row) for row in rows if row.version in at_fault),
        missing=tuple(n for n in range(1, last + 1) if n not in by_version),
        seqs=_lost_seqs(connection, rows),
    )
    kind, data = encoded(event)
    record = Record(
        seq=connection.execute(LAST_SEQ).scalar_one() + 1,
        incident=wish.incident,
        version=last + 1,
        kind=kind,
        at=wish.at,
        actor=wish.actor,
        data=data,
        prev_hash=rows[-1].hash,
    )
    record = replace(record, hash=seal(record))
    connection.execute(insert(LOG), [asdict(record)])
    connection.execute(delete(INCIDENTS).where(INCIDENTS.c.id == wish.incident))
    connection.execute(insert(INCIDENTS), index_of(connection, wish.incident))
    return (entry_of(record, event),)


def broken(fault: ChainFault) -> BrokenChainError:
    """Return the refusal to write to a chain, with the first entry at fault."""
    return BrokenChainError(
        f"The log of {fault.incident} is broken at entry {fault.version} (seq {fault.seq}):"
        f" {fault.reason}. {whats_next(fault.incident)}"
    )


def _lost_seqs(connection: Connection, rows: Sequence[Record]) -> tuple[int, ...]:
    """Return the gaps in the whole log from this incident's first entry on."""
    return tuple(seq for seq in missing_seqs(connection) if seq > min(r.seq for r in rows))


def _indexed(connection: Connection, incident: str) -> int:
    known = select(INCIDENTS.c.last_version).where(INCIDENTS.c.id == incident)
    return int(connection.execute(known).scalar() or 0)


def _rows(connection: Connection, incident: str) -> list[Record]:
    rows = select(*(LOG.c[name] for name in COLUMNS)).where(LOG.c.incident == incident)
    return [
        Record(**dict(zip(COLUMNS, row, strict=True)))
        for row in connection.execute(rows.order_by(LOG.c.version))
    ]


def _said(connection: Connection, wish: Erase, event: Event) -> tuple[Entry, ...]:
    append = Append(
        incident=wish.incident,
        expected_version=wish.expected_version,
        at=wish.at,
        actor=wish.actor,
        events=(event,),
        encoded=(encoded(event),),
    )
    batch = Batch(connection)
    [said] = append_all(batch, [append])
    batch.run()
    if isinstance(said, CrisisError):
        raise said
    return said
