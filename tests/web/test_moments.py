"""Times as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.web.moments import duration, left, short_moment
from crisis.web.texts import texts

SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "german", "english"),
    [
        (timedelta(seconds=59), "weniger als 1 Min.", "less than 1 min"),
        (timedelta(minutes=1), "1 Min.", "1 min"),
        (timedelta(minutes=90), "1 Std. 30 Min.", "1 h 30 min"),
        (timedelta(hours=2), "2 Std.", "2 h"),
        (timedelta(days=2, minutes=5), "2 Tg.", "2 d"),
        (timedelta(days=42, hours=3), "42 Tg. 3 Std.", "42 d 3 h"),
    ],
)
def test_duration_has_two_units(span: timedelta, german: str, english: str) -> None:
    assert (duration(span, texts("de")), duration(span, texts("en"))) == (german, english)


def test_deadline_is_late_from_its_own_moment_on() -> None:
    say = texts("de")
    before = left(SUMMER, now=SUMMER - timedelta(minutes=2), say=say)
    after = left(SUMMER, now=SUMMER, say=say)

    assert (before, after) == ("noch 2 Min.", "seit weniger als 1 Min. überschritten")


def test_short_moment_names_the_day_only_if_it_is_another_in_berlin() -> None:
    say = texts("de")
    # 23:59 in Berlin is the day before 00:30.
    evening = datetime(2026, 7, 1, 21, 59, tzinfo=UTC)

    assert short_moment(SUMMER, now=SUMMER, say=say) == "00:30 Uhr"
    assert short_moment(evening, now=SUMMER, say=say) == "Mi., 01.07.2026, 23:59 Uhr"
