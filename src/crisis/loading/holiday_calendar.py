"""Public holidays of the sixteen Länder, worked out once so that the core needs no calendar."""

from datetime import datetime
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec

from holidays import HolidayBase

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
    germany = _germany()
    return {land: frozenset(germany(subdiv=code, years=years)) for land, code in LAENDER.items()}


@cache
def _germany() -> type[HolidayBase]:
    """
    Return Germany's calendar without importing those of all other countries.

    `holidays.countries` imports 250 of them when one is asked for; no author waits for that.
    """
    countries = find_spec("holidays.countries")
    folder = None if countries is None else countries.submodule_search_locations
    found = PathFinder.find_spec("holidays.countries.germany", folder)
    if found is None or found.loader is None:  # pragma: no cover -- the version is pinned
        raise ImportError("holidays holds no calendar of Germany")
    module = module_from_spec(found)
    found.loader.exec_module(module)
    germany: type[HolidayBase] = module.Germany
    return germany
