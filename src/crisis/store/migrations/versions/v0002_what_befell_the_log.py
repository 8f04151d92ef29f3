"""
Find quickly what the log says of its own entries: what was erased, accepted, restored.

These entries are few among many; the index holds only them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_CUSTODY = "kind IN ('broken-chain-accepted', 'entries-erased', 'log-restored')"


def upgrade() -> None:
    """Lift a database of the first version to the second."""
    op.create_index(
        "log_custody",
        "log",
        ["incident", "seq"],
        sqlite_where=sa.text(_CUSTODY),
        postgresql_where=sa.text(_CUSTODY),
    )
