"""
One incident's log as lines of JSON, for somebody who checks it without our software.

A line with what the file is, one line per entry as the hash covers it, and a line
with the SHA-256 over all lines before (`docs/how-to/verify-an-export.md`).
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, select

from crisis.store.chain import canonical
from crisis.store.schema import INCIDENTS, LOG
from crisis.store.vouched import COLUMNS

FORMAT = "crisis-log-export/1"


def export_lines(connection: Connection, incident: str, *, at: str) -> Iterator[str]:
    """Yield the lines of an export, without line breaks; `at` is when it was made."""
    known = select(INCIDENTS.c.last_version, INCIDENTS.c.last_hash)
    end = connection.execute(known.where(INCIDENTS.c.id == incident)).first()
    version, last_hash = (0, "") if end is None else end
    rows = select(*(LOG.c[name] for name in COLUMNS)).where(LOG.c.incident == incident)
    summed = sha256()
    head = {
        "format": FORMAT,
        "incident": incident,
        "exported_at": at,
        "last_version": version,
        "last_hash": last_hash,
    }
    for line in (head, *_entries(connection, rows.order_by(LOG.c.version))):
        text = canonical(line)
        summed.update(f"{text}\n".encode(errors="surrogatepass"))
        yield text
    yield canonical({"sha256": summed.hexdigest()})


def _entries(connection: Connection, rows: Select[tuple[Any, ...]]) -> Iterator[dict[str, object]]:
    for row in connection.execute(rows):
        entry = dict(zip(COLUMNS, row, strict=True))
        try:
            entry["data"] = json.loads(entry["data"])
        except ValueError:
            # What was tampered with is handed over as it stands.
            entry["data"] = {"unreadable": entry["data"]}
        yield entry
