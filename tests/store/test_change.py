"""News of the log in PostgreSQL: nonsense on its channel makes nobody deaf."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text

from crisis.store.change import CHANNEL
from crisis.store.log import DatabaseEventLog
from tests.store.happening import put


@pytest.mark.parametrize("said", ["", "nonsense", "9" * 30])
def test_who_says_nonsense_on_the_channel_makes_nobody_deaf(postgres_url: str, said: str) -> None:
    other = create_engine(postgres_url)
    with DatabaseEventLog(postgres_url) as log:
        assert log.wait_for_change(0, 0.3) == 0
        with other.begin() as connection:
            connection.execute(
                text("SELECT pg_notify(:channel, :said)"), {"channel": CHANNEL, "said": said}
            )
        other.dispose()
        assert log.wait_for_change(0, 0.5) == 0
        put(log, "i1", "Lage übernommen")

        assert log.wait_for_change(0, 5.0) == 1
        # The thread that listens outlived it: others' news wakes who waits.
        with DatabaseEventLog(postgres_url) as second, ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(log.wait_for_change, 1, 60.0)
            put(second, "i1", "Lage abgegeben")
            assert waiting.result(10.0) == 2
