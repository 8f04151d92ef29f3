"""Regions by their official key."""

import pytest

from crisis.core.region import is_key, land_of, name_of


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("14612", "Dresden"),
        ("14612000", "Dresden"),
        ("14999", "Sachsen"),
        ("14", "Sachsen"),
        ("00", "Bund"),
        ("99", "99"),
    ],
)
def test_region_is_called_by_the_nearest_known_name(region: str, name: str) -> None:
    assert name_of(region) == name


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("00", True),
        ("14", True),
        ("14612", True),
        ("14612000", True),
        ("146", False),
        ("99", False),
        ("1461a", False),
        ("١٤", False),
        ("", False),
    ],
)
def test_key_has_two_five_or_eight_digits_of_a_known_land(text: str, *, known: bool) -> None:
    assert is_key(text) is known


def test_land_is_the_first_two_digits() -> None:
    assert land_of("14612") == "14"
