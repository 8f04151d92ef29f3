"""Addresses fit their kind, and are kept in one form."""

import pytest

from crisis.core.contact import ChannelKind
from crisis.loading.address import AddressFault, is_fictional, normalised


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (ChannelKind.PHONE_BY_HAND, "030 23125-100", "+493023125100"),
        (ChannelKind.PHONE_BY_HAND, "(030) 23125 100", "+493023125100"),
        (ChannelKind.PHONE_BY_HAND, "+49 30 23125 100", "+493023125100"),
        (ChannelKind.PHONE_BY_HAND, "116 006", "116006"),
        (ChannelKind.SMS, "0152 28817386", "+4915228817386"),
        (ChannelKind.EMAIL, "mailto:duty@partner.example", "duty@partner.example"),
        (ChannelKind.EMAIL, " duty@städte.example ", "duty@städte.example"),
        (
            ChannelKind.EMAIL,
            "mailto://127.0.0.1:2525/?to=a@x.example,b@y.example",
            "mailto://127.0.0.1:2525/?to=a@x.example,b@y.example",
        ),
        (ChannelKind.HTTP, "json://127.0.0.1:8080/duty", "json://127.0.0.1:8080/duty"),
    ],
)
def test_address_is_kept_in_one_form(kind: ChannelKind, written: str, kept: str) -> None:
    assert normalised(kind, written) == kept


def test_address_that_does_not_fit_says_what_to_write() -> None:
    assert normalised(ChannelKind.SMS, "112") == AddressFault(
        code="CT009",
        message="a short code cannot receive an SMS",
        hint="write the number of a mobile telephone or of an SMS gateway",
    )


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        (ChannelKind.EMAIL, "mailto://[", "CT010"),
        (ChannelKind.HTTP, "json://[::1", "CT011"),
        (ChannelKind.PHONE_BY_HAND, "+49 30 23125 100 ext. 5", "CT009"),
        (ChannelKind.PORTAL, "https://crisis.example", "CT013"),
    ],
)
def test_odd_address_is_a_fault_and_no_crash(kind: ChannelKind, address: str, code: str) -> None:
    found = normalised(kind, address)

    assert isinstance(found, AddressFault)
    assert found.code == code


@pytest.mark.parametrize(
    ("kind", "address", "expected"),
    [
        (ChannelKind.SMS, "+4915228817386", True),
        (ChannelKind.SMS, "+4915228817387", False),
        (ChannelKind.PHONE_BY_HAND, "+493023125000", True),
        (ChannelKind.PHONE_BY_HAND, "+4930231250001", False),
        (ChannelKind.PHONE_BY_HAND, "112", False),
        (ChannelKind.EMAIL, "duty@partner.example", True),
        (ChannelKind.EMAIL, "duty@partner-example.de", False),
        (ChannelKind.EMAIL, "mailto://relay.example/?to=duty@partner.de", False),
        (ChannelKind.EMAIL, "mailto://relay.de/?to=duty@partner.example", False),
        (ChannelKind.HTTP, "json://alarm.partner.example/duty", True),
        (ChannelKind.HTTP, "json://alarm.example.de/duty", False),
    ],
)
def test_fictional_addresses_reach_nobody(
    kind: ChannelKind,
    address: str,
    expected: bool,  # noqa: FBT001 -- a parametrised outcome
) -> None:
    assert is_fictional(kind, address) is expected
