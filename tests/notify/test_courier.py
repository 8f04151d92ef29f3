"""What holds for every way out: no exception, no secret in a log, one time limit."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crisis.core.contact import ChannelKind, Tlp
from crisis.notify.courier import Courier, CourierSettings
from crisis.simulated.sinks.http import Answer, HttpSink
from crisis.simulated.sinks.smtp import SmtpSink
from crisis.simulated.sinks.smtp_script import Fault, Stage
from tests.notify.certificates import Authority
from tests.notify.conftest import Hire
from tests.notify.messages import LINK, accepted, an_outgoing, deferred, rejected, unknown


class TornBook:
    """An address book that cannot be read."""

    def address(self, channel_id: str) -> str | None:
        """Fail with words that no log may repeat."""
        raise RuntimeError(f"geheim@cy.example for {channel_id}")

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Fail likewise."""
        raise RuntimeError(channel_id)

    def max_tlp(self, channel_id: str) -> Tlp | None:
        """Fail likewise."""
        raise RuntimeError(channel_id)


def test_courier_hands_a_phone_call_to_the_desk(hire: Hire) -> None:
    courier = hire({"cy": "112"})
    call = an_outgoing(kind=ChannelKind.PHONE_BY_HAND)
    assert courier.send(call) == accepted("on-the-desk")
    assert hire({}).send(call) == rejected("no-such-channel")


def test_courier_leaves_the_portal_to_the_page(hire: Hire) -> None:
    assert hire({}).send(an_outgoing(kind=ChannelKind.PORTAL)) == accepted("on-the-page")


@pytest.mark.parametrize("kind", [ChannelKind.EMAIL, ChannelKind.HTTP, ChannelKind.SMS])
def test_courier_rejects_an_unknown_channel(hire: Hire, kind: ChannelKind) -> None:
    assert hire({"bo": "x"}).send(an_outgoing(kind=kind)) == rejected("no-such-channel")


def test_courier_turns_a_torn_address_book_into_an_outcome(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        outcome = Courier(TornBook(), CourierSettings()).send(an_outgoing())
    assert outcome == deferred("internal-RuntimeError")
    assert "geheim" not in caplog.text
    assert "RuntimeError at test_courier.py:" in caplog.text


@pytest.mark.parametrize("bundle", [Path(__file__), Path("no-such-bundle.pem")])
def test_courier_with_a_torn_ca_bundle_sends_nothing(
    hire: Hire, authority: Authority, caplog: pytest.LogCaptureFixture, bundle: Path
) -> None:
    with SmtpSink(starttls=authority.for_loopback) as sink, caplog.at_level(logging.DEBUG):
        url = f"mailtos://127.0.0.1:{sink.port}/?from=a@lage.example&to=geheim@cy.example"
        outcome = hire({"cy": url}, ca_bundle=bundle).send(an_outgoing())
    assert outcome == deferred("tls")
    assert "CRISIS_CA_BUNDLE cannot be read" in caplog.text
    assert "geheim" not in caplog.text


def test_courier_turns_a_message_that_cannot_be_written_into_an_outcome(
    smtp: SmtpSink, hire: Hire, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"mailto://127.0.0.1:{smtp.port}/?from=a@lage.example&to=cy@cy.example"
    half_a_sign = an_outgoing(body="geheim \ud83d")
    with caplog.at_level(logging.DEBUG):
        assert hire({"cy": url}).send(half_a_sign) == unknown("internal-UnicodeEncodeError")
    assert smtp.mails == ()
    assert "geheim" not in caplog.text


def test_courier_log_holds_ids_and_outcomes_only(
    smtp: SmtpSink, http: HttpSink, hire: Hire, caplog: pytest.LogCaptureFixture
) -> None:
    smtp.script("gone@geheim.example", Fault(at=Stage.RCPT, reply="550 5.1.1 geheim? unknown"))
    http.script("/geheim-err", Answer(status=500, body="geheim"))
    relay = f"mailto://127.0.0.1:{smtp.port}/?from=a@geheim.example"
    web = f"geheim:geheim@127.0.0.1:{http.port}"
    addresses = {
        "mail": f"{relay}&to=cy@geheim.example",
        "gone": f"{relay}&to=gone@geheim.example",
        "json": f"json://{web}/geheim?+X-Key=geheim&-t=geheim",
        "json-err": f"json://{web}/geheim-err",
        "form": f"form://{web}/geheim?-t=geheim",
        "form-err": f"form://{web}/geheim-err?-t=geheim",
        "bad": "mailto://u:geheim@",
        "unparsed": "geheim://geheim",
    }
    courier = hire(addresses)
    for name in ("apprise", "urllib3", "requests"):
        caplog.set_level(logging.DEBUG, logger=name)
    with caplog.at_level(1):
        for name in addresses:
            kind = ChannelKind.EMAIL if name in {"mail", "gone", "bad"} else ChannelKind.HTTP
            courier.send(an_outgoing(name, channel=name, kind=kind, title="geheim", body="geheim"))
    assert [record.getMessage() for record in caplog.records] == [
        "channel mail, attempt mail: accepted 250",
        "channel gone, attempt gone: rejected 550",
        "channel json, attempt json: accepted 200",
        "channel json-err, attempt json-err: deferred 500",
        "channel form, attempt form: accepted ok",
        "channel form-err, attempt form-err: deferred 500",
        "channel bad, attempt bad: rejected bad-address",
        "channel unparsed, attempt unparsed: rejected bad-address",
    ]
    assert LINK not in caplog.text


def test_courier_settings_show_no_secret() -> None:
    assert "geheim" not in repr(CourierSettings(mail_relay="mailtos://u:geheim@relay.example"))


def test_courier_serves_all_ways_at_once(smtp: SmtpSink, http: HttpSink, hire: Hire) -> None:
    courier = hire(
        {
            "email": f"mailto://127.0.0.1:{smtp.port}/?from=a@lage.example&to=cy@cy.example",
            "http": f"json://127.0.0.1:{http.port}/alarm",
            "stock": f"form://127.0.0.1:{http.port}/stock",
        }
    )
    messages = [
        an_outgoing(
            f"{n}",
            channel=("email", "http", "stock")[n % 3],
            kind=ChannelKind.EMAIL if n % 3 == 0 else ChannelKind.HTTP,
        )
        for n in range(90)
    ]
    with ThreadPoolExecutor(32) as pool:
        outcomes = set(pool.map(courier.send, messages))
    assert outcomes == {accepted("250"), accepted("200"), accepted("ok")}
    posted = [json.loads(post.body)["id"] for post in http.posts if post.path == "/alarm"]
    assert sorted(posted, key=int) == [f"{n}" for n in range(1, 90, 3)]
    assert (len(smtp.mails), len(http.posts)) == (30, 60)


def test_courier_works_after_it_was_closed(smtp: SmtpSink, hire: Hire) -> None:
    url = f"mailto://127.0.0.1:{smtp.port}/?from=a@lage.example&to=cy@cy.example"
    courier = hire({"cy": url})
    courier.send(an_outgoing())
    courier.close()
    assert courier.send(an_outgoing()) == accepted("250")
    assert smtp.connected == 2
