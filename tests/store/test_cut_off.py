"""A writer that is cut off, or stopped, while it holds the lock of the log."""

from crisis.store.database import reach
from crisis.store.log import DatabaseEventLog
from tests.builders import T0
from tests.store.happening import an_opening


def test_writer_that_falls_silent_in_a_transaction_holds_nobody_up_for_long(
    postgres_url: str,
) -> None:
    silent = reach(postgres_url, patience=5.0)
    try:
        with DatabaseEventLog(postgres_url) as log, silent.writer.connect() as connection:
            silent.lock(connection)
            (entry,) = log.append("i1", (an_opening(),), actor="ada", at=T0, expected_version=0)
            # The server has hung up on it, so nothing of its transaction can follow.
            connection.invalidate()
    finally:
        silent.dispose()

    assert (entry.incident, entry.version) == ("i1", 1)
