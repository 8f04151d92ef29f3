"""A fresh house: its start, then the way from the trigger to the first message."""

from collections.abc import Iterator

from bench.cold_start import cold_start
from bench.figure import Figure
from bench.house import started_house
from bench.scenario import Run
from bench.trigger import RUNS, trigger


def startup(run: Run) -> Iterator[Figure]:
    """Yield both; the second in the house that the first has made warm."""
    with started_house(run.room("house")) as house:
        yield from cold_start(house)
        house.wait_for_rest()
        yield from trigger(house, runs=run.size(RUNS))
        run.tally.add(house)
