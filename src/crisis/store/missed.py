"""What others wrote between the version a caller knew and the end of the chain."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from crisis.core.event import Event
from crisis.store.chain import Record
from crisis.store.codec import CODEC
from crisis.store.schema import LOG

# More than so many entries behind, a caller reads again: the writer must not be held up.
MOST = 256


def events_after(
    connection: Connection, incident: str, version: int, *, unsaved: Sequence[Record]
) -> tuple[Event, ...] | None:
    """
    Return the events of an incident after a version, None if they are too many.

    `unsaved` are entries that this transaction accepted and has not stored yet.
    """
    stored = connection.execute(
        select(LOG.c.kind, LOG.c.data)
        .where(LOG.c.incident == incident, LOG.c.version > version)
        .order_by(LOG.c.version)
        .limit(MOST + 1)
    ).all()
    fresh = [
        (record.kind, record.data)
        for record in unsaved
        if record.incident == incident and record.version > version
    ]
    rows = [*((row.kind, row.data) for row in stored), *fresh]
    if len(rows) > MOST:
        return None
    return tuple(CODEC.decode_text(kind, data) for kind, data in rows)
