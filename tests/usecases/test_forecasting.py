"""Many runs: the same result in one piece, in several, and beside one another."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from crisis.core.event import Via
from crisis.errors import RefusedError
from crisis.usecases.answering import Reply, acknowledge
from crisis.usecases.forecasting import UNSEEN, forecast, learn
from crisis.usecases.rehearse import settle
from tests.builders import a_world, minutes, opened
from tests.core.test_forecast import a_setting


def test_result_does_not_depend_on_how_the_runs_are_shared_out() -> None:
    setting = a_setting()

    alone = forecast(setting, runs=20, seed=3)

    assert forecast(setting, runs=20, seed=3, parts=7) == alone
    with ThreadPoolExecutor(2) as pool:
        assert forecast(setting, runs=20, seed=3, pool=pool, parts=3) == alone
    assert forecast(setting, runs=20, seed=4).waves != alone.waves


def test_log_without_a_message_teaches_nothing() -> None:
    with pytest.raises(RefusedError, match="the log holds no message yet"):
        learn(a_world().desk)


def test_log_teaches_how_its_partners_answered() -> None:
    world = a_world()
    for number in range(1, 7):
        incident = opened(world)
        settle(world.desk, incident)
        world.clock.advance(minutes=number)
        acknowledge(
            world.desk,
            Reply(incident=incident, step="A10", by="cy", via=Via.PAGE, partner="ohs"),
        )

    times, messages = learn(world.desk)

    assert messages == 6
    assert times.otherwise.median == minutes(3.5)
    assert [rule.role for rule in times.rules] == ["OHS", None]
    assert times.otherwise.never == 0
    assert UNSEEN.never > 0
