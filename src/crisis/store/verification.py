"""
Every fault in the log, named by its entry.

What can be seen: an altered entry (its hash), a removed, added or reordered one
(versions and the hash before), a missing end (the index knows how far the chain
reached), and whole incidents that vanished (gaps in `seq`, which has none).
"""

from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import Connection, func, select

from crisis.store.chain import BEGINNING, Record, seal
from crisis.store.schema import INCIDENTS, LOG
from crisis.usecases.ports import ChainFault

_ROWS = 1000
_COLUMNS = tuple(Record.__dataclass_fields__)


def faults(connection: Connection, incident: str | None) -> tuple[ChainFault, ...]:
    """Return every fault in one incident's chain, or in all, ordered by incident and version."""
    found = sorted(
        _chain_faults(connection, incident), key=lambda fault: (fault.incident, fault.version)
    )
    if incident is None and not found:
        found.extend(_gaps(connection))
    return tuple(found)


def _chain_faults(connection: Connection, incident: str | None) -> Iterator[ChainFault]:
    ends = select(INCIDENTS.c.id, INCIDENTS.c.last_version, INCIDENTS.c.last_hash)
    rows = select(*(LOG.c[name] for name in _COLUMNS)).order_by(LOG.c.incident, LOG.c.version)
    if incident is not None:
        ends, rows = ends.where(INCIDENTS.c.id == incident), rows.where(LOG.c.incident == incident)
    left = {row.id: (row.last_version, row.last_hash) for row in connection.execute(ends)}
    before: Record | None = None
    for row in connection.execute(rows.execution_options(yield_per=_ROWS)):
        record = Record(**dict(zip(_COLUMNS, row, strict=True)))
        if before is not None and before.incident != record.incident:
            yield from _end_faults(before, left)
            before = None
        yield from _entry_faults(record, before)
        before = record
    if before is not None:
        yield from _end_faults(before, left)
    for lost, (version, _) in left.items():
        yield _fault(lost, version, 0, f"all entries up to version {version} are missing")


def _entry_faults(record: Record, before: Record | None) -> Iterator[ChainFault]:
    place = (record.incident, record.version, record.seq)
    expected = 1 if before is None else before.version + 1
    prev_hash = BEGINNING if before is None else before.hash
    if record.version != expected:
        yield _fault(*place, f"the entry before it is missing: version {expected} should follow")
    elif record.prev_hash != prev_hash:
        yield _fault(*place, "it does not follow the entry before it: the hashes differ")
    if before is not None and record.seq <= before.seq:
        yield _fault(*place, f"it comes before version {before.version} in the log as a whole")
    if seal(record) != record.hash:
        yield _fault(*place, "it was altered: its hash does not match what it says")


def _end_faults(last: Record, left: dict[str, tuple[int, str]]) -> Iterator[ChainFault]:
    place = (last.incident, last.version, last.seq)
    version, end_hash = left.pop(last.incident, (0, ""))
    if version > last.version:
        yield _fault(*place, f"the entries after it up to version {version} are missing")
    elif version < last.version:
        yield _fault(*place, f"it was added by another program: the log ended at {version}")
    elif end_hash != last.hash:
        yield _fault(*place, "it is not the entry with which the log ended: the hashes differ")


def _gaps(connection: Connection) -> Iterator[ChainFault]:
    last, count = connection.execute(select(func.max(LOG.c.seq), func.count())).one()
    if (last or 0) == count:
        return
    seqs = connection.scalars(select(LOG.c.seq).order_by(LOG.c.seq)).all()
    for before, after in pairwise((0, *seqs)):
        if after > before + 1:
            missing = f"the entries {before + 1} to {after - 1} are missing"
            yield _fault("", 0, after, f"{missing}, and no incident knows of them")


def _fault(incident: str, version: int, seq: int, reason: str) -> ChainFault:
    return ChainFault(incident=incident, version=version, seq=seq, reason=reason)
