"""The event log in memory: for rehearsals, simulations by the thousand, and tests."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from threading import RLock

from crisis.core.custody import EntriesErased, Erased
from crisis.core.event import SYSTEM, AttemptStarted, Entry, Event, IncidentClosed
from crisis.core.redaction import Redaction, applied
from crisis.core.timing import require_utc
from crisis.errors import BrokenChainError, LogMovedOnError, RefusedError
from crisis.simulated.custody import accepted, ends_with, faults, kept_of, seal
from crisis.usecases.custody import Head
from crisis.usecases.ports import Beside, ChainFault, LinkPlace, Minds


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
        minds: Minds | None = None,
        beside: Beside | None = None,
    ) -> tuple[Entry, ...]:
        """Append events all together or not at all; see the port."""
        moment = require_utc(at)
        with self._lock:
            end = self._end(incident, expected_version, minds)
            ends = {other: self._end(other, None, None) for other in beside or {}}
            for other, more in (beside or {}).items():
                self._take(self._chained(ends[other], other, more, SYSTEM, moment))
            return self._take(self._chained(end, incident, events, actor, moment))

    def read(self, incident: str, *, after: int = 0, most: int | None = None) -> tuple[Entry, ...]:
        """Return an incident's entries above the version `after`, in order, the first `most`."""
        with self._lock:
            chain = self.chains.get(incident, [])
            first = bisect_right(chain, after, key=lambda entry: entry.version)
            return tuple(chain[first : None if most is None else first + most])

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
            return tuple(
                fault
                for one in known
                for fault in faults(
                    self.chains.get(one, []), self._ends.get(one), sealed=self._sealed
                )
            )

    def hash_at(self, incident: str, version: int) -> str | None:
        """Return the hash of an entry, or None if there is no such entry."""
        found = self.read(incident, after=version - 1)[:1]
        return next((entry.hash for entry in found if entry.version == version), None)

    def heads(self, *, open_only: bool = True) -> dict[str, Head]:
        """Return how far each incident's log reaches, by id, oldest first."""
        with self._lock:
            return {
                incident: Head(version=end.version, seq=end.seq, hash=end.hash)
                for incident, end in self._ends.items()
                if not (open_only and incident in self._closed)
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
        """Replace what entries say by what is left of them; see the port."""
        with self._lock:
            self._end(incident, expected_version, None)
            for fault in self.verify(incident)[:1]:
                raise BrokenChainError(f"The log of {incident} is broken: {fault.reason}")
            chain = self.chains[incident]
            chain[:] = applied(chain, redactions)
            changed = {redaction.version for redaction in redactions}
            left = tuple(kept_of(entry) for entry in chain if entry.version in changed)
            event = EntriesErased(rule=rule, days=days, entries=left)
            if any(isinstance(redaction.event, Erased) for redaction in redactions):
                self._links = {k: v for k, v in self._links.items() if v.incident != incident}
            return self.append(incident, [event], actor=actor, at=at, expected_version=None)

    def accept_break(
        self, incident: str, *, reason: str, actor: str, at: datetime
    ) -> tuple[Entry, ...]:
        """Go on with a broken chain; see the port."""
        with self._lock:
            found = self.verify(incident)
            if not found:
                raise RefusedError(f"The chain of {incident} holds; there is nothing to accept.")
            chain = self.chains[incident]
            if not chain:
                raise BrokenChainError(f"No entry of {incident} is left.")
            event, last = accepted(chain, found, reason=reason, until=self._ends[incident].version)
            # The next entry follows what is there, under a version that was never given.
            end = replace(chain[-1], version=last)
            entries = tuple(self._chained(end, incident, [event], actor, require_utc(at)))
            chain.extend(entries)
            self._ends[incident], self._seq = entries[-1], entries[-1].seq
            return entries

    def _end(
        self, incident: str, expected_version: int | None, minds: Minds | None
    ) -> Entry | None:
        end = self._ends.get(incident)
        if end is not None and not ends_with(self.chains[incident], end):
            raise BrokenChainError(f"The log of {incident} does not end as it was left.")
        version = 0 if end is None else end.version
        if expected_version is None or expected_version == version:
            return end
        since = [entry.event for entry in self.read(incident, after=expected_version)]
        if minds is None or expected_version > version or minds(since):
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
                entry = replace(entry, hash=seal(entry))
            prev_hash = entry.hash
            yield entry

    def _take(self, chained: Iterator[Entry]) -> tuple[Entry, ...]:
        entries = tuple(chained)
        if entries:
            incident = entries[-1].incident
            self.chains.setdefault(incident, []).extend(entries)
            self._ends[incident] = entries[-1]
            self._seq = entries[-1].seq
        self._index(entries)
        return entries

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
