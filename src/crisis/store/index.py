"""The tables that are made from the log, and how they are made anew."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from crisis.core.event import AttemptStarted, IncidentClosed
from crisis.store.chain import ERASED_DATA
from crisis.store.codec import kind_of
from crisis.store.schema import INCIDENTS, LINKS, LOG

_CLOSED, _ASKED = kind_of(IncidentClosed), kind_of(AttemptStarted)


@dataclass(frozen=True, slots=True)
class Rebuild:
    """The wish to have the indexes made anew, on its way to the writer."""


def rebuild(connection: Connection) -> None:
    """
    Throw the tables `incidents` and `links` away and make them from the log.

    Verify before: what the old index knew of a missing end is gone afterwards.
    """
    connection.execute(delete(INCIDENTS))
    connection.execute(delete(LINKS))
    incidents, links = index_of(connection), _links(connection)
    if incidents:
        connection.execute(insert(INCIDENTS), incidents)
    if links:
        connection.execute(insert(LINKS), links)


def index_of(connection: Connection, incident: str | None = None) -> list[dict[str, Any]]:
    """Return the rows of the table `incidents` for one incident, or for all, from the log."""
    closed = set(connection.scalars(select(LOG.c.incident).where(LOG.c.kind == _CLOSED)))
    counted = select(
        LOG.c.incident,
        func.min(LOG.c.seq).label("opened_seq"),
        func.max(LOG.c.version).label("last_version"),
    ).group_by(LOG.c.incident)
    if incident is not None:
        counted = counted.where(LOG.c.incident == incident)
    spans = counted.subquery()
    ends = select(spans, LOG.c.seq, LOG.c.hash).join(
        LOG, (LOG.c.incident == spans.c.incident) & (LOG.c.version == spans.c.last_version)
    )
    return [
        {
            "id": row.incident,
            "opened_seq": row.opened_seq,
            "closed": row.incident in closed,
            "last_seq": row.seq,
            "last_version": row.last_version,
            "last_hash": row.hash,
        }
        for row in connection.execute(ends)
    ]


def _links(connection: Connection) -> list[dict[str, Any]]:
    told = LOG.c.kind == _ASKED, LOG.c.data != ERASED_DATA
    asked = select(LOG.c.incident, LOG.c.data).where(*told).order_by(LOG.c.seq)
    links: dict[str, dict[str, Any]] = {}
    for row in connection.execute(asked):
        data = json.loads(row.data)
        place = {name: data[name] for name in ("step", "partner", "contact")}
        if data["link_hash"]:
            links.setdefault(
                data["link_hash"],
                {"link_hash": data["link_hash"], "incident": row.incident, **place},
            )
    return list(links.values())
