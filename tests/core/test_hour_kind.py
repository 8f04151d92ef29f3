"""Kinds of hours."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crisis.core.hour_kind import HourKind, hour_kind, time_by_kind

HOLIDAYS = {"14": frozenset({date(2026, 12, 25), date(2026, 12, 26)})}


@pytest.mark.parametrize(
    ("day", "hour", "kind"),
    [
        (24, 7, HourKind.OFFICE),
        (24, 15, HourKind.NIGHT),
        (25, 7, HourKind.HOLIDAY),
        # Boxing Day is a Saturday in 2026: the holiday counts.
        (26, 7, HourKind.HOLIDAY),
        (27, 7, HourKind.WEEKEND),
    ],
)
def test_hour_has_one_kind(day: int, hour: int, kind: HourKind) -> None:
    at = datetime(2026, 12, day, hour, tzinfo=UTC)

    assert hour_kind(at, land="14", holidays=HOLIDAYS) is kind


def test_time_is_counted_by_kind() -> None:
    noon = datetime(2026, 12, 24, 11, tzinfo=UTC)

    held = time_by_kind(((noon, noon + timedelta(days=4)),), land="14", holidays=HOLIDAYS)

    assert held == {
        HourKind.OFFICE: timedelta(hours=4 + 4.5),
        HourKind.NIGHT: timedelta(hours=8 + 7.5),
        HourKind.WEEKEND: timedelta(days=1),
        HourKind.HOLIDAY: timedelta(days=2),
    }
    assert time_by_kind((), land="14", holidays=HOLIDAYS) == {}
