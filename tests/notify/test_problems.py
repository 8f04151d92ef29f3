"""What `crisis contacts check` says about an address."""

import pytest

from crisis.core.contact import ChannelKind
from crisis.notify.problems import (
    NOT_A_MAIL_URL,
    NOT_A_NUMBER,
    NOT_A_WEB_URL,
    NOT_AN_SMS_NUMBER,
    problems,
)

EMAIL, HTTP, SMS = ChannelKind.EMAIL, ChannelKind.HTTP, ChannelKind.SMS
PHONE, PORTAL = ChannelKind.PHONE_BY_HAND, ChannelKind.PORTAL
WHOLE = "mailtos://u:geheim@relay.example/?from=a@lage.example&to=cy@cy.example"


@pytest.mark.parametrize(
    ("kind", "address", "found"),
    [
        (PORTAL, "", ()),
        (EMAIL, " ", ("the address is empty",)),
        (EMAIL, "cy@cy.example", ()),
        (EMAIL, "cy@görlitz.example", ()),
        (EMAIL, WHOLE, ()),
        (EMAIL, "o365://nonsense", (NOT_A_MAIL_URL,)),
        (EMAIL, "cy@cy", ("not a mail address; write name@place.example",)),
        (EMAIL, "cy", (NOT_A_MAIL_URL,)),
        (EMAIL, "mailtos://u:geheim@", (NOT_A_MAIL_URL,)),
        (EMAIL, "form://cy.example", ()),
        (
            EMAIL,
            "mailtos://relay.example/?from=a@lage.example",
            ("it names no valid recipient; write ?to=name@place.example",),
        ),
        (
            EMAIL,
            f"{WHOLE},bo@cy.example",
            ("it names several recipients; give each a channel of its own",),
        ),
        (
            EMAIL,
            f"{WHOLE}&verify=no&+X-Key=geheim",
            (
                "verify=no is not honoured; name the relay's CA in CRISIS_CA_BUNDLE",
                "headers of one's own (+Name=value) are not carried",
            ),
        ),
        (
            EMAIL,
            WHOLE.replace("mailtos", "mailto") + "&mode=insecure",
            ("a password would travel unencrypted; use mailtos:// or drop it",),
        ),
        (EMAIL, WHOLE.replace("mailtos", "mailto").replace("relay.example", "127.0.0.1"), ()),
        (HTTP, "jsons://u:geheim@cy.example/alarm", ()),
        (HTTP, "form://cy.example", ()),
        (HTTP, "json://", (NOT_A_WEB_URL,)),
        (HTTP, "https-but-not-really://geheim", (NOT_A_WEB_URL,)),
        (
            HTTP,
            "jsons://cy.example?method=get&verify=no&+X-Key=a%0Ab",
            (
                "its method cannot carry a message; use POST, PUT or PATCH",
                "verify=no is not honoured; name the server's CA in CRISIS_CA_BUNDLE",
                "a header (+Name=value) holds signs that no header may hold",
            ),
        ),
        (SMS, "0152 28817386", ()),
        (SMS, "112", (NOT_AN_SMS_NUMBER,)),
        (PHONE, "112", ()),
        (PHONE, "030 23125001", ()),
        (PHONE, "Wache", (NOT_A_NUMBER,)),
    ],
)
def test_problems(kind: ChannelKind, address: str, found: tuple[str, ...]) -> None:
    assert problems(kind, address) == found
    assert "geheim" not in str(found)
