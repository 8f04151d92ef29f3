"""Which relay, which encryption, which sender a mail address leads to."""

import pytest

from crisis.notify.mail_url import mail_url

RELAY = "mailtos://u:p@relay.example:587"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("mailto://127.0.0.1:25/?to=a@cy.example", "crisismail://127.0.0.1:25/?to=a@cy.example"),
        ("mailto://[::1]:25/?to=a@cy.example", "crisismail://[::1]:25/?to=a@cy.example"),
        ("mailto://localhost?to=a@cy.example", "crisismail://localhost?to=a@cy.example"),
        # In the clear over a network only if the URL says so.
        ("mailto://r.example?to=a@cy.example", "crisismails://r.example?to=a@cy.example"),
        (
            "mailto://r.example?to=a@cy.example&mode=insecure",
            "crisismail://r.example?to=a@cy.example&mode=insecure",
        ),
        ("MAILTOS://r.example?to=a@cy.example", "crisismails://r.example?to=a@cy.example"),
        (
            "mailtos://r.example:465?to=a@cy.example",
            "crisismails://r.example:465?to=a@cy.example&mode=ssl",
        ),
        (
            "mailtos://r.example:x?to=a@cy.example",
            "crisismails://r.example:x?to=a@cy.example",
        ),
        (
            "mailtos://r.example?to=a@görlitz.example",
            "crisismails://r.example?to=a%40xn--grlitz-wxa.example",
        ),
        (
            f"mailtos://r.example?to=a@{'ö' * 70}.example",
            f"crisismails://r.example?to=a@{'ö' * 70}.example",
        ),
        ("cy@cy.example", "crisismails://u:p@relay.example:587?to=cy%40cy.example"),
        ("mailto:cy@cy.example", "crisismails://u:p@relay.example:587?to=cy%40cy.example"),
        ("jsons://cy.example", None),
        ("Wache Süd", None),
    ],
)
def test_mail_url(address: str, url: str | None) -> None:
    assert mail_url(address, relay=RELAY, sender="") == url


def test_mail_url_without_a_relay_for_a_plain_address() -> None:
    assert mail_url("cy@cy.example", relay="", sender="") is None


def test_mail_url_takes_the_houses_sender() -> None:
    url = mail_url(
        "mailtos://r.example?from=x@y.example&name=X&to=a@cy.example",
        relay="",
        sender="Lage <crisis@lage.example>",
    )
    assert url == (
        "crisismails://r.example?to=a@cy.example&from=Lage%20%3Ccrisis%40lage.example%3E"
    )
