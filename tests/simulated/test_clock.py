"""A clock that moves when it is told to."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crisis.simulated.clock import START, FakeClock


def test_clock_stands_still_until_it_is_moved() -> None:
    clock = FakeClock()
    assert (clock.now(), clock.now()) == (START, START)
    assert clock.advance(hours=1, minutes=30) == START + timedelta(minutes=90)
    assert clock.now() == START + timedelta(minutes=90)


def test_clock_is_set_to_any_moment_in_utc() -> None:
    clock = FakeClock(datetime(2026, 12, 18, tzinfo=UTC))
    clock.set(datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == datetime(2026, 1, 1, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_clock_does_not_run_back_and_knows_its_zone() -> None:
    clock = FakeClock()
    with pytest.raises(ValueError, match="the clock cannot run back by 0:01:00"):
        clock.advance(minutes=-1)
    with pytest.raises(ValueError, match="has no zone"):
        clock.set(START.replace(tzinfo=None))
    assert clock.now() == START
