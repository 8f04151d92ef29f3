"""
How many, which week, which Land: what is told where more would be too much.

A counselling centre that is asked in confidence hears the order of magnitude and the
week, by word of mouth, and nothing that is more precise (`playbooks.md` §7.2, B11).
"""

from datetime import timedelta

from crisis.core.availability import ZONE
from crisis.core.form import BANDS, band_range
from crisis.core.incident import Incident
from crisis.core.region import land_of, name_of
from crisis.core.words import Words

# How many are affected, as soon as somebody counts; before that how many are expected.
COUNTS = ("suspected_cases", "expected_persons")
HOW_MANY = Words(de="noch unbekannt wie viele", en="not known yet how many")


def magnitudes(incident: Incident, language: str) -> dict[str, str]:
    """Return the placeholders band, land and week with what they stand for."""
    return {
        "band": band_of(incident) or HOW_MANY.in_language(language),
        "land": name_of(land_of(incident.opened.region)),
        "week": _week(incident, language),
    }


def band_of(incident: Incident) -> str:
    """Return the band in which the number of people lies, empty while nobody knows."""
    known = (incident.attributes.get(name) for name in COUNTS)
    number = next((one for one in known if isinstance(one, int)), None)
    if not number:
        return ""
    return next(band for band in reversed(BANDS) if number >= band_range(band)[0])


def _week(incident: Incident, language: str) -> str:
    local = incident.t0.astimezone(ZONE)
    monday = local - timedelta(days=local.weekday())
    return f"{monday:%d.%m.}" if language == "de" else f"{monday.day} {monday:%b}"
