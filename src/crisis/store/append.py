"""
What one transaction of the writer does: judge each append, chain it, store it.

Nothing here commits. Whether an append is accepted is decided in memory, against
the heads of the chains as the transaction sees them; a refused one leaves no trace.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update

from crisis.core.event import AttemptStarted, Entry, Event, IncidentClosed
from crisis.errors import BrokenChainError, CrisisError, LogMovedOnError
from crisis.store.addition import Append
from crisis.store.batch import Batch
from crisis.store.chain import BEGINNING, Record, moment_of, seal
from crisis.store.missed import Missed
from crisis.store.schema import INCIDENTS, LAST_SEQ, LOG


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The last entry of an incident's chain; `fits` says whether index and log agree on it."""

    version: int = 0
    hash: str = BEGINNING
    opened_seq: int = 0
    last_seq: int = 0
    closed: bool = False
    fits: bool = True


def append_all(batch: Batch, appends: Sequence[Append]) -> list[tuple[Entry, ...] | CrisisError]:
    """
    Judge appends and return, per append and in order, its entries or its refusal.

    What the batch holds is carried out, with what must be read to judge them. What is
    to be stored is left waiting in it.
    """
    if not appends:
        batch.run()
        return []
    before, seq, missed = _read(batch, appends)
    heads = dict(before)
    results: list[tuple[Entry, ...] | CrisisError] = []
    records: list[Record] = []
    accepted: list[Entry] = []
    for append in appends:
        refusal = _refused(append, heads, missed)
        if refusal is not None:
            results.append(refusal)
            continue
        entries: tuple[Entry, ...] = ()
        for part in append.parts:
            head = heads.get(part.incident, _Head())
            chained = _chained(part, head, seq)
            seq += len(chained)
            records += chained
            missed.add(part.incident, part.events)
            heads[part.incident] = _moved(head, part, chained)
            entries = tuple(map(entry_of, chained, part.events))
            accepted += entries
        results.append(entries)
    if records:
        batch.add(_INSERT_LOG, *map(_row, records))
        _index(batch, before, heads)
        _link(batch, accepted)
    return results


def stored(connection: Connection, results: Sequence[object]) -> bool:
    """
    Return whether the entries of an earlier try are in the log after all.

    When the connection breaks during a commit nobody knows whether it took place.
    The transaction is whole or not at all, so its first entry speaks for the rest.
    """
    first = next((result[0] for result in results if isinstance(result, tuple) and result), None)
    if first is None:
        return False
    found = select(LOG.c.hash).where(
        LOG.c.incident == first.incident, LOG.c.version == first.version
    )
    return bool(connection.execute(found).scalar() == first.hash)


def whats_next(incident: str) -> str:
    """Return what to do about an incident whose chain is broken."""
    return (
        f"Nothing was written. Run `crisis log verify {incident}` and restore the database from a"
        f" backup; without one, `crisis log accept {incident} --accept-broken-chain` goes on."
    )


_HEAD = (
    select(INCIDENTS, LOG.c.hash)
    .outerjoin_from(
        INCIDENTS,
        LOG,
        (LOG.c.incident == INCIDENTS.c.id) & (LOG.c.version == INCIDENTS.c.last_version),
    )
    .where(INCIDENTS.c.id == bindparam("of"))
)

_INSERT_LOG = insert(LOG)
_INSERT_INCIDENT = insert(INCIDENTS)

_MOVE = (
    update(INCIDENTS)
    .where(INCIDENTS.c.id == bindparam("moved"))
    .values(
        {name: bindparam(name) for name in ("closed", "last_seq", "last_version", "last_hash")}
    )
)

_COLUMNS = tuple(field.name for field in fields(Record))

# The same contact is asked again under the same link.
_LINK = text(
    "INSERT INTO links (link_hash, incident, step, partner, contact)"
    " VALUES (:link_hash, :incident, :step, :partner, :contact)"
    " ON CONFLICT (link_hash) DO NOTHING"
)


def _read(batch: Batch, appends: Sequence[Append]) -> tuple[dict[str, _Head], int, Missed]:
    """Return the heads of the chains, the last number given out, and what callers missed."""
    ids = sorted({part.incident for append in appends for part in append.parts})
    heads = batch.add(_HEAD, *({"of": incident} for incident in ids))
    last = batch.add(LAST_SEQ)
    missed = Missed(batch, _known(appends))
    batch.run()
    [[seq]] = last
    return {row[0]: _head(*row[1:]) for row in heads}, seq, missed


