"""Deadlines: what they leave, by day and by night, and which of two is longer."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from crisis.core.deadline import (
    DayHours,
    Within,
    deadline_from,
    deadline_words,
    duration_words,
    is_longer,
    time_allowed,
)
from crisis.core.words import Words
from crisis.loading.holiday_calendar import holidays_around
from tests.builders import T0, minutes

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
    ("days", "start", "end"),
    [
        # Friday evening, 19:20 in Dresden: Monday at the same time.
        (1, T0, datetime(2026, 12, 21, 18, 20, tzinfo=UTC)),
        (3, T0, datetime(2026, 12, 23, 18, 20, tzinfo=UTC)),
        # Over both days of Christmas, of which one is a Saturday.
        (5, T0, datetime(2026, 12, 28, 18, 20, tzinfo=UTC)),
        # The clocks have been put forward in between; the time of day stays.
        (1, datetime(2026, 3, 27, 8, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(
    days: int, start: datetime, end: datetime
) -> None:
    free = {"14": frozenset({date(2026, 12, 25), date(2026, 12, 26)})}

    within = Within.of_working_days(days)

    assert deadline_from(within, start=start, land="14", holidays=free) == end


def test_deadline_in_hours_goes_through_weekends() -> None:
    within = Within(duration=timedelta(days=1))

    assert deadline_from(within, start=T0, land="14", holidays={}) == T0 + timedelta(days=1)


@pytest.mark.parametrize("days", [1, 3, 4, 8, 18])
def test_working_days_never_take_longer_than_their_longest(days: int) -> None:
    within = Within.of_working_days(days)
    # In winter 2025 Christmas, New Year and Epiphany all fall on weekdays.
    calendar = holidays_around(datetime(2026, 6, 1, tzinfo=UTC))
    moments = [datetime(2025, 9, 1, 11, tzinfo=UTC) + timedelta(days=n) for n in range(730)]

    took = [
        deadline_from(within, start=moment, land=land, holidays=calendar) - moment
        for land in calendar
        for moment in moments
    ]

    an_hour = timedelta(hours=1)  # when the clocks are put back
    assert within.shortest <= min(took) + an_hour
    assert max(took) <= within.longest + an_hour


@pytest.mark.parametrize(
    ("new", "old", "longer"),
    [
        (Within.of_working_days(2), Within.of_working_days(3), False),
        (Within.of_working_days(3), Within.of_working_days(3), False),
        (Within.of_working_days(4), Within.of_working_days(3), True),
        # Three working days may be three days or seven.
        (Within.of_working_days(3), Within(duration=timedelta(days=3)), True),
        (Within.of_working_days(3), Within(duration=timedelta(days=7)), False),
        (Within(duration=timedelta(days=3)), Within.of_working_days(3), False),
        (Within(duration=timedelta(days=4)), Within.of_working_days(3), True),
        (C10, Within.of_working_days(1), False),
        (Within.of_working_days(1), C10, True),
    ],
)
def test_working_days_are_compared_by_every_calendar(
    new: Within, old: Within, *, longer: bool
) -> None:
    assert is_longer(new, old, offset=None) is longer


def test_working_days_against_a_moment_of_the_run() -> None:
    days = Within.of_working_days(3)
    fixed = Within(duration=timedelta(days=9), absolute=True)

    assert not is_longer(days, fixed, offset=timedelta(days=2))
    assert is_longer(days, fixed, offset=timedelta(days=3))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, Words(de="1 Arbeitstag", en="1 working day")),
        (3, Words(de="3 Arbeitstage", en="3 working days")),
    ],
)
def test_working_days_in_words(days: int, words: Words) -> None:
    assert deadline_words(Within.of_working_days(days)) == words


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
