"""Limits: how they are written, from when on there is room, what is kept free for whom."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.core.limit import Limit, Urgency, limits_of, next_room, spare
from tests.builders import T0, minutes

SIX = Limit(count=6, period=minutes(1), words="6/minute")
NOTHING = (
    "would let nothing through; to do without a limit write `off`, to switch a provider off,"
    " leave it out"
)


def test_limits_of_reads_several() -> None:
    assert limits_of("6/minute, 5 / 15 Minutes,1/day") == (
        SIX,
        Limit(count=5, period=minutes(15), words="5 / 15 minutes"),
        Limit(count=1, period=timedelta(days=1), words="1/day"),
    )


@pytest.mark.parametrize("text", ["", "  ", "off", "OFF"])
def test_limits_of_nothing_are_none(text: str) -> None:
    assert limits_of(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("many", "`many` is not a limit; write it like `6/minute` or `5/15 minutes`"),
        ("6/week", "`6/week` is not a limit; write it like `6/minute` or `5/15 minutes`"),
        (
            "0/minute",
            f"`0/minute` {NOTHING}",
        ),
        (
            "6/hour, -1/minute",
            f"`-1/minute` {NOTHING}",
        ),
        ("6/0 minutes", "`6/0 minutes`: a limit spans more than nothing and at most a day"),
        ("6/2 days", "`6/2 days`: a limit spans more than nothing and at most a day"),
    ],
)
def test_limits_of_refuses_what_limits_nothing_or_all(text: str, words: str) -> None:
    with pytest.raises(ValueError, match="`") as refused:
        limits_of(text)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("count", "kept"),
    [(1, (0, 0, 0)), (2, (0, 0, 1)), (3, (0, 1, 1)), (6, (0, 1, 2)), (60, (0, 1, 16))],
)
def test_spare_keeps_more_free_of_what_is_less_urgent(
    count: int, kept: tuple[int, int, int]
) -> None:
    limit = Limit(count=count, period=minutes(1), words="")

    urgencies = (Urgency.STOP, Urgency.NEW, Urgency.AGAIN)

    assert tuple(spare(limit, urgency) for urgency in urgencies) == kept
    assert spare(limit, Urgency.MANDATORY) == spare(limit, Urgency.NEW)


def test_next_room_is_now_where_there_is_room() -> None:
    assert next_room([T0] * 5, [SIX], urgency=Urgency.STOP, now=T0) == (T0, None)


def test_next_room_is_when_the_oldest_leaves_the_window() -> None:
    moments = [T0 + timedelta(seconds=n) for n in range(6)]

    assert next_room(moments, [SIX], urgency=Urgency.STOP, now=T0 + timedelta(seconds=9)) == (
        T0 + minutes(1),
        SIX,
    )


def test_next_room_waits_for_the_longest_limit() -> None:
    hourly = Limit(count=6, period=minutes(60), words="6/hour")

    found = next_room([T0] * 6, [hourly, SIX], urgency=Urgency.STOP, now=T0)

    assert found == (T0 + minutes(60), hourly)


@given(
    st.lists(st.tuples(st.integers(0, 90), st.sampled_from(Urgency)), max_size=60),
    st.integers(1, 8),
    st.integers(1, 8),
)
def test_law_of_limits_all_leave_and_no_window_holds_too_many(
    arrivals: list[tuple[int, Urgency]], short: int, long: int
) -> None:
    limits = (
        Limit(count=short, period=minutes(1), words=""),
        Limit(count=long, period=minutes(5), words=""),
    )
    now, moments = T0, list[datetime]()
    for pause, urgency in arrivals:
        now += timedelta(seconds=pause)
        moments.append(next_room(moments, limits, urgency=urgency, now=now)[0])
        moments.sort()

    assert len(moments) == len(arrivals)
    for limit in limits:
        for first, too_many in zip(moments, moments[limit.count :], strict=False):
            assert too_many - first >= limit.period
