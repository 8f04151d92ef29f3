"""Regions by key and by name."""

import pytest

from crisis.cli.region import read_region
from crisis.errors import NotFoundError


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("14612", "14612"),
        ("14", "14"),
        ("00", "00"),
        ("14612000", "14612000"),
        ("Dresden", "14612"),
        ("dresden", "14612"),
        ("Landkreis Görlitz", "14626"),
        ("görlitz", "14626"),
        ("Sachsen", "14"),
    ],
)
def test_read_region_takes_key_and_name(text: str, key: str) -> None:
    assert read_region(text) == key


@pytest.mark.parametrize("text", ["Atlantis", "99999", "1461", ""])
def test_read_region_lists_what_exists(text: str) -> None:
    with pytest.raises(NotFoundError) as missing:
        read_region(text)

    message = str(missing.value)
    assert message.startswith(
        f"there is no region `{text}`. Give an official key of 2, 5 or 8 digits,"
        " or one of these names: 00 Bund, 01 Schleswig-Holstein,"
    )
    assert message.endswith("14730 Nordsachsen")
