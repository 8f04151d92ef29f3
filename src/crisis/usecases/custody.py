"""
What upkeep needs of the log beyond appending: erasing by law, accepting a break, heads.

The same contract tests are run against memory, SQLite and PostgreSQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crisis.core.event import Entry
from crisis.core.redaction import Redaction
from crisis.usecases.ports import EventLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How far an incident's log reaches: its last entry's place and hash."""

    version: int
    seq: int
    hash: str


class CustodyLog(EventLog, Protocol):
    """An event log that can be looked after."""

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
        """
        Replace what entries say by what is left of them, and append `entries-erased`.

        Hashes and places stay; `verify` accepts exactly what was erased so.

        Raises:
            LogMovedOnError: somebody else wrote first; nothing was erased.
            BrokenChainError: the chain does not hold; nothing was erased.
        """
        ...

    def accept_break(
        self, incident: str, *, reason: str, actor: str, at: datetime
    ) -> tuple[Entry, ...]:
        """
        Append `broken-chain-accepted`, from which on the chain counts as whole.

        Raises:
            RefusedError: the chain holds.
            BrokenChainError: no entry of the incident is left.
        """
        ...

    def hash_at(self, incident: str, version: int) -> str | None:
        """Return the hash in an entry's row, or None if there is no such entry."""
        ...

    def heads(self, *, open_only: bool = True) -> Mapping[str, Head]:
        """Return how far each incident's log reaches, by id, oldest first."""
        ...
