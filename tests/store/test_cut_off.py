"""A writer that is cut off, or stopped, while it holds the lock of the log."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import make_url

from crisis.core.event import Event
from crisis.errors import UnreachableError
from crisis.store.database import reach
from crisis.store.log import DatabaseEventLog
from tests.builders import T0
from tests.store.happening import AT, a_note, an_attempt, an_opening
from tests.store.silent_line import SilentLine

MOST_MESSAGES = 30


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


def test_writer_that_falls_silent_after_any_message_holds_nobody_up_for_long(
    postgres_url: str, tmp_path: Path
) -> None:
    (tmp_path / "line").mkdir()
    with DatabaseEventLog(postgres_url) as log:
        log.append("i1", (an_opening(),), actor="ada", at=T0, expected_version=0)
        kept = [_appended_beside(log, postgres_url, tmp_path / "line", n) for n in range(1, 4)]
        whole = _appended_beside(log, postgres_url, tmp_path / "line", MOST_MESSAGES)
        faults = log.verify()

    # It begins, looks, stores and commits: four messages, and every stop between two of them.
    assert (kept, whole) == ([False, False, False], True)
    assert faults == ()


def _appended_beside(log: DatabaseEventLog, url: str, folder: Path, messages: int) -> bool:
    """
    Let another writer fall silent after so many messages, and write all the same.

    Returns whether the other one's entries are in the log.
    """
    hasty = {"options": "-c idle_in_transaction_session_timeout=300 -c lock_timeout=5000"}
    address = str(make_url(url).update_query_dict(hasty))
    events: list[Event] = [*(an_attempt(f"f{messages}-{n}") for n in range(12)), a_note()]
    with (
        ThreadPoolExecutor(1) as thread,
        SilentLine(address, folder) as line,
        DatabaseEventLog(line.url) as other,
    ):
        other.append("i1", (a_note(),), actor="bo", at=AT, expected_version=None)
        line.fall_silent_after(messages)
        stopped = thread.submit(
            other.append, "i1", events, actor="bo", at=AT, expected_version=None
        )
        if messages < MOST_MESSAGES:
            assert line.silent.wait(30)
            log.append("i1", (a_note(),), actor="ada", at=AT, expected_version=None)
            with pytest.raises(UnreachableError):
                stopped.result(60)
        else:
            stopped.result(60)
    (folder / ".s.PGSQL.5432").unlink()
    return log.find_link(f"f{messages}-0") is not None
