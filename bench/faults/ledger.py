"""The log as an outsider reads it: entry by entry, from the database."""

from datetime import datetime
from threading import Lock
from typing import Any

from bench.faults.evidence import Claim, claims_of
from crisis.core.event import AttemptEnded, AttemptStarted, Entry
from crisis.errors import CrisisError
from crisis.store.log import DatabaseEventLog

# Alembic keeps what it is about in one place per process; each program of ours has its own.
_ONE_AT_A_TIME = Lock()


class Ledger:
    """Reads the log of a house while it runs; remembers what it has read."""

    def __init__(self, address: str) -> None:
        with _ONE_AT_A_TIME:
            self._log = DatabaseEventLog(address)
        self._read: dict[str, tuple[Entry, ...]] = {}
        self._claims: dict[str, tuple[int, tuple[Claim, ...]]] = {}
        self._lock = Lock()

    def close(self) -> None:
        """Let go of the database."""
        self._log.close()

    def entries(self, incident: str) -> tuple[Entry, ...]:
        """Return all entries of an incident; those known so far if the database is away."""
        with self._lock:
            known = self._read.get(incident, ())
            try:
                new = self._log.read(incident, after=known[-1].version if known else 0)
            except CrisisError:
                return known
            self._read[incident] = known = known + new
            return known

    def claims(self, incident: str) -> tuple[Claim, ...]:
        """Return the attempts of an incident."""
        entries = self.entries(incident)
        count, claims = self._claims.get(incident, (0, ()))
        if count != len(entries):
            claims = claims_of(entries)
            self._claims[incident] = len(entries), claims
        return claims

    def counts(self, incident: str) -> tuple[int, int]:
        """Return how many attempts were begun and how many were ended."""
        events = [entry.event for entry in self.entries(incident)]
        begun = sum(isinstance(event, AttemptStarted) for event in events)
        ended = {
            (event.step, event.partner, event.n)
            for event in events
            if isinstance(event, AttemptEnded)
        }
        return begun, len(ended)

    def incidents(self) -> tuple[str, ...]:
        """Return the ids of all incidents, oldest first; none if the database is away."""
        try:
            return self._log.incidents()
        except CrisisError:
            return ()

    def beats(self) -> dict[int, tuple[datetime, dict[str, Any]]]:
        """Return the last sign of life of each engine, by its pid."""
        try:
            found = self._log.beats()
        except CrisisError:
            return {}
        return {
            int(beat.data["pid"]): (beat.at, dict(beat.data))
            for name, beat in found.items()
            if name.partition("/")[0] == "engine" and "pid" in beat.data
        }
