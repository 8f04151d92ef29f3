"""The order of magnitude, the week and the Land: told where more would be too much."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crisis.core import event as ev
from crisis.core.condition import Value
from crisis.core.incident import Incident, fold
from crisis.core.magnitude import band_of, magnitudes
from tests.builders import T0, entries_of


def an_incident(known: Mapping[str, Value], *, t0: datetime = T0) -> Incident:
    facts = (
        ev.AttributeSet(attribute=name, value=value, source="ada", happened_at=T0)
        for name, value in known.items()
    )
    return replace(fold(entries_of(*facts)), t0=t0)


@pytest.mark.parametrize(
    ("known", "band"),
    [
        ({}, ""),
        ({"expected_persons": "unknown"}, ""),
        ({"expected_persons": 1}, "1-4"),
        ({"expected_persons": 4}, "1-4"),
        ({"expected_persons": 5}, "5-19"),
        ({"expected_persons": 19}, "5-19"),
        ({"expected_persons": 99}, "20-99"),
        ({"expected_persons": 100}, "100+"),
        ({"expected_persons": 40, "suspected_cases": 3}, "1-4"),
        ({"expected_persons": 40, "suspected_cases": 0}, ""),
    ],
)
def test_number_is_told_as_a_band(known: dict[str, Value], band: str) -> None:
    assert band_of(an_incident(known)) == band


@pytest.mark.parametrize(
    ("t0", "de", "en"),
    [
        # Monday 00:30 in Berlin is Sunday in UTC.
        (datetime(2027, 3, 14, 23, 30, tzinfo=UTC), "15.03.", "15 Mar"),
        (datetime(2027, 3, 20, 3, tzinfo=UTC), "15.03.", "15 Mar"),
        (datetime(2027, 3, 21, 22, tzinfo=UTC), "15.03.", "15 Mar"),
    ],
)
def test_week_begins_on_a_monday_in_berlin(t0: datetime, de: str, en: str) -> None:
    incident = an_incident({}, t0=t0)

    assert [magnitudes(incident, language)["week"] for language in ("de", "en")] == [de, en]


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    assert magnitudes(an_incident({}), "de") == {
        "band": "noch unbekannt wie viele",
        "land": "Sachsen",
        "week": "14.12.",
    }
