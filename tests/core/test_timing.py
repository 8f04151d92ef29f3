"""Moments carry a zone; durations are compared as such."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crisis.core.timing import earliest, is_of_our_time, minutes, require_utc

NOON = datetime(2026, 12, 18, 12, tzinfo=UTC)


def test_require_utc_turns_any_zone_into_utc() -> None:
    berlin = datetime(2026, 12, 18, 13, tzinfo=timezone(timedelta(hours=1)))

    moment = require_utc(berlin)

    assert (moment, moment.tzinfo) == (NOON, UTC)


def test_require_utc_refuses_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match=r"^2026-12-18T13:00:00 has no zone; write an offset"):
        require_utc(datetime(2026, 12, 18, 13))  # noqa: DTZ001 -- that is the mistake


def test_earliest_leaves_out_what_is_not_known() -> None:
    assert earliest(None, NOON + timedelta(hours=1), NOON, None) == NOON


def test_earliest_of_nothing_known_is_not_known() -> None:
    assert earliest(None, None) is None


def test_minutes_are_fractions_where_needed() -> None:
    assert minutes(timedelta(seconds=90)) == 1.5


@pytest.mark.parametrize(("year", "ours"), [(1, False), (1900, True), (2999, True), (9999, False)])
def test_moment_far_from_our_time_was_mistyped(year: int, ours: object) -> None:
    assert is_of_our_time(datetime(year, 1, 1, tzinfo=UTC)) is ours
