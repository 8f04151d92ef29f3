"""Playing a setting many times over, and learning from the log how people answer."""

from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from crisis.core.answer_time import AnswerTime, AnswerTimes, learned, seen_in
from crisis.core.forecast import Forecaster, Setting
from crisis.core.reach_time import Times, Wave, times_of, waves
from crisis.errors import RefusedError
from crisis.usecases.reading import Desk

# What nobody has seen yet is taken to be as slow as a mailbox.
UNSEEN = AnswerTime(never=0.3, median=timedelta(minutes=20), spread=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What many runs of a setting came to; the same for the same seed."""

    setting: Setting
    runs: int
    seed: int
    waves: tuple[Wave, ...]


def forecast(
    setting: Setting, *, runs: int, seed: int, pool: Executor | None = None, parts: int = 1
) -> Forecast:
    """
    Return what so many runs come to.

    With a pool, `parts` of the runs are played beside one another; the result is the same.
    """
    cuts = [runs * part // parts for part in range(parts + 1)]
    pieces = [(setting, seed, start, end) for start, end in pairwise(cuts)]
    if pool is None:
        played = [played_runs(*piece) for piece in pieces]
    else:
        played = [future.result() for future in [pool.submit(played_runs, *p) for p in pieces]]
    found = [times for piece in played for times in piece]
    return Forecast(setting=setting, runs=runs, seed=seed, waves=waves(setting.playbook, found))


def played_runs(setting: Setting, seed: int, start: int, end: int) -> list[dict[str, Times]]:
    """Return what the runs from one number (included) to another yield, in order."""
    house = Forecaster(setting)
    return [times_of(setting, house.run(seed, number)) for number in range(start, end)]


def learn(desk: Desk) -> tuple[AnswerTimes, int]:
    """
    Return how people answered in the log's incidents and drills, and in how many messages.

    Raises:
        RefusedError: the log holds no message of which anybody knows what came of it.
        UnreachableError: the log does not answer.
    """
    found = desk.incidents.gather(desk.house.log.incidents()).incidents
    messages = [seen for incident in found for seen in seen_in(incident)]
    if not messages:
        raise RefusedError(
            "the log holds no message yet from which to learn; give answer times with --times"
        )
    return learned(messages, otherwise=UNSEEN), len(messages)
