"""The tables. `log` is the truth; `links` and `incidents` are indexes made from it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    select,
    text,
)
from sqlalchemy import UniqueConstraint as Unique

# SQLite counts a primary key of its own only if the column is a plain INTEGER.
_Seq = BigInteger().with_variant(Integer(), "sqlite")

METADATA = MetaData()

# What the log says of itself. Word for word as in the index, or SQLite does not use it.
CUSTODY = text("kind IN ('broken-chain-accepted', 'entries-erased', 'log-restored')")

LOG = Table(
    "log",
    METADATA,
    Column("seq", _Seq, primary_key=True, autoincrement=False),
    Column("incident", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Unique("incident", "version", name="log_incident_version"),
    Index("log_custody", "incident", "seq", sqlite_where=CUSTODY, postgresql_where=CUSTODY),
)

INCIDENTS = Table(
    "incidents",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("opened_seq", _Seq, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("last_seq", _Seq, nullable=False),
    Column("last_version", Integer, nullable=False),
    Column("last_hash", Text, nullable=False),
    Index("incidents_last_seq", "last_seq"),
    Index("incidents_closed_opened", "closed", "opened_seq"),
)

LINKS = Table(
    "links",
    METADATA,
    Column("link_hash", Text, primary_key=True),
    Column("incident", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("partner", Text, nullable=False),
    Column("contact", Text, nullable=False),
)

# Not part of the log: who is alive, and a row that is rewritten to see whether writing works.
BEATS = Table(
    "beats",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("data", Text, nullable=False),
)

PROBE = Table(
    "probe",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("writes", BigInteger, nullable=False),
)

# What was given out once is not given out again, even if the end of the log went missing.
LAST_SEQ = select(
    func.coalesce(
        func.max(
            select(func.max(LOG.c.seq).label("seq"))
            .union_all(select(func.max(INCIDENTS.c.last_seq)))
            .subquery()
            .c.seq
        ),
        0,
    )
)
