"""
Lay out the log, its indexes and the heartbeats.

Spelled out here and not taken from `schema.py`: what was migrated once must not
change when the tables do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Lift an empty database to the first version."""
    op.create_table(
        "log",
        sa.Column("seq", _SEQ, primary_key=True, autoincrement=False),
        sa.Column("incident", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(
            sa.Column(n, sa.Text, nullable=False)
            for n in ("kind", "at", "actor", "data", "prev_hash", "hash")
        ),
        sa.UniqueConstraint("incident", "version", name="log_incident_version"),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("opened_seq", _SEQ, nullable=False),
        sa.Column("closed", sa.Boolean, nullable=False),
        sa.Column("last_seq", _SEQ, nullable=False),
        sa.Column("last_version", sa.Integer, nullable=False),
        sa.Column("last_hash", sa.Text, nullable=False),
    )
    op.create_index("incidents_last_seq", "incidents", ["last_seq"])
    op.create_index("incidents_closed_opened", "incidents", ["closed", "opened_seq"])
    op.create_table(
        "links",
        sa.Column("link_hash", sa.Text, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("incident", "step", "partner", "contact")
        ),
    )
    op.create_table(
        "beats",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "probe",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("writes", sa.BigInteger, nullable=False),
    )
