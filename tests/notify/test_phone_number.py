"""Numbers as people write them, as machines want them and as pages show them."""

import pytest

from crisis.notify.phone_number import can_be_dialled, e164


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("030 23125-001", "+493023125001"),
        ("+49 (0)30 / 23125 001", "+493023125001"),
        ("tel:+493023125001", "+493023125001"),
        ("0152 28817386", "+4915228817386"),
        ("069 90009 000", "+496990009000"),
        ("112", None),
        ("030", None),
        ("116117", None),
        ("Wache Süd", None),
        ("", None),
    ],
)
def test_e164(address: str, number: str | None) -> None:
    assert e164(address) == number


@pytest.mark.parametrize(
    ("address", "dialled"),
    [
        ("+493023125001", True),
        ("+43 1 23125001", True),
        (" 112 ", True),
        ("116117", True),
        ("Wache Süd", False),
        ("+49 30 23125001 23125001 23125001", False),
    ],
)
def test_number_can_be_dialled(address: str, *, dialled: bool) -> None:
    assert can_be_dialled(address) is dialled
