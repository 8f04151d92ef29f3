"""What others wrote between the version a caller knew and the end of the chain."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, select

from crisis.core.event import Event
from crisis.store.codec import CODEC
from crisis.store.schema import LOG

# More than so many entries behind, a caller reads again: the writer must not be held up.
MOST = 256

_AFTER = (
    select(LOG.c.version, LOG.c.kind, LOG.c.data)
    .where(LOG.c.incident == bindparam("of"), LOG.c.version > bindparam("after"))
    .order_by(LOG.c.version)
)


class Missed:
    """
    The newest events of the incidents of one transaction, each read once.

    In a flood of answers every caller of a transaction is a little behind; reading
    for each of them anew would take longer than writing what they bring. `known` is
    the lowest version that any caller knows, by incident.
    """

    def __init__(self, connection: Connection, known: Mapping[str, int]) -> None:
        self._connection = connection
        self._known = known
        self._first: dict[str, int] = {}
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
            stored = head - len(self._unsaved.get(incident, ()))
            self._read(incident, after=min(stored, max(self._known[incident], head - MOST)))
        return tuple(self._events[incident][version - self._first[incident] :])

    def add(self, incident: str, events: Sequence[Event]) -> None:
        """Take note of what this transaction has accepted and not yet stored."""
        self._unsaved.setdefault(incident, []).extend(events)
        if incident in self._events:
            self._events[incident].extend(events)

    def _read(self, incident: str, *, after: int) -> None:
        rows = self._connection.execute(_AFTER, {"of": incident, "after": after})
        self._first[incident] = after
        stored = [CODEC.decode_text(row.kind, row.data) for row in rows]
        self._events[incident] = [*stored, *self._unsaved.get(incident, ())]
