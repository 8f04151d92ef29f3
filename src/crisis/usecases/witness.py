"""
Noticing that the log was put back to an older state while messages were sent.

A witness outside the database remembers how far each incident's log reached. What
it saw and the log no longer has is lost; the log is told, so that whatever is asked
again is marked as a possible repeat.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crisis.core.event import SYSTEM, Entry, LogRestored
from crisis.errors import CrisisError
from crisis.usecases.custody import CustodyLog, Head

# Open incidents, and so many of those that were opened last, in case a closing is lost.
LATEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How far each incident's log reached when somebody last looked, in the log `label`."""

    label: str
    heads: Mapping[str, Head]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """
    What one incident's log no longer has: the entries after `upto_version` up to `lost_to`.

    `upto_version` is 0 where nothing of it is left.
    """

    incident: str
    upto_version: int
    lost_to: int
    lost_hash: str


def seen_now(log: CustodyLog, *, label: str) -> Seen:
    """Return what a witness is to remember of a log."""
    heads = dict(log.heads())
    every = log.heads(open_only=False)
    heads.update((name, every[name]) for name in list(every)[-LATEST:])
    return Seen(label=label, heads=heads)


def losses(log: CustodyLog, seen: Seen | None, *, label: str) -> tuple[Loss, ...]:
    """Return what a witness saw and the log does not have, and has not been told of yet."""
    if seen is None or seen.label != label:
        return ()
    heads = log.heads(open_only=False)
    return tuple(_losses(log, seen, heads))


def tell(log: CustodyLog, found: Sequence[Loss], *, now: datetime) -> tuple[str, ...]:
    """
    Append `log-restored` to every incident that lost something and is open still.

    Returns the ids of those that could not be told, because nothing of them is left
    or their chain does not hold.

    Raises:
        UnreachableError: the log does not answer.
    """
    open_ones = frozenset(log.open_incidents())
    known = frozenset(log.incidents())
    untold: list[str] = []
    for loss in found:
        if loss.incident not in known:
            untold.append(loss.incident)
        if loss.incident not in open_ones:
            continue
        event = LogRestored(
            upto_version=loss.upto_version, lost_to=loss.lost_to, lost_hash=loss.lost_hash
        )
        try:
            log.append(loss.incident, [event], actor=SYSTEM, at=now, expected_version=None)
        except CrisisError:
            untold.append(loss.incident)
    return tuple(untold)


def _losses(log: CustodyLog, seen: Seen, heads: Mapping[str, Head]) -> Iterator[Loss]:
    for incident, was in seen.heads.items():
        head = heads.get(incident)
        if head == was:
            continue
        if head is None:
            yield Loss(incident=incident, upto_version=0, lost_to=was.version, lost_hash=was.hash)
            continue
        if head.version > was.version and log.hash_at(incident, was.version) == was.hash:
            continue
        restored = _restored(log.read(incident))
        if any(event.lost_hash == was.hash for event in restored):
            continue
        upto = restored[-1].upto_version if restored else min(head.version, was.version - 1)
        yield Loss(incident=incident, upto_version=upto, lost_to=was.version, lost_hash=was.hash)


def _restored(entries: Sequence[Entry]) -> list[LogRestored]:
    return [entry.event for entry in entries if isinstance(entry.event, LogRestored)]
