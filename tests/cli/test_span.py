"""Durations as people type them."""

from datetime import timedelta

import pytest

from crisis.cli.span import read_span
from crisis.errors import UsageError


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30m", timedelta(minutes=30)),
        ("1h30m", timedelta(minutes=90)),
        ("2d", timedelta(days=2)),
        (" 1d2h3m ", timedelta(days=1, hours=2, minutes=3)),
    ],
)
def test_read_span_takes_days_hours_and_minutes(text: str, span: timedelta) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("90", "`90` is no duration. Write 30m, 1h30m or 2d."),
        ("", "`` is no duration. Write 30m, 1h30m or 2d."),
        ("30m1h", "`30m1h` is no duration. Write 30m, 1h30m or 2d."),
        ("0m", "`0m` is no time at all. Write 30m, 1h30m or 2d."),
    ],
)
def test_read_span_refuses_what_names_none(text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_span(text)

    assert str(refused.value) == message
