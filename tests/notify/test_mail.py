"""Mail over real sockets: what each answer of a relay means."""

import ssl
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from crisis.core.delivery import Outcome
from crisis.notify.mail import MailRoom
from crisis.notify.smtp import Letter, Mode, Relay
from crisis.simulated.sinks.smtp import SmtpSink
from crisis.simulated.sinks.smtp_script import ANYONE, Act, Fault, Stage
from tests.notify.certificates import Authority
from tests.notify.conftest import Hire
from tests.notify.messages import accepted, an_outgoing, deferred, rejected, unknown

CY = "lage@cy.example"


def address(sink: SmtpSink, *, schema: str = "mailto", to: str = CY, rest: str = "") -> str:
    return f"{schema}://{sink.host}:{sink.port}/?from=crisis@lage.example&to={to}{rest}"


def test_mail_is_accepted(smtp: SmtpSink, hire: Hire) -> None:
    courier = hire({"cy": address(smtp)})
    assert courier.send(an_outgoing()) == accepted("250")
    (mail,) = smtp.mails
    assert (mail.sender, mail.recipients) == ("crisis@lage.example", (CY,))


def test_mail_reuses_its_connection(smtp: SmtpSink, hire: Hire) -> None:
    courier = hire({"cy": address(smtp), "bo": address(smtp, to="bo@cy.example")})
    for channel in ("cy", "bo", "cy"):
        assert courier.send(an_outgoing(channel=channel)) == accepted("250")
    assert smtp.connected == 1
    assert [mail.recipients for mail in smtp.mails] == [(CY,), ("bo@cy.example",), (CY,)]


def test_mail_from_32_threads_arrives_once_each(smtp: SmtpSink, hire: Hire) -> None:
    names = [f"c{n}" for n in range(200)]
    courier = hire({name: address(smtp, to=f"{name}@cy.example") for name in names})
    with ThreadPoolExecutor(32) as pool:
        outcomes = set(pool.map(lambda name: courier.send(an_outgoing(channel=name)), names))
    assert outcomes == {accepted("250")}
    assert sorted(mail.recipients[0] for mail in smtp.mails) == sorted(
        f"{name}@cy.example" for name in names
    )
    assert smtp.connected <= 32


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault(at=Stage.CONNECT, reply="421 4.3.2 too many"), deferred("421")),
        (Fault(at=Stage.CONNECT, reply="554 5.7.1 blocked"), deferred("554")),
        (Fault(at=Stage.CONNECT, act=Act.DROP), deferred("dropped")),
        (Fault(at=Stage.EHLO, act=Act.DROP), deferred("dropped")),
        (Fault(at=Stage.EHLO, reply="502 5.5.1 what?"), deferred("502")),
        (Fault(at=Stage.MAIL, reply="451 4.3.0 later"), deferred("451")),
        (Fault(at=Stage.MAIL, reply="550 5.1.8 sender unknown"), deferred("550")),
        (Fault(at=Stage.MAIL, act=Act.DROP), deferred("dropped")),
        (Fault(at=Stage.RCPT, reply="550 5.1.1 no such mailbox"), rejected("550")),
        (Fault(at=Stage.RCPT, reply="550 no such mailbox"), rejected("550")),
        (Fault(at=Stage.RCPT, reply="550 5.7.1 relaying denied"), deferred("550")),
        (Fault(at=Stage.RCPT, reply="552 5.2.2 mailbox full"), deferred("552")),
        (Fault(at=Stage.RCPT, reply="451 4.7.1 greylisted"), deferred("451")),
        (Fault(at=Stage.RCPT, act=Act.DROP), deferred("dropped")),
        (Fault(at=Stage.DATA, reply="451 4.3.0 later"), deferred("451")),
        (Fault(at=Stage.DATA, reply="250 what?"), deferred("protocol")),
        (Fault(at=Stage.DATA, act=Act.DROP), deferred("dropped")),
        (Fault(at=Stage.BODY, reply="550 5.1.1 no such mailbox"), rejected("550")),
        (Fault(at=Stage.BODY, reply="554 5.7.1 looks like spam"), deferred("554")),
        (Fault(at=Stage.BODY, reply="452 4.3.1 disk full"), deferred("452")),
        (Fault(at=Stage.BODY, reply="421 4.3.0 closing"), deferred("421")),
        (Fault(at=Stage.BODY, reply="nonsense"), unknown("protocol")),
        (Fault(at=Stage.BODY, reply="354 what?"), unknown("protocol")),
        (Fault(at=Stage.BODY, act=Act.DROP), unknown("dropped")),
    ],
    ids=lambda value: f"{value.at}-{value.reply or value.act}" if isinstance(value, Fault) else "",
)
def test_mail_outcome_of_a_fault(
    smtp: SmtpSink, hire: Hire, fault: Fault, outcome: Outcome
) -> None:
    recipient = ANYONE if fault.at in {Stage.CONNECT, Stage.EHLO, Stage.MAIL} else CY
    smtp.script(recipient, fault)
    courier = hire({"cy": address(smtp)})
    assert courier.send(an_outgoing()) == outcome
    smtp.script(recipient, None)
    assert courier.send(an_outgoing("second")) == accepted("250")


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        (Stage.CONNECT, deferred("timeout")),
        (Stage.RCPT, deferred("timeout")),
        (Stage.BODY, unknown("timeout")),
    ],
)
@pytest.mark.parametrize("act", [Act.HANG, Act.TRICKLE])
def test_mail_silence_ends_at_the_limit(
    smtp: SmtpSink, hire: Hire, stage: Stage, outcome: Outcome, act: Act
) -> None:
    smtp.script(ANYONE, Fault(at=stage, act=act))
    courier = hire({"cy": address(smtp)}, time_limit_s=1.0)
    began = time.monotonic()
    assert courier.send(an_outgoing()) == outcome
    assert 0.9 < time.monotonic() - began < 60


