"""
A cursor that says everything in whole messages.

PostgreSQL ends a session that idles in a transaction, so that a writer which was stopped
or cut off holds the log's lock for seconds, not for ever. It does not while it waits for the
rest of a row of messages, and such a row is how the driver sends many rows, or a statement
beside its values. What this cursor sends is one message at a time, or nothing (ADR 0024).
"""

from collections.abc import Iterable

from psycopg import ClientCursor
from psycopg.abc import Params, Query


class WholeCursor(ClientCursor[tuple[object, ...]]):
    """Puts values into the text of a statement, and many statements into one message."""

    def executemany(
        self, query: Query, params_seq: Iterable[Params], *, returning: bool = False
    ) -> None:
        """Execute a statement once for each set of values; what they return is not kept."""
        del returning
        self.execute("; ".join([self.mogrify(query, params) for params in params_seq]).encode())