def _head(*row: Any) -> _Head:  # noqa: ANN401 -- as the database gives it
    opened_seq, closed, last_seq, version, known, stored_hash = row
    return _Head(
        version=version,
        hash=known,
        opened_seq=opened_seq,
        last_seq=last_seq,
        closed=bool(closed),
        fits=known == stored_hash,
    )


def _refused(append: Append, heads: Mapping[str, _Head], missed: Missed) -> CrisisError | None:
    """Return why nothing of an append may be written, None if all of it may."""
    for part in append.parts:
        head = heads.get(part.incident, _Head())
        refusal = _refusal(part, head) or _overtaken(part, head, missed)
        if refusal is not None:
            return refusal
    return None


def _refusal(append: Append, head: _Head) -> CrisisError | None:
    if not head.fits:
        return BrokenChainError(
            f"The log of {append.incident} does not end as it was left: entry {head.version} is"
            f" missing or altered. {whats_next(append.incident)}"
        )
    return None


def _known(appends: Sequence[Append]) -> dict[str, int]:
    """Return the lowest version known to a caller that minds what came since, by incident."""
    known: dict[str, int] = {}
    for append in appends:
        if append.expected_version is not None and append.minds is not None:
            lowest = known.get(append.incident, append.expected_version)
            known[append.incident] = min(lowest, append.expected_version)
    return known


def _overtaken(append: Append, head: _Head, missed: Missed) -> CrisisError | None:
    expected = append.expected_version
    if expected is None or expected == head.version:
        return None
    if append.minds is not None and expected < head.version:
        since = missed.after(append.incident, expected, head=head.version)
        if since is not None and not append.minds(since):
            return None
    return LogMovedOnError(
        f"{append.incident} is at version {head.version}, not {expected}:"
        " somebody else wrote first. Nothing was written. Read it again and decide anew."
    )


def _chained(append: Append, head: _Head, seq: int) -> list[Record]:
    records: list[Record] = []
    prev_hash = head.hash
    for step, (kind, data) in enumerate(append.encoded, 1):
        record = Record(
            seq=seq + step,
            incident=append.incident,
            version=head.version + step,
            kind=kind,
            at=append.at,
            actor=append.actor,
            data=data,
            prev_hash=prev_hash,
        )
        prev_hash = seal(record)
        records.append(replace(record, hash=prev_hash))
    return records


def _row(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in _COLUMNS}


def _moved(head: _Head, append: Append, chained: Sequence[Record]) -> _Head:
    if not chained:
        return head
    return _Head(
        version=chained[-1].version,
        hash=chained[-1].hash,
        opened_seq=head.opened_seq or chained[0].seq,
        last_seq=chained[-1].seq,
        closed=head.closed or any(isinstance(e, IncidentClosed) for e in append.events),
    )


def _index(batch: Batch, before: dict[str, _Head], after: dict[str, _Head]) -> None:
    for incident, head in after.items():
        if head == before.get(incident, _Head()):
            continue
        row = {
            "closed": head.closed,
            "last_seq": head.last_seq,
            "last_version": head.version,
            "last_hash": head.hash,
        }
        if incident in before:
            batch.add(_MOVE, {"moved": incident, **row})
        else:
            batch.add(_INSERT_INCIDENT, {"id": incident, "opened_seq": head.opened_seq, **row})


def _link(batch: Batch, entries: Sequence[Entry]) -> None:
    links = [
        {
            "link_hash": entry.event.link_hash,
            "incident": entry.incident,
            "step": entry.event.step,
            "partner": entry.event.partner,
            "contact": entry.event.contact,
        }
        for entry in entries
        if isinstance(entry.event, AttemptStarted) and entry.event.link_hash
    ]
    if links:
        batch.add(_LINK, *links)


def entry_of(record: Record, event: Event) -> Entry:
    """Return a row and the event in it as an entry."""
    return Entry(
        seq=record.seq,
        incident=record.incident,
        version=record.version,
        at=moment_of(record.at),
        actor=record.actor,
        event=event,
        prev_hash=record.prev_hash,
        hash=record.hash,
    )
