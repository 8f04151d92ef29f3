"""Holidays of the Länder, around a moment."""

from datetime import UTC, date, datetime

from holidays import country_holidays

from crisis.loading.catalogue import LAENDER
from crisis.loading.holiday_calendar import holidays_around


def test_holidays_differ_from_land_to_land() -> None:
    found = holidays_around(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    assert len(found) == 16
    # In Berlin it is 2027 already: the years are those around the local day.
    assert {day.year for day in found["14"]} == {2026, 2027, 2028, 2029}
    repentance_day, reformation_day = date(2027, 11, 17), date(2027, 10, 31)
    assert {land for land, days in found.items() if repentance_day in days} == {"14"}
    assert "09" not in {land for land, days in found.items() if reformation_day in days}


def test_holidays_are_those_of_the_library_when_it_is_asked_for_the_country() -> None:
    found = holidays_around(datetime(2026, 7, 1, tzinfo=UTC))

    years = range(2025, 2029)
    assert found == {
        land: frozenset(country_holidays("DE", subdiv=code, years=years))
        for land, code in LAENDER.items()
    }
