"""Districts in which nobody holds a role, and which districts there are."""

from dataclasses import replace

from crisis.core.district import DISTRICTS, districts_in
from crisis.core.region import NAMES
from crisis.core.uncovered import uncovered
from tests.builders import a_directory, a_partner


def test_district_is_covered_by_its_own_holder_or_by_that_of_its_land() -> None:
    directory = a_directory(
        a_partner("office", role="STA", regions=("14612",)), a_partner("support", role="PPB")
    )
    districts = ("14612", "14626")

    assert uncovered(directory, "STA", districts=districts) == ("14626",)
    assert uncovered(directory, "PPB", districts=districts) == ()
    assert uncovered(directory, "OHS", districts=districts) == districts
    assert uncovered(replace(directory, partners=()), "STA", districts=()) == ()


def test_districts_lie_in_their_land_and_in_the_federation() -> None:
    assert {land: len(districts) for land, districts in DISTRICTS.items()} == {"05": 53, "14": 13}
    assert districts_in("14") == tuple(key for key in NAMES if key[:2] == "14" and len(key) > 2)
    assert districts_in("14626") == districts_in("14626010") == ("14626",)
    assert len(districts_in("00")) == 66
    assert districts_in("06") == districts_in("14999") == ()
    assert all(
        len(set(keys)) == len(keys) and all(key.startswith(land) for key in keys)
        for land, keys in DISTRICTS.items()
    )
