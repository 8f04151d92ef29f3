"""
What the log itself says of entries that no longer fit their hash.

Two kinds of entries vouch for others: `entries-erased` for those whose texts were
erased by law, `broken-chain-accepted` for those that were found broken. Both hold
what each such row hashes to as it was left, so every later change still shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from crisis.core.custody import BrokenChainAccepted, EntriesErased, Kept
from crisis.store.chain import Record, seal
from crisis.store.codec import CODEC
from crisis.store.schema import CUSTODY, LOG

COLUMNS = tuple(Record.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Entries as they were left, by incident and version; what is known to be missing."""

    kept: Mapping[tuple[str, int], Kept]
    missing: frozenset[tuple[str, int]]
    seqs: frozenset[int]

    def is_as_left(self, record: Record) -> bool:
        """Return whether a row is exactly what an entry of the log vouches for."""
        kept = self.kept.get((record.incident, record.version))
        return kept is not None and kept == kept_of(record)


def kept_of(record: Record) -> Kept:
    """Return what is to be said of a row so that every later change of it shows."""
    return Kept(version=record.version, seq=record.seq, hash=record.hash, remains=seal(record))


def vouched(connection: Connection, incident: str | None) -> Vouched:
    """Return what the entries of one incident, or of all, vouch for; the last word counts."""
    kept: dict[tuple[str, int], Kept] = {}
    missing: set[tuple[str, int]] = set()
    seqs: set[int] = set()
    rows = select(*(LOG.c[name] for name in COLUMNS)).where(CUSTODY)
    if incident is not None:
        rows = rows.where(LOG.c.incident == incident)
    # Sorted here: asked to sort, SQLite reads the whole log instead of the small index.
    for row in sorted(connection.execute(rows), key=lambda row: row.seq):
        record = Record(**dict(zip(COLUMNS, row, strict=True)))
        # Who was altered vouches for nobody.
        if seal(record) != record.hash:
            continue
        event = CODEC.decode_text(record.kind, record.data)
        if isinstance(event, BrokenChainAccepted):
            missing.update((record.incident, version) for version in event.missing)
            seqs.update(event.seqs)
        left = event.entries if isinstance(event, EntriesErased) else ()
        left = event.found if isinstance(event, BrokenChainAccepted) else left
        kept.update(((record.incident, one.version), one) for one in left)
    return Vouched(kept=kept, missing=frozenset(missing), seqs=frozenset(seqs))
