"""What others wrote between the version a caller knew and the end of the chain."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select

from crisis.core.event import Event
from crisis.store.batch import Batch
from crisis.store.codec import CODEC
from crisis.store.schema import LOG

# More than so many entries behind, a caller reads again: the writer must not be held up.
MOST = 256

_AFTER = (
    select(LOG.c.version, LOG.c.kind, LOG.c.data)
    .where(LOG.c.incident == bindparam("of"), LOG.c.version > bindparam("after"))
    .order_by(LOG.c.version.desc())
    .limit(MOST)
)


class Missed:
    """
    The newest events of the incidents of one transaction, each read once.

    In a flood of answers every caller of a transaction is a little behind; reading
    for each of them anew would take longer than writing what they bring. `known` is
    the lowest version that any caller knows, by incident; the rows are read with
    whatever else the batch holds.
    """

    def __init__(self, batch: Batch, known: Mapping[str, int]) -> None:
        self._rows = {
            incident: batch.add(_AFTER, {"of": incident, "after": version})
            for incident, version in known.items()
        }
        self._events: dict[str, list[Event]] = {}
        self._unsaved: dict[str, list[Event]] = {}

    def after(self, incident: str, version: int, *, head: int) -> tuple[Event, ...] | None:
        """
        Return the events of an incident after a version, None if they are too many.

        `head` is the version of its last entry, of this transaction's own too.
        """
        if head - version > MOST:
            return None
        if incident not in self._events:
            stored = [CODEC.decode_text(kind, data) for _, kind, data in self._rows[incident]]
            self._events[incident] = [*reversed(stored), *self._unsaved.get(incident, ())]
        events = self._events[incident]
        return tuple(events[len(events) - (head - version) :])

    def add(self, incident: str, events: Sequence[Event]) -> None:
        """Take note of what this transaction has accepted and not yet stored."""
        self._unsaved.setdefault(incident, []).extend(events)
        if incident in self._events:
            self._events[incident].extend(events)
