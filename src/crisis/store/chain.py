"""
Canonical JSON and the hash chain (`docs/reference/log-format.md`).

Every incident has a chain of its own: an entry's hash covers the hash before it,
so nobody can change, remove or reorder an entry without changing all that follow.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from crisis.core.timing import require_utc

# The `prev_hash` of an incident's first entry.
BEGINNING = ""
# What stands in `data` of an entry of which nothing but its place is left.
ERASED_DATA = '{"_erased":true}'

_JSON = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of the log, as text and numbers; `data` is canonical JSON."""

    seq: int
    incident: str
    version: int
    kind: str
    at: str
    actor: str
    data: str
    prev_hash: str
    hash: str = ""


def canonical(value: object) -> str:
    """Return JSON with sorted keys, without spaces, with all letters as they are."""
    return _JSON.encode(value)


def seal(record: Record) -> str:
    """Return the SHA-256 over a record's canonical JSON, in hex; `seq` and `hash` are left out."""
    quoted = _JSON.encode
    # Spelled out in sorted order, because `data` is canonical text already.
    text = (
        f'{{"actor":{quoted(record.actor)},"at":{quoted(record.at)},"data":{record.data},'
        f'"incident":{quoted(record.incident)},"kind":{quoted(record.kind)},'
        f'"prev_hash":{quoted(record.prev_hash)},"version":{record.version}}}'
    )
    # What was tampered with may not even be text; it must still be possible to say so.
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def written(moment: datetime) -> str:
    """
    Return a moment as it stands in the log: ISO 8601, UTC, microseconds, `Z`.

    Raises:
        ValueError: the moment carries no zone.
    """
    return require_utc(moment).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """Return the moment behind a text that `written` made."""
    return datetime.fromisoformat(text).astimezone(UTC)