def test_mail_refused_mailbox_keeps_the_connection(smtp: SmtpSink, hire: Hire) -> None:
    smtp.script("gone@cy.example", Fault(at=Stage.RCPT, reply="550 5.1.1 no such mailbox"))
    courier = hire({"cy": address(smtp), "gone": address(smtp, to="gone@cy.example")})
    sent = [courier.send(an_outgoing(channel=channel)) for channel in ("cy", "gone", "cy")]
    assert sent == [accepted("250"), rejected("550"), accepted("250")]
    assert smtp.connected == 1


def test_mail_finds_the_idle_connection_closed(smtp: SmtpSink, hire: Hire) -> None:
    courier = hire({"cy": address(smtp)})
    courier.send(an_outgoing("first"))
    smtp.drop_connections()
    assert courier.send(an_outgoing("second")) == accepted("250")
    assert (smtp.connected, len(smtp.mails)) == (2, 2)


@pytest.mark.parametrize(
    ("fault", "outcome", "kept", "connected"),
    [
        # Nothing can have been accepted: once more, on a fresh connection, which meets the same.
        (Fault(at=Stage.MAIL, reply="421 4.4.2 idle too long"), deferred("421"), 1, 2),
        (Fault(at=Stage.MAIL, act=Act.DROP), deferred("dropped"), 1, 2),
        (Fault(at=Stage.DATA, act=Act.DROP), deferred("dropped"), 1, 2),
        # The relay may have it: never again on our own account.
        (Fault(at=Stage.BODY, act=Act.DROP), unknown("dropped"), 2, 1),
        # The relay said no: that is an answer, not a stale connection.
        (Fault(at=Stage.MAIL, reply="451 4.3.0 later"), deferred("451"), 1, 1),
    ],
    ids=["421", "drop-at-mail", "drop-at-data", "drop-after-text", "451"],
)
def test_mail_repeats_only_what_cannot_have_been_taken(
    smtp: SmtpSink, hire: Hire, fault: Fault, outcome: Outcome, kept: int, connected: int
) -> None:
    courier = hire({"cy": address(smtp)})
    courier.send(an_outgoing("first"))
    smtp.script(ANYONE, fault)
    assert courier.send(an_outgoing("second")) == outcome
    assert (len(smtp.mails), smtp.connected) == (kept, connected)


def test_mail_to_nobody_listening_is_deferred(smtp: SmtpSink, hire: Hire) -> None:
    courier = hire({"cy": address(smtp)})
    smtp.stop()
    assert courier.send(an_outgoing()) == deferred("refused")


def test_mail_over_starttls(hire: Hire, authority: Authority) -> None:
    with SmtpSink(starttls=authority.for_loopback, credentials=("lage", "geheim")) as sink:
        url = address(sink, schema="mailtos").replace("://", "://lage:geheim@")
        courier = hire({"cy": url}, ca_bundle=authority.bundle)
        assert courier.send(an_outgoing("first")) == accepted("250")
        assert courier.send(an_outgoing("second")) == accepted("250")
        assert (sink.connected, len(sink.mails)) == (1, 2)


def test_mail_over_smtps(hire: Hire, authority: Authority) -> None:
    with SmtpSink(smtps=authority.for_loopback) as sink:
        courier = hire(
            {"cy": address(sink, schema="mailtos", rest="&mode=ssl")}, ca_bundle=authority.bundle
        )
        assert courier.send(an_outgoing("first")) == accepted("250")
        assert courier.send(an_outgoing("second")) == accepted("250")
        assert (sink.connected, len(sink.mails)) == (1, 2)


