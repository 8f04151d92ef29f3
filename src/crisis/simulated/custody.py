"""The hashes of the log in memory, and what its own entries say of entries that were changed."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from crisis.core.custody import BrokenChainAccepted, EntriesErased, Kept
from crisis.core.event import Entry
from crisis.usecases.ports import ChainFault


def seal(entry: Entry) -> str:
    """Return the hash of an entry; it holds within one process only."""
    place = (entry.incident, entry.version, entry.at, entry.actor, entry.event, entry.prev_hash)
    return sha256(repr(place).encode()).hexdigest()


def kept_of(entry: Entry) -> Kept:
    """Return what is to be said of an entry so that every later change of it shows."""
    return Kept(version=entry.version, seq=entry.seq, hash=entry.hash, remains=seal(entry))


def faults(chain: Sequence[Entry], end: Entry | None, *, sealed: bool) -> Iterator[ChainFault]:
    """Yield what is wrong with a chain that ended with `end` when it was last written to."""
    kept, missing = _vouched(chain)
    version, prev_hash = 0, ""
    for entry in chain:
        expected = version + 1
        while expected in missing and expected < entry.version:
            expected += 1
        as_left = kept.get(entry.version) == kept_of(entry)
        if entry.version != expected:
            yield _fault(
                entry, f"the entry before it is missing: version {expected} should follow"
            )
        elif entry.prev_hash != prev_hash and not as_left:
            yield _fault(entry, "it does not follow the entry before it: the hashes differ")
        if sealed and seal(entry) != entry.hash and not as_left:
            yield _fault(entry, "it was altered: its hash does not match what it says")
        version, prev_hash = entry.version, entry.hash
    if end is not None and not ends_with(chain, end):
        yield _fault(end, "it is missing or altered, and the log ended with it")


def ends_with(chain: Sequence[Entry], end: Entry) -> bool:
    """Return whether the last entry of a chain is the one it was left with."""
    return bool(chain) and (chain[-1].version, chain[-1].hash) == (end.version, end.hash)


def accepted(
    chain: Sequence[Entry], found: Sequence[ChainFault], *, reason: str, until: int
) -> tuple[BrokenChainAccepted, int]:
    """Return what fixes every fault as it was found, and the last version ever given."""
    by_version = {entry.version: entry for entry in chain}
    last = max(chain[-1].version, until)
    at_fault = {fault.version for fault in found}
    first = min(at_fault)
    event = BrokenChainAccepted(
        at_version=first,
        found_hash=by_version[first].hash if first in by_version else "",
        reason=reason,
        found=tuple(kept_of(entry) for entry in chain if entry.version in at_fault),
        missing=tuple(n for n in range(1, last + 1) if n not in by_version),
    )
    return event, last


def _vouched(chain: Sequence[Entry]) -> tuple[dict[int, Kept], set[int]]:
    kept: dict[int, Kept] = {}
    missing: set[int] = set()
    for entry in chain:
        event = entry.event
        # Who was altered vouches for nobody.
        if not isinstance(event, EntriesErased | BrokenChainAccepted) or (
            entry.hash and seal(entry) != entry.hash
        ):
            continue
        if isinstance(event, EntriesErased):
            kept.update((one.version, one) for one in event.entries)
        else:
            kept.update((one.version, one) for one in event.found)
            missing.update(event.missing)
    return kept, missing


def _fault(entry: Entry, reason: str) -> ChainFault:
    return ChainFault(incident=entry.incident, version=entry.version, seq=entry.seq, reason=reason)
