"""Deadlines: what they leave, by day and by night, and which of two is longer."""

from datetime import UTC, datetime, time, timedelta

import pytest

from crisis.core.deadline import (
    DayHours,
    Within,
    deadline_words,
    duration_words,
    is_longer,
    time_allowed,
)
from crisis.core.words import Words
from tests.builders import minutes

BY_DAY = DayHours(opens=time(6), closes=time(22))
# `playbooks.md` §7.3, C10: twenty minutes from six to ten, half an hour at night.
C10 = Within(duration=minutes(20), hours=BY_DAY, otherwise=minutes(30))


@pytest.mark.parametrize(
    ("start", "allowed"),
    [
        (datetime(2026, 12, 18, 5, 0, tzinfo=UTC), 20),  # six o'clock in Berlin
        (datetime(2026, 12, 18, 4, 59, tzinfo=UTC), 30),
        (datetime(2026, 12, 18, 20, 59, tzinfo=UTC), 20),
        (datetime(2026, 12, 18, 21, 0, tzinfo=UTC), 30),
        (datetime(2026, 7, 18, 20, 0, tzinfo=UTC), 30),  # ten o'clock in summer
    ],
)
def test_deadline_by_the_hour_goes_by_local_time(start: datetime, allowed: int) -> None:
    assert time_allowed(C10, start=start) == minutes(allowed)


@pytest.mark.parametrize(
    ("clock", "held"),
    [(time(22), True), (time(5, 59), True), (time(6), False), (time(21, 59), False)],
)
def test_hours_may_pass_midnight(clock: time, held: bool) -> None:  # noqa: FBT001 -- the expected value of a table
    assert DayHours(opens=time(22), closes=time(6)).holds_at(clock) is held


def test_deadline_without_hours_is_the_same_all_day() -> None:
    assert Within(duration=minutes(15)).at(time(3)) == minutes(15)


@pytest.mark.parametrize(
    ("new", "old", "offset", "longer"),
    [
        (Within(duration=minutes(10)), Within(duration=minutes(15)), None, False),
        (Within(duration=minutes(15)), Within(duration=minutes(15)), None, False),
        (Within(duration=minutes(16)), Within(duration=minutes(15)), None, True),
        (C10, Within(duration=minutes(30)), None, False),
        (C10, Within(duration=minutes(20)), None, True),
        (Within(duration=minutes(25)), C10, None, True),
        (Within(duration=minutes(20)), C10, None, False),
        (Within(duration=minutes(60)), Within(duration=minutes(120), absolute=True), None, True),
        (
            Within(duration=minutes(60)),
            Within(duration=minutes(120), absolute=True),
            minutes(60),
            False,
        ),
        (
            Within(duration=minutes(61)),
            Within(duration=minutes(120), absolute=True),
            minutes(60),
            True,
        ),
        (Within(duration=minutes(90), absolute=True), C10, minutes(60), True),
        (Within(duration=minutes(80), absolute=True), C10, minutes(60), False),
        (Within(duration=minutes(80), absolute=True, occasion="V"), C10, minutes(60), True),
        (
            Within(duration=minutes(80), absolute=True, occasion="V"),
            Within(duration=minutes(90), absolute=True, occasion="V"),
            None,
            False,
        ),
    ],
)
def test_is_longer(new: Within, old: Within, offset: timedelta | None, longer: bool) -> None:  # noqa: FBT001 -- the expected value of a table
    assert is_longer(new, old, offset=offset) is longer


@pytest.mark.parametrize(
    ("within", "words"),
    [
        (Within(duration=minutes(25)), Words(de="25 min", en="25 min")),
        (Within(duration=minutes(240), absolute=True), Words(de="T0+4 h", en="T0+4 h")),
        (
            Within(duration=minutes(60), absolute=True, occasion="V"),
            Words(de="V+1 h", en="V+1 h"),
        ),
        (
            Within(duration=-timedelta(days=14), absolute=True),
            Words(de="T0-14 Tage", en="T0-14 days"),
        ),
        (
            C10,
            Words(de="20 min (06:00-22:00), sonst 30 min", en="20 min (06:00-22:00), else 30 min"),
        ),
    ],
)
def test_deadlines_in_words(within: Within, words: Words) -> None:
    assert deadline_words(within) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(), Words(de="0 min", en="0 min")),
        (timedelta(days=1), Words(de="1 Tag", en="1 day")),
        (
            timedelta(days=2, hours=1, minutes=5),
            Words(de="2 Tage 1 h 5 min", en="2 days 1 h 5 min"),
        ),
        (timedelta(seconds=90), Words(de="1 min 30 s", en="1 min 30 s")),
    ],
)
def test_durations_in_words(duration: timedelta, words: Words) -> None:
    assert duration_words(duration) == words
