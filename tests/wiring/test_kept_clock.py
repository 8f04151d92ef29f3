"""The clock of the house, with a machine's clock that somebody sets."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crisis.core.incident import Incident
from crisis.core.kept_time import Sign
from crisis.errors import UnreachableError
from crisis.simulated.clock import FakeClock
from crisis.store.log import DatabaseEventLog
from crisis.usecases.reading import desk_for
from crisis.usecases.tick import tick
from crisis.wiring.clock import RealStopwatch, SystemClock
from crisis.wiring.kept_clock import KeptClock, house_clock
from tests.builders import T0, World, a_world, opened
from tests.usecases.waves import AtOnce

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def a_clock(machine: FakeClock, *signs: Sign) -> KeptClock:
    return KeptClock(wall=machine, stopwatch=machine, signs=lambda: signs)


@pytest.mark.parametrize("step", [HOUR, -HOUR])
def test_step_of_the_machines_clock_moves_no_time_and_is_shown(
    step: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    machine = FakeClock(T0)
    clock = a_clock(machine)
    machine.advance(seconds=10)

    machine.set(machine.now() + step)
    at_once = clock.now()
    with caplog.at_level(logging.WARNING):
        clock.look()
        clock.look()
    machine.advance(seconds=5)

    assert at_once == T0 + 10 * SECOND
    assert clock.now() == T0 + 15 * SECOND
    assert (clock.host_off, clock.ahead) == (step, -step)
    assert [record.name for record in caplog.records] == ["crisis.clock"]


def test_clock_that_goes_wrong_again_is_told_again(caplog: pytest.LogCaptureFixture) -> None:
    machine = FakeClock(T0)
    clock = a_clock(machine)

    for moment in (T0 + HOUR, T0, T0 + HOUR):
        machine.set(moment)
        clock.look()

    assert (clock.now(), len(caplog.records)) == (T0, 2)


def test_process_that_starts_after_a_step_keeps_the_engines_time() -> None:
    machine = FakeClock(T0 + HOUR)

    clock = a_clock(machine, Sign(at=T0 - 2 * SECOND, ahead=-HOUR))

    assert (clock.now(), clock.host_off) == (T0, HOUR)


def test_reference_outranks_the_machines_clock_whose_deviation_is_shown() -> None:
    machine, server = FakeClock(T0 + timedelta(minutes=3)), FakeClock(T0)

    clock = KeptClock(wall=machine, stopwatch=machine, reference=server.now)

    assert clock.has_reference
    assert (clock.now(), clock.host_off) == (T0, timedelta(minutes=3))
    assert clock.reference_off == timedelta()


def test_reference_that_answers_late_is_not_believed() -> None:
    machine = FakeClock(T0)

    def slow() -> datetime:
        machine.advance(seconds=2)
        return machine.now()

    with pytest.raises(UnreachableError, match="more than a second"):
        KeptClock(wall=machine, stopwatch=machine, reference=slow)


@pytest.mark.parametrize("step", [HOUR, -HOUR])
def test_step_fires_nothing_early_and_holds_nothing_up(step: timedelta) -> None:
    machine = FakeClock(T0)
    made = a_world()
    clock = a_clock(machine)
    desk = desk_for(replace(made.desk.house, clock=clock, stopwatch=machine))
    incident = opened(World(desk=desk, clock=machine, sender=made.sender))
    first = tick(desk, incident, pool=AtOnce())
    assert first is not None
    levels: list[int] = []

    machine.set(machine.now() + step)
    clock.look()
    for wait in (first - T0 - SECOND, SECOND):
        machine.advance(seconds=wait.total_seconds())
        tick(desk, incident, pool=AtOnce())
        levels.append(_level(desk.incidents.current(incident)))

    # A second before its time the ladder stands where it stood; on time it rises.
    assert levels == [0, 1]


def _level(incident: Incident) -> int:
    return max(obligation.level for obligation in incident.obligations.values())


def test_house_on_sqlite_keeps_to_its_machine(tmp_path: Path) -> None:
    with DatabaseEventLog(f"sqlite:///{tmp_path / 'crisis.sqlite3'}") as log:
        clock = house_clock(log, wall=SystemClock(), stopwatch=RealStopwatch())

        assert not clock.has_reference
        assert abs(clock.host_off) < SECOND


def test_house_on_postgresql_keeps_to_the_servers_clock(postgres_url: str) -> None:
    wrong = FakeClock(SystemClock().now() - 30 * HOUR)
    with DatabaseEventLog(postgres_url) as log:
        clock = house_clock(log, wall=wrong, stopwatch=RealStopwatch())
        clock.look()

        assert clock.has_reference
        assert abs(clock.now() - SystemClock().now()) < HOUR
        assert clock.host_off < -29 * HOUR


def test_house_joins_the_engines_that_beat_and_nobody_else(tmp_path: Path) -> None:
    now = SystemClock().now()
    with DatabaseEventLog(f"sqlite:///{tmp_path / 'crisis.sqlite3'}") as log:
        log.beat("engine/host-a", now - HOUR, {"ahead_s": -3600.0})
        log.beat("engine/left", now, {"ahead_s": 0.0, "left": True})
        log.beat("watcher/host-a", now, {"ahead_s": 0.0})

        clock = house_clock(log, wall=SystemClock(), stopwatch=RealStopwatch())

        assert abs(clock.host_off - HOUR) < SECOND
