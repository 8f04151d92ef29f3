"""The event log in memory: for rehearsals, simulations by the thousand, and tests."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from threading import RLock

from crisis.core.event import AttemptStarted, Entry, Event, IncidentClosed
from crisis.core.timing import require_utc
from crisis.errors import BrokenChainError, LogMovedOnError
from crisis.usecases.ports import ChainFault, LinkPlace


class MemoryEventLog:
    """
    Keeps the port `EventLog` without a database; safe for many threads.

    Its hashes hold within one process only: they cover Python's own picture of an
    event, not the format of `docs/reference/log-format.md`.

    Args:
        sealed: whether to compute hashes; a simulation of thousands of runs does without.
    """

    def __init__(self, *, sealed: bool = True) -> None:
        # Open to tests: change them, and `verify` must tell.
        self.chains: dict[str, list[Entry]] = {}
        self._sealed = sealed
        self._seq = 0
        self._ends: dict[str, Entry] = {}
        self._closed: set[str] = set()
        self._links: dict[str, LinkPlace] = {}
        self._lock = RLock()

    def append(
        self,
        incident: str,
        events: Sequence[Event],
        *,
        actor: str,
        at: datetime,
        expected_version: int | None,
    ) -> tuple[Entry, ...]:
        """Append events all together or not at all; see the port."""
        moment = require_utc(at)
        with self._lock:
            end = self._end(incident, expected_version)
            entries = tuple(self._chained(end, incident, events, actor, moment))
            if entries:
                self.chains.setdefault(incident, []).extend(entries)
                self._ends[incident] = entries[-1]
                self._seq = entries[-1].seq
            self._index(entries)
            return entries

    def read(self, incident: str, *, after: int = 0) -> tuple[Entry, ...]:
        """Return an incident's entries with a version above `after`, in order."""
        with self._lock:
            chain = self.chains.get(incident, [])
            return tuple(entry for entry in chain[max(after, 0) :] if entry.version > after)

    def incidents(self) -> tuple[str, ...]:
        """Return the ids of all incidents, oldest first."""
        with self._lock:
            return tuple(self._ends)

    def open_incidents(self) -> tuple[str, ...]:
        """Return the ids of the incidents that were not closed, oldest first."""
        with self._lock:
            return tuple(incident for incident in self._ends if incident not in self._closed)

    def last_seq(self) -> int:
        """Return the highest `seq` in the log, 0 if it is empty."""
        return self._seq

    def changed_since(self, seq: int) -> tuple[str, ...]:
        """Return the ids of the incidents with an entry above this `seq`, oldest first."""
        with self._lock:
            return tuple(incident for incident, end in self._ends.items() if end.seq > seq)

    def find_link(self, link_hash: str) -> LinkPlace | None:
        """Return where the link with this SHA-256 leads, or None if it was never given out."""
        return self._links.get(link_hash)

    def verify(self, incident: str | None = None) -> tuple[ChainFault, ...]:
        """Return every fault in one incident's chain, or in all; empty means intact."""
        with self._lock:
            known = sorted(self._ends) if incident is None else [incident]
            return tuple(fault for one in known for fault in self._faults(one))

    def _end(self, incident: str, expected_version: int | None) -> Entry | None:
        end = self._ends.get(incident)
        if end is not None and self.chains[incident][-1:] != [end]:
            raise BrokenChainError(f"The log of {incident} does not end as it was left.")
        version = 0 if end is None else end.version
        if expected_version not in {None, version}:
            raise LogMovedOnError(
                f"{incident} is at version {version}, not {expected_version}:"
                " somebody else wrote first. Nothing was written. Read it again and decide anew."
            )
        return end

    def _chained(
        self,
        end: Entry | None,
        incident: str,
        events: Sequence[Event],
        actor: str,
        at: datetime,
    ) -> Iterator[Entry]:
        version, prev_hash = (0, "") if end is None else (end.version, end.hash)
        for step, event in enumerate(events, 1):
            entry = Entry(
                seq=self._seq + step,
                incident=incident,
                version=version + step,
                at=at,
                actor=actor,
                event=event,
                prev_hash=prev_hash,
            )
            if self._sealed:
                entry = replace(entry, hash=_seal(entry))
            prev_hash = entry.hash
            yield entry

    def _index(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            event = entry.event
            if isinstance(event, IncidentClosed):
                self._closed.add(entry.incident)
            elif isinstance(event, AttemptStarted) and event.link_hash:
                place = LinkPlace(
                    incident=entry.incident,
                    step=event.step,
                    partner=event.partner,
                    contact=event.contact,
                )
                self._links.setdefault(event.link_hash, place)

    def _faults(self, incident: str) -> Iterator[ChainFault]:
        chain = self.chains.get(incident, [])
        version, prev_hash = 0, ""
        for entry in chain:
            if entry.version != version + 1:
                yield _fault(
                    entry, f"the entry before it is missing: version {version + 1} should follow"
                )
            elif entry.prev_hash != prev_hash:
                yield _fault(entry, "it does not follow the entry before it: the hashes differ")
            if self._sealed and _seal(entry) != entry.hash:
                yield _fault(entry, "it was altered: its hash does not match what it says")
            version, prev_hash = entry.version, entry.hash
        end = self._ends.get(incident)
        if end is not None and chain[-1:] != [end]:
            yield _fault(end, "it is missing or altered, and the log ended with it")


def _seal(entry: Entry) -> str:
    place = (entry.incident, entry.version, entry.at, entry.actor, entry.event, entry.prev_hash)
    return sha256(repr(place).encode()).hexdigest()


def _fault(entry: Entry, reason: str) -> ChainFault:
    return ChainFault(incident=entry.incident, version=entry.version, seq=entry.seq, reason=reason)
