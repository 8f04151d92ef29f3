"""
Every fault in the log, named by its entry.

What can be seen: an altered entry (its hash), a removed, added or reordered one
(versions and the hash before), a missing end (the index knows how far the chain
reached), and whole incidents that vanished (gaps in `seq`, which has none).
What an entry of the log vouches for (erased by law, accepted as broken) is no fault
as long as it is as it was left.
"""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, func, select

from crisis.store.chain import BEGINNING, Record, seal
from crisis.store.schema import INCIDENTS, LAST_SEQ, LOG
from crisis.store.vouched import COLUMNS, Vouched, vouched
from crisis.usecases.ports import ChainFault

_ROWS = 1000
_FOLLOWS = "the entry before it is missing: version {} should follow"
_SPAN = select(func.min(LOG.c.seq), func.max(LOG.c.seq), func.count())


def faults(connection: Connection, incident: str | None) -> tuple[ChainFault, ...]:
    """Return every fault in one incident's chain, or in all, ordered by incident and version."""
    known = vouched(connection, incident)
    found = sorted(
        _chain_faults(connection, incident, known),
        key=lambda fault: (fault.incident, fault.version),
    )
    if incident is None and not found:
        found.extend(_gaps(connection, known))
    return tuple(found)


def missing_seqs(connection: Connection) -> tuple[int, ...]:
    """Return the places in the whole log that nothing stands in, up to the highest one given."""
    there = set(connection.scalars(select(LOG.c.seq)))
    last = connection.execute(LAST_SEQ).scalar_one()
    return tuple(seq for seq in range(1, last + 1) if seq not in there)


def _chain_faults(
    connection: Connection, incident: str | None, known: Vouched
) -> Iterator[ChainFault]:
    ends = select(INCIDENTS.c.id, INCIDENTS.c.last_version, INCIDENTS.c.last_hash)
    rows = select(*(LOG.c[name] for name in COLUMNS)).order_by(LOG.c.incident, LOG.c.version)
    if incident is not None:
        ends, rows = ends.where(INCIDENTS.c.id == incident), rows.where(LOG.c.incident == incident)
    left = {row.id: (row.last_version, row.last_hash) for row in connection.execute(ends)}
    before: Record | None = None
    for row in connection.execute(rows.execution_options(yield_per=_ROWS)):
        record = Record(**dict(zip(COLUMNS, row, strict=True)))
        if before is not None and before.incident != record.incident:
            yield from _end_faults(before, left)
            before = None
        yield from _entry_faults(record, before, known)
        before = record
    if before is not None:
        yield from _end_faults(before, left)
    for lost, (version, _) in left.items():
        yield _fault(lost, version, 0, f"all entries up to version {version} are missing")


def _entry_faults(record: Record, before: Record | None, known: Vouched) -> Iterator[ChainFault]:
    place = (record.incident, record.version, record.seq)
    expected = 1 if before is None else before.version + 1
    prev_hash = BEGINNING if before is None else before.hash
    while (record.incident, expected) in known.missing and expected < record.version:
        expected += 1
    if known.is_as_left(record):
        if record.version != expected:
            yield _fault(*place, _FOLLOWS.format(expected))
        return
    if record.version != expected:
        yield _fault(*place, _FOLLOWS.format(expected))
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


def _gaps(connection: Connection, known: Vouched) -> Iterator[ChainFault]:
    first, last, count = connection.execute(_SPAN).one()
    highest = connection.execute(LAST_SEQ).scalar_one()
    if count == 0 or (first == 1 and last == highest == count):
        return
    if first < 1:
        yield _fault("", 0, first, "an entry stands before the first place of the log")
    gone = [seq for seq in missing_seqs(connection) if seq not in known.seqs]
    for _, run in groupby(enumerate(gone), key=lambda pair: pair[1] - pair[0]):
        seqs = [seq for _, seq in run]
        missing = f"the entries {seqs[0]} to {seqs[-1]} are missing"
        yield _fault("", 0, seqs[-1] + 1, f"{missing}, and no incident knows of them")


def _fault(incident: str, version: int, seq: int, reason: str) -> ChainFault:
    return ChainFault(incident=incident, version=version, seq=seq, reason=reason)
