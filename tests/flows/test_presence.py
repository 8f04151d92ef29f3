"""Who attends to an incident, as far as a sign of life tells."""

from datetime import timedelta
from pathlib import Path

from crisis.launch.free_port import free_port
from flows.presence import Presence, living_runs, name_of, outranks, say, who_stays
from tests.flows.house import a_house

FIRST = Presence(run="r1", since="2026-12-18T18:20:00+00:00")
SECOND = Presence(run="r2", since="2026-12-18T18:20:01+00:00")


def test_run_stays_until_it_says_that_it_leaves_or_falls_silent(tmp_path: Path) -> None:
    house = a_house(tmp_path, partners=1, sink=9, prefect_port=free_port())
    with house as (world, _):
        before = who_stays(world, "i1")
        say(world, "i1", FIRST)
        there = (who_stays(world, "i1"), who_stays(world, "i2"), living_runs(world))
        say(world, "i1", Presence(run="r1", since=FIRST.since, stays=False))
        leaving = (who_stays(world, "i1"), living_runs(world))
        long_ago = world.wall.now() - timedelta(seconds=7)
        world.log.beat(name_of("i1"), long_ago, {"run": "r1", "since": "", "stays": True})
        silent = (who_stays(world, "i1"), living_runs(world))

    assert before is None
    assert there == (FIRST, None, frozenset({"r1"}))
    assert leaving == (None, frozenset({"r1"}))
    assert silent == (None, frozenset())


def test_of_two_runs_the_one_that_was_there_first_stays() -> None:
    assert [
        outranks(FIRST, SECOND),
        outranks(SECOND, FIRST),
        outranks(FIRST, FIRST),
        outranks(None, FIRST),
    ] == [True, False, False, False]
