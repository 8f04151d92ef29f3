"""Moments as people type them."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.cli.moment import local, read_day_or_moment, read_moment, read_optional, since
from crisis.errors import UsageError

NOW = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-18T19:40+01:00",
        "2026-12-18T18:40Z",
        "2026-12-18 18:40+00:00",
        "2026-12-18 19:40",
        "2026-12-18T19:40:00",
        "18.12.2026 19:40",
        " 19:40 ",
    ],
)
def test_read_moment_takes_offset_local_and_clock(text: str) -> None:
    assert read_moment(text, now=NOW) == datetime(2026, 12, 18, 18, 40, tzinfo=UTC)


def test_read_moment_takes_the_clock_of_the_local_day() -> None:
    shortly_after_midnight = datetime(2026, 12, 18, 23, 30, tzinfo=UTC)

    moment = read_moment("0:10", now=shortly_after_midnight)

    assert moment == datetime(2026, 12, 18, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "soon",
            (
                "`soon` is no moment. Write 2026-12-18T19:20+01:00, 2026-12-18 19:20"
                " (Europe/Berlin) or 19:40 (today)."
            ),
        ),
        (
            "25:10",
            (
                "`25:10` is no moment. Write 2026-12-18T19:20+01:00, 2026-12-18 19:20"
                " (Europe/Berlin) or 19:40 (today)."
            ),
        ),
        (
            "2026-12-18",
            (
                "`2026-12-18` names a day without a time. Write 2026-12-18T19:20+01:00,"
                " 2026-12-18 19:20 (Europe/Berlin) or 19:40 (today)."
            ),
        ),
        (
            "2026-10-25 02:30",
            (
                "`2026-10-25 02:30` comes twice: the clocks change that night."
                " Write the offset: 2026-10-25T02:30:00+01:00 or 2026-10-25T02:30:00+02:00."
            ),
        ),
        (
            "2026-03-29 02:30",
            (
                "`2026-03-29 02:30` does not exist: the clocks change that night."
                " Write the offset: 2026-03-29T02:30:00+01:00 or 2026-03-29T02:30:00+02:00."
            ),
        ),
    ],
)
def test_read_moment_refuses_with_what_to_write(text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_moment(text, now=NOW)

    assert str(refused.value) == message


def test_read_optional_returns_none_for_nothing() -> None:
    assert read_optional(None, now=NOW) is None
    assert read_optional("19:20", now=NOW) == NOW


def test_local_shows_berlin_and_nothing_for_none() -> None:
    assert local(NOW) == "2026-12-18 19:20"
    assert local(NOW, seconds=True) == "2026-12-18 19:20:00"
    assert local(None) == ""


@pytest.mark.parametrize(
    ("later", "shown"),
    [
        (timedelta(), "T+0:00"),
        (timedelta(minutes=21, seconds=59), "T+0:21"),
        (timedelta(hours=36), "T+1d 12:00"),
        (timedelta(days=42), "T+42d 0:00"),
        (timedelta(minutes=-5), "T-0:05"),
    ],
)
def test_since_counts_from_t0(later: timedelta, shown: str) -> None:
    assert since(NOW + later, NOW) == shown


def test_day_without_a_time_is_its_midnight() -> None:
    midnight = datetime(2026, 12, 17, 23, tzinfo=UTC)

    assert read_day_or_moment("2026-12-18", now=NOW) == midnight
    assert read_day_or_moment("2026-12-18 01:00", now=NOW) == midnight + timedelta(hours=1)
    with pytest.raises(UsageError, match=r"`0001-01-01 00:00` lies far from our time"):
        read_day_or_moment("0001-01-01", now=NOW)
    with pytest.raises(UsageError, match=r"`2026-13-01` is no moment"):
        read_day_or_moment("2026-13-01", now=NOW)
