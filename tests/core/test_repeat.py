"""The moments at which a step's rounds begin."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice

import pytest

from crisis.core.repeat import Repeat, Round, moments, newest, round_id, upcoming
from tests.builders import T0, minutes

DAY = timedelta(days=1)
DAILY = Repeat(every=DAY, until="A60")
TWICE = Repeat(at=(time(8), time(18)), latest=7 * DAY)
DATES = Repeat(dates=(T0, T0 + DAY, T0 + 5 * DAY))


def first(repeat: Repeat, *, after: datetime, count: int = 3) -> list[datetime]:
    return list(islice(moments(repeat, anchor=T0, after=after), count))


def test_rounds_are_numbered_from_one_and_the_first_keeps_the_step_s_id() -> None:
    assert [round_id("A41", number) for number in (1, 2, 12)] == ["A41", "A41.2", "A41.12"]


@pytest.mark.parametrize("late", [timedelta(), minutes(1), minutes(1439)])
def test_interval_counts_from_when_the_first_round_was_planned(late: timedelta) -> None:
    assert first(DAILY, after=T0 + late) == [T0 + DAY, T0 + 2 * DAY, T0 + 3 * DAY]


def test_interval_never_begins_before_the_first_round() -> None:
    assert first(DAILY, after=T0 - 3 * DAY, count=1) == [T0 + DAY]


def test_local_times_stay_what_people_read_when_the_clocks_change() -> None:
    before = datetime(2026, 10, 24, 15, 30, tzinfo=UTC)

    assert first(TWICE, after=before) == [
        datetime(2026, 10, 24, 16, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 7, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 17, 0, tzinfo=UTC),
    ]


def test_hour_that_is_left_out_puts_no_round_before_an_earlier_one_and_makes_none_twice() -> None:
    by_night = Repeat(at=(time(2, 30), time(3), time(3, 30)))
    after = datetime(2027, 3, 28, 0, tzinfo=UTC)

    found = moments(by_night, anchor=after, after=after)

    assert [f"{moment:%d %H:%M}" for moment in islice(found, 3)] == [
        "28 01:00",
        "28 01:30",
        "29 00:30",
    ]


def test_calendar_dates_end_and_a_changed_fact_has_no_moment() -> None:
    assert first(DATES, after=T0) == [T0 + DAY, T0 + 5 * DAY]
    assert first(Repeat(changes="deaths"), after=T0) == []


@pytest.mark.parametrize(
    ("now", "end", "due"),
    [
        (T0 + minutes(1439), None, None),
        (T0 + DAY, None, Round(planned_at=T0 + DAY, missed=0)),
        (T0 + 4 * DAY + minutes(5), None, Round(planned_at=T0 + 4 * DAY, missed=3)),
        (T0 + 9 * DAY, T0 + 3 * DAY, Round(planned_at=T0 + 2 * DAY, missed=1)),
        (T0 + 9 * DAY, T0 + DAY, None),
    ],
)
def test_after_a_standstill_one_round_stands_for_all(
    now: datetime, end: datetime | None, due: Round | None
) -> None:
    assert newest(DAILY, anchor=T0, after=T0, now=now, end=end) == due


@pytest.mark.parametrize(
    ("repeat", "end", "moment"),
    [
        (DAILY, None, T0 + DAY),
        (DAILY, T0 + DAY + minutes(1), T0 + DAY),
        (DAILY, T0 + DAY, None),
        (Repeat(changes="deaths"), None, None),
    ],
)
def test_next_round_lies_before_the_end(
    repeat: Repeat, end: datetime | None, moment: datetime | None
) -> None:
    assert upcoming(repeat, anchor=T0, after=T0, end=end) == moment
