"""Public holidays of the sixteen Länder, worked out once so that the core needs no calendar."""

from datetime import datetime

import holidays

from crisis.core.availability import ZONE, Holidays
from crisis.loading.catalogue import LAENDER

YEARS_AHEAD = 2


def holidays_around(around: datetime) -> Holidays:
    """
    Return every Land's public holidays for the years in reach of a moment.

    The keys are AGS prefixes of two digits. The year before `around` is in as
    well, because a run that began at New Year still looks back.
    """
    year = around.astimezone(ZONE).year
    years = range(year - 1, year + YEARS_AHEAD + 1)
    return {
        land: frozenset(holidays.country_holidays("DE", subdiv=code, years=years))
        for land, code in LAENDER.items()
    }
