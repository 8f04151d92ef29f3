"""Whom a provider serves, in which order, and what keeps it from being used."""

import pytest

from crisis.core.contact import ChannelKind
from crisis.notify.provider import Provider, in_order
from crisis.notify.sms_gateway import Gateway

RELAY = "mailtos://lage:geheim@relay.example/?from=lage@lage.example"


def a_relay(name: str = "a", *, order: int = 1, regions: tuple[str, ...] = ("*",)) -> Provider:
    return Provider(id=name, kind=ChannelKind.EMAIL, order=order, regions=regions, relay=RELAY)


@pytest.mark.parametrize(
    ("region", "address", "serves"),
    [
        ("*", "cy@cy.example", True),
        ("cy.example", "cy@cy.example", True),
        ("CY.example", "mailto:cy@cy.EXAMPLE", True),
        ("cy.example", "cy@amt.cy.example", True),
        ("cy.example", "cy@nicht-cy.example", False),
    ],
)
def test_relay_serves_the_domains_it_names(region: str, address: str, serves: bool) -> None:  # noqa: FBT001 -- a case's expectation
    assert a_relay(regions=(region,)).serves(address) is serves


def test_gateway_serves_the_prefixes_it_names() -> None:
    gateway = Provider(id="a", kind=ChannelKind.SMS, regions=("+49", "+420"))
    numbers = ("+4915228817386", "+420123", "+48123")
    assert [gateway.serves(number) for number in numbers] == [True, True, False]


def test_providers_stand_in_order_the_chosen_one_first() -> None:
    a, b, c = a_relay("a", order=2), a_relay("b"), a_relay("c", order=2)
    assert in_order((a, b, c)) == (b, a, c)
    assert in_order((a, b, c), first="c") == (c, b, a)


def test_provider_problems_quote_no_address() -> None:
    words = "Apprise refuses its URL; write mailtos://user:password@relay.example/?from=…"
    relay = Provider(id="a", kind=ChannelKind.EMAIL, relay="smtp://u:geheim@relay.example")
    open_relay = "mailto://u:geheim@relay.example?mode=insecure&from=a@b.example"
    telling = Provider(id="a", kind=ChannelKind.EMAIL, relay=open_relay)
    assert a_relay().problems() == ()
    assert relay.problems() == (words,)
    assert telling.problems() == (
        "a password would travel unencrypted; use mailtos:// or drop it",
    )
    assert Provider(id="a", kind=ChannelKind.SMS).problems() == ("it has no gateway",)
    sms = Provider(id="a", kind=ChannelKind.SMS, gateway=Gateway(url="https://g.example"))
    assert sms.problems() == ()


def test_provider_shows_no_secret() -> None:
    assert "geheim" not in repr(a_relay())
