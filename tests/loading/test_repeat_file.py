"""What authors write of rounds, and the dates of calendar rules."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from pydantic_core import PydanticCustomError

from crisis.core.repeat import Repeat
from crisis.loading.repeat_file import dates_of, parse_repeat

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("phrase", "repeat"),
    [
        ("every 24h until A60", Repeat(every=DAY, until="A60")),
        ("every 12h until T0+7d", Repeat(every=DAY / 2, latest=7 * DAY)),
        ("daily at 08:00 until C-A60", Repeat(at=(time(8),), until="C-A60")),
        (
            " daily at 18:00, 08:00, 18:00 until T0+7d ",
            Repeat(at=(time(8), time(18)), latest=7 * DAY),
        ),
        ("whenever ceremonies changes", Repeat(changes="ceremonies")),
        (
            "whenever ceremonies changes until T0+540d",
            Repeat(changes="ceremonies", latest=540 * DAY),
        ),
    ],
)
def test_phrase_is_read(phrase: str, repeat: Repeat) -> None:
    assert parse_repeat(phrase) == repeat


@pytest.mark.parametrize(
    "phrase", [None, 3, "", "daily", "every 24h", "every 24h until", "every 29m until A60"]
)
def test_phrase_is_refused(phrase: object) -> None:
    with pytest.raises(PydanticCustomError):
        parse_repeat(phrase)


def test_dates_keep_their_local_hour_through_summer_and_winter() -> None:
    dates = dates_of(
        "FREQ=MONTHLY;INTERVAL=3", first=date(2026, 10, 1), at=time(9), until=date(2027, 5, 1)
    )

    assert dates == (
        datetime(2026, 10, 1, 7, tzinfo=UTC),
        datetime(2027, 1, 1, 8, tzinfo=UTC),
        datetime(2027, 4, 1, 7, tzinfo=UTC),
    )


def test_first_date_that_does_not_follow_the_rule_is_none() -> None:
    dates = dates_of(
        "FREQ=MONTHLY;BYDAY=1MO", first=date(2026, 10, 1), at=time(9), until=date(2026, 12, 1)
    )

    assert [moment.date() for moment in dates] == [date(2026, 10, 5), date(2026, 11, 2)]
