"""Durations and deadlines as authors write them."""

from datetime import timedelta

import pytest
from pydantic_core import PydanticCustomError

from crisis.core.deadline import Within
from crisis.loading.durations import (
    parse_duration,
    parse_moment,
    parse_within,
    written,
    written_within,
)

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("30m", 30 * MINUTE),
        ("1h30m", 90 * MINUTE),
        ("2d", timedelta(days=2)),
        ("1d12h", timedelta(hours=36)),
        ("45s", timedelta(seconds=45)),
        ("PT30M", 30 * MINUTE),
        ("P1DT2H", timedelta(hours=26)),
        ("P2D", timedelta(days=2)),
    ],
)
def test_parse_duration_reads(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    "text",
    ["", "30", 7, None, "m", "P", "PT", "P1M", "P1Y", "1M", "1w", "-5m", "5 m", "30m1h", "1:30"],
)
def test_parse_duration_refuses(text: object) -> None:
    with pytest.raises(PydanticCustomError, match="not a duration"):
        parse_duration(text)


def test_parse_duration_refuses_more_than_ten_years() -> None:
    with pytest.raises(PydanticCustomError, match="longer than ten years"):
        parse_duration("9999d")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("T0", timedelta()),
        ("T0+90m", 90 * MINUTE),
        ("T0-14d", -timedelta(days=14)),
    ],
)
def test_parse_moment_reads(text: str, moment: timedelta) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize("text", ["1 working day", "3 working days"])
def test_working_days_are_read_and_written(text: str) -> None:
    within = parse_within(text)

    assert within == Within.of_working_days(int(text[0]))
    assert written_within(within) == text


@pytest.mark.parametrize("text", ["0 working days", "3 workdays", "100 working days"])
def test_other_working_days_are_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError, match="not a duration"):
        parse_within(text)


def test_parse_within_tells_relative_from_absolute() -> None:
    assert parse_within("15m") == Within(duration=15 * MINUTE)
    assert parse_within("T0+24h") == Within(duration=timedelta(days=1), absolute=True)


@pytest.mark.parametrize("text", ["30m", "1h30m", "2d", "1d12h", "45s", "0m", "-2h"])
def test_written_is_how_an_author_writes(text: str) -> None:
    sign = -1 if text.startswith("-") else 1

    assert written(sign * parse_duration(text.lstrip("-"))) == text
