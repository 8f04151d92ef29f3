"""
Facts about the log itself: what was erased by law, found broken, or put back from a backup.

They are the only entries that speak of other entries, and none of them is ever
erased: what they vouch for would be lost with them.
"""

from dataclasses import dataclass
from typing import Literal

# What stands where a text was erased; everybody who reads it must know that it is no answer.
ERASED_TEXT = "[gelöscht nach Frist / erased after its period]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """
    An entry as it was left: its place, the hash in its row, and what its row now hashes to.

    `remains` is computed over the row as it stands now, by the rule for `hash`; as
    long as a row fits its `Kept`, nobody has touched it since.
    """

    version: int
    seq: int
    hash: str
    remains: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesErased:
    """
    Texts of earlier entries were erased after their period; `entries` is what is left of them.

    `rule` names the period (`free-text`, `people`, `contacts`, `exercise`), `days` how
    many days after the closing it ended.
    """

    kind: Literal["entries-erased"] = "entries-erased"
    rule: str
    days: int
    entries: tuple[Kept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenChainAccepted:
    """
    The chain was found broken, and somebody answers for going on with it.

    `at_version` is the first entry at fault, `found_hash` the hash in its row (empty
    if it is missing). `found` fixes every entry at fault as it was found, `missing`
    lists the versions and `seqs` the places in the whole log that are gone.
    """

    kind: Literal["broken-chain-accepted"] = "broken-chain-accepted"
    at_version: int
    found_hash: str
    reason: str
    found: tuple[Kept, ...] = ()
    missing: tuple[int, ...] = ()
    seqs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRestored:
    """
    The log was put back to an older state; what was sent after `upto_version` is not known.

    `lost_to` is the last version that was seen before, with its hash; 0 if nobody knows.
    Everything that is asked afterwards and may have been asked before is marked.
    """

    kind: Literal["log-restored"] = "log-restored"
    upto_version: int
    lost_to: int = 0
    lost_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """An entry of the kind `what`, of which nothing but its place in the chain is left."""

    kind: Literal["erased"] = "erased"
    what: str


CustodyEvent = EntriesErased | BrokenChainAccepted | LogRestored | Erased
