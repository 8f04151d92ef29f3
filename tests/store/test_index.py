"""The indexes are made from the log and can be made from it again."""

import pytest

from crisis.core.event import IncidentClosed
from crisis.store.log import DatabaseEventLog
from tests.store.conftest import DATABASES, Bench
from tests.store.happening import AT, an_attempt, put

on_both = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


@on_both
def test_indexes_are_made_anew_from_the_log(database_url: str) -> None:
    with DatabaseEventLog(database_url) as log:
        for incident in ("z", "a", "m"):
            attempts = [an_attempt(f"{incident}1"), an_attempt(""), an_attempt(f"{incident}1")]
            log.append(incident, attempts, actor="system", at=AT, expected_version=0)
        log.append("a", [IncidentClosed(reason="x")], actor="ada", at=AT, expected_version=3)
        expected = (log.incidents(), log.open_incidents(), log.find_link("m1"), log.verify())
        bench = Bench(log, database_url)
        bench.run("DELETE FROM incidents")
        bench.run("DELETE FROM links")
        assert (log.incidents(), log.find_link("m1")) == ((), None)
        log.rebuild_indexes()
        found = (log.incidents(), log.open_incidents(), log.find_link("m1"), log.verify())
        assert found == expected
        assert log.changed_since(9) == ("a",)
        put(log, "z", "goes on")


@on_both
def test_rebuilding_an_empty_log_is_no_mistake(database_log: DatabaseEventLog) -> None:
    database_log.rebuild_indexes()
    assert database_log.incidents() == ()