@pytest.mark.parametrize("mode", ["starttls", "ssl"])
@pytest.mark.parametrize("fault", ["unknown-authority", "other-host"])
def test_mail_refuses_a_wrong_certificate(
    hire: Hire, authority: Authority, mode: str, fault: str
) -> None:
    other_host = fault == "other-host"
    context = authority.for_elsewhere if other_host else authority.for_loopback
    starttls, smtps = (context, None) if mode == "starttls" else (None, context)
    with SmtpSink(starttls=starttls, smtps=smtps) as sink:
        courier = hire(
            {"cy": address(sink, schema="mailtos", rest=f"&mode={mode}")},
            ca_bundle=authority.bundle if other_host else None,
        )
        assert courier.send(an_outgoing()) == deferred("tls-certificate")
        assert sink.mails == ()


def test_mail_is_not_sent_in_the_clear_when_encryption_is_asked_for(
    smtp: SmtpSink, hire: Hire
) -> None:
    courier = hire({"cy": address(smtp, schema="mailtos")})
    assert courier.send(an_outgoing()) == deferred("no-starttls")
    assert smtp.mails == ()


def test_mail_wrong_password_is_about_us(hire: Hire) -> None:
    with SmtpSink(credentials=("lage", "geheim")) as sink:
        url = address(sink).replace("://", "://lage:falsch@")
        assert hire({"cy": url}).send(an_outgoing()) == deferred("535")


def test_mail_connection_lost_while_signing_in(hire: Hire) -> None:
    with SmtpSink(credentials=("lage", "geheim")) as sink:
        sink.script(ANYONE, Fault(at=Stage.AUTH, act=Act.DROP))
        url = address(sink).replace("://", "://lage:geheim@")
        assert hire({"cy": url}).send(an_outgoing()) == deferred("dropped")


def test_mail_room_hangs_up_when_a_letter_cannot_be_written(smtp: SmtpSink) -> None:
    room = MailRoom(ssl.create_default_context)
    relay = Relay(host=smtp.host, port=smtp.port, mode=Mode.INSECURE)
    letter = Letter(sender="a@lage.example", recipient="ä@cy.example", text=b"")
    with pytest.raises(UnicodeEncodeError):
        room.deliver(letter, relay, ends=time.monotonic() + 60)
    room.close()
    assert smtp.mails == ()


@pytest.mark.parametrize("password", ["geheim", "gehe%C3%AFm"])
def test_mail_relay_without_sign_in_or_with_a_password_beyond_ascii(
    smtp: SmtpSink, hire: Hire, password: str
) -> None:
    url = address(smtp).replace("://", f"://lage:{password}@")
    assert hire({"cy": url}).send(an_outgoing()) == deferred("no-sign-in")


def test_mail_address_goes_through_the_house_relay(smtp: SmtpSink, hire: Hire) -> None:
    courier = hire(
        {"cy": CY, "umlaut": "lage@görlitz.example"},
        mail_relay=f"mailto://{smtp.host}:{smtp.port}",
        mail_sender="Lagezentrum <crisis@lage.example>",
    )
    assert courier.send(an_outgoing()) == accepted("250", "mail")
    assert courier.send(an_outgoing(channel="umlaut")) == accepted("250", "mail")
    assert [(mail.sender, mail.recipients) for mail in smtp.mails] == [
        ("crisis@lage.example", (CY,)),
        ("crisis@lage.example", ("lage@xn--grlitz-wxa.example",)),
    ]


def test_mail_sender_of_the_house_replaces_the_address_books(smtp: SmtpSink, hire: Hire) -> None:
    courier = hire({"cy": address(smtp)}, mail_sender="crisis@haus.example")
    courier.send(an_outgoing())
    assert smtp.mails[0].sender == "crisis@haus.example"


@pytest.mark.parametrize(
    "bad",
    [
        "mailto://127.0.0.1",
        "mailto://127.0.0.1/?from=a@lage.example",
        "mailto://127.0.0.1/?from=a@lage.example&to=b@cy.example,c@cy.example",
        "no address at all",
    ],
)
def test_mail_address_that_cannot_be_used_is_rejected(hire: Hire, bad: str) -> None:
    assert hire({"cy": bad}).send(an_outgoing()) == rejected("bad-address")


@pytest.mark.parametrize(("relay", "provider"), [("", ""), ("smtp://relay.example:25", "mail")])
def test_mail_without_a_relay_is_deferred(hire: Hire, relay: str, provider: str) -> None:
    courier = hire({"cy": CY}, mail_relay=relay)
    assert courier.send(an_outgoing()) == deferred("no-relay", provider)
