"""Hours are local: weekdays, holidays, rotas, and the two nights a year that differ."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.core.availability import (
    ZONE,
    Availability,
    Hours,
    Office,
    Rota,
    RoundTheClock,
    Shift,
    add_working_days,
    answers_at,
    holder_at,
    is_office_time,
    is_working_day,
    next_office_opening,
    next_shift,
)

CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 26)})
HOLIDAYS = {"14": CHRISTMAS}
FRIDAY_NOON = datetime(2026, 12, 18, 11, tzinfo=UTC)
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 -- hypothesis wants it so, and adds the zone
    max_value=datetime(2027, 12, 31),  # noqa: DTZ001 -- as above
    timezones=st.just(UTC),
)


def local(day: int, hour: int, minute: int = 0, *, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("availability", "moment", "there"),
    [
        (RoundTheClock(), local(25, 3), True),
        (Hours(opens=time(7), closes=time(18)), local(18, 7), True),
        (Hours(opens=time(7), closes=time(18)), local(18, 6, 59), False),
        (Hours(opens=time(7), closes=time(18)), local(18, 18), False),
        (Hours(opens=time(7), closes=time(18)), local(25, 12), True),
        (Hours(weekdays=(5, 6), opens=time(7), closes=time(18)), local(18, 12), False),
        (Hours(weekdays=(5, 6), opens=time(7), closes=time(18)), local(19, 12), True),
        (Office(land="14"), local(18, 7, 30), True),
        (Office(land="14"), local(18, 16), False),
        (Office(land="14"), local(19, 12), False),
        (Office(land="14"), local(25, 12), False),
        (Office(land="09"), local(25, 12), True),
        (Office(land="14", opens=time(9), closes=time(12)), local(18, 8), False),
    ],
)
def test_contact_answers_in_its_hours(
    availability: Availability, moment: datetime, *, there: bool
) -> None:
    assert answers_at(availability, at=moment, holidays=HOLIDAYS) is there


def test_hours_follow_the_local_clock_through_the_night_it_is_put_forward() -> None:
    night = Hours(opens=time(3), closes=time(4))
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)  # 01:59 local

    found = [
        answers_at(night, at=before + timedelta(minutes=passed), holidays={})
        for passed in (0, 1, 60, 61)
    ]

    # At 02:00 local it becomes 03:00: an hour later by the local clock is one minute of time.
    assert found == [False, True, True, False]


def test_hours_come_twice_in_the_night_the_clock_is_put_back() -> None:
    night = Hours(opens=time(2), closes=time(3))
    two = datetime(2026, 10, 25, 0, tzinfo=UTC)  # 02:00 local, for the first time

    found = [
        answers_at(night, at=two + timedelta(minutes=passed), holidays={})
        for passed in (-1, 0, 60, 119, 120)
    ]

    assert found == [False, True, True, True, False]


def test_rota_shift_over_a_night_of_25_hours_has_no_gap() -> None:
    handover = datetime(2026, 10, 25, 6, tzinfo=ZONE).astimezone(UTC)
    start = datetime(2026, 10, 24, 18, tzinfo=ZONE).astimezone(UTC)
    rota = Rota(
        shifts=(
            Shift(start=start, end=handover, holder="night"),
            Shift(start=handover, end=handover + timedelta(hours=12), holder="day"),
        )
    )

    assert handover - start == timedelta(hours=13)
    assert {holder_at(rota, at=start + timedelta(minutes=m)) for m in range(780)} == {"night"}
    assert holder_at(rota, at=handover) == "day"


def test_rota_answers_only_where_somebody_holds_it() -> None:
    shift = Shift(start=FRIDAY_NOON, end=FRIDAY_NOON + timedelta(hours=1), holder="ada")
    rota = Rota(shifts=(shift,))

    assert answers_at(rota, at=FRIDAY_NOON, holidays={})
    assert not answers_at(rota, at=shift.end, holidays={})
    assert holder_at(rota, at=FRIDAY_NOON - timedelta(seconds=1)) is None


def test_next_shift_is_the_first_that_has_not_begun() -> None:
    hour = timedelta(hours=1)
    rota = Rota(
        shifts=tuple(
            Shift(start=FRIDAY_NOON + k * hour, end=FRIDAY_NOON + k * hour + hour, holder="ada")
            for k in (3, 0, 1)
        )
    )

    assert next_shift(rota, after=FRIDAY_NOON) == FRIDAY_NOON + hour
    assert next_shift(rota, after=FRIDAY_NOON + 3 * hour) is None


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (local(18, 12), local(18, 12)),
        (local(18, 5), local(18, 7, 30)),
        (local(18, 16), local(21, 7, 30)),
        (local(19, 12), local(21, 7, 30)),
        (local(24, 20), local(28, 7, 30)),
    ],
)
def test_office_opens_on_the_next_working_day(moment: datetime, opening: datetime) -> None:
    assert next_office_opening(moment, land="14", holidays=HOLIDAYS) == opening


@given(MOMENTS)
def test_next_office_opening_is_office_time_and_never_before(moment: datetime) -> None:
    opening = next_office_opening(moment, land="14", holidays=HOLIDAYS)

    assert opening >= moment
    assert is_office_time(opening, land="14", holidays=HOLIDAYS)


@given(MOMENTS, st.integers(1, 30))
def test_working_days_are_counted_one_by_one_and_end_on_one(moment: datetime, days: int) -> None:
    end = add_working_days(moment, days, land="14", holidays=HOLIDAYS)

    first, last = moment.astimezone(ZONE), end.astimezone(ZONE)
    between = [first.date() + timedelta(days=k + 1) for k in range((last - first).days + 2)]
    passed = [
        day
        for day in between
        if day <= last.date() and is_working_day(day, land="14", holidays=HOLIDAYS)
    ]
    assert len(passed) == days
    assert passed[-1] == last.date()
    assert last.time() == first.time()


@given(MOMENTS, st.integers(1, 9), st.integers(1, 9))
def test_working_days_add_up(moment: datetime, some: int, more: int) -> None:
    def later(at: datetime, days: int) -> datetime:
        return add_working_days(at, days, land="14", holidays=HOLIDAYS)

    assert later(later(moment, some), more) == later(moment, some + more)


def test_working_day_keeps_the_local_hour_when_the_clocks_change() -> None:
    friday = datetime(2026, 3, 27, 9, tzinfo=ZONE).astimezone(UTC)

    monday = add_working_days(friday, 1, land="14", holidays={})

    assert monday.astimezone(ZONE) == datetime(2026, 3, 30, 9, tzinfo=ZONE)
    assert monday - friday == timedelta(days=3, hours=-1)
