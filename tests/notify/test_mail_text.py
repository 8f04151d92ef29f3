"""The mail itself, read back with the standard library's parser."""

from email import message_from_bytes
from email.policy import default

from hypothesis import given
from hypothesis import strategies as st

from crisis.notify.mail_text import mail_text, message_id, text_of
from tests.notify.messages import LINK, an_outgoing

SENDER = ("Lagezentrum Süd", "crisis@lage.example")


def read(data: bytes) -> tuple[dict[str, str], str]:
    message = message_from_bytes(data, policy=default)
    body = message.get_content()
    assert isinstance(body, str)
    return dict(message.items()), body.replace("\r\n", "\n")


def test_mail_text_whole() -> None:
    headers, body = read(
        mail_text(
            an_outgoing(), sender=SENDER, recipient="cy@cy.example", reply_to="lage@lage.example"
        )
    )
    assert headers == {
        "From": "Lagezentrum Süd <crisis@lage.example>",
        "To": "cy@cy.example",
        "Reply-To": "lage@lage.example",
        "Subject": "[ÜBUNG] Bitte um Rückmeldung",
        "Date": "Sun, 29 Mar 2026 00:30:00 +0000",
        "Message-ID": "<crisis.de849cefd2936bffdbb9c03f4dc25c88@lage.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "de",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    assert body == f"Bitte bis 14:00 Uhr bestätigen.\nCode AHORN 47\n\n{LINK}\n"


def test_mail_text_in_ascii_stays_readable() -> None:
    outgoing = an_outgoing(title="Please confirm", body="Please confirm.", link="")
    data = mail_text(outgoing, sender=("", "crisis@lage.example"), recipient="cy@cy.example")
    head, _, body = data.partition(b"\r\n\r\n")
    assert b"Subject: Please confirm\r\n" in head
    assert b"Content-Transfer-Encoding: 7bit" in head
    assert body == b"Please confirm.\r\n"


def test_mail_text_folds_a_line_no_relay_would_take() -> None:
    data = mail_text(
        an_outgoing(body="x" * 2000, link=""), sender=SENDER, recipient="cy@cy.example"
    )
    assert max(len(line) for line in data.split(b"\r\n")) < 100
    assert read(data)[1] == "x" * 2000 + "\n"


def test_mail_text_title_cannot_add_a_header() -> None:
    outgoing = an_outgoing(title="Lage\r\nBcc: eve@eve.example")
    headers, _body = read(mail_text(outgoing, sender=SENDER, recipient="cy@cy.example"))
    assert headers["Subject"] == "Lage Bcc: eve@eve.example"
    assert "Bcc" not in headers


def test_mail_text_has_the_link_once() -> None:
    outgoing = an_outgoing(body=f"Bitte hier bestätigen: {LINK}")
    assert text_of(outgoing) == f"Bitte hier bestätigen: {LINK}\r\n"


def test_message_id_is_the_attempts_own() -> None:
    same = {message_id("incident/step/cy/1", domain="lage.example") for _ in range(2)}
    assert len(same) == 1
    assert message_id("incident/step/cy/2", domain="lage.example") not in same


@given(
    title=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200),
    body=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=2000),
)
def test_mail_text_survives_the_way(title: str, body: str) -> None:
    outgoing = an_outgoing(title=title, body=body, link="")
    data = mail_text(outgoing, sender=SENDER, recipient="cy@cy.example")
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    headers, read_body = read(data)
    assert " ".join(headers["Subject"].split()) == " ".join(title.split())
    assert read_body == (f"{body}\n" if body else "")
