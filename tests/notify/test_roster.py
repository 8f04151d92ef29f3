"""Two providers of a kind, with faults: who takes a message over, and when nobody may."""

import logging
from collections.abc import Iterator
from datetime import datetime

import pytest

from crisis.core.contact import ChannelKind
from crisis.core.delivery import Outcome
from crisis.notify.courier import Courier, CourierSettings
from crisis.notify.provider import Provider
from crisis.notify.roster import BreakerRule
from crisis.notify.sms_gateway import Gateway
from crisis.simulated.sinks.http import Answer, HttpAct, HttpSink
from crisis.simulated.sinks.smtp import SmtpSink
from crisis.simulated.sinks.smtp_script import ANYONE, Act, Fault, Stage
from tests.notify.conftest import Hire
from tests.notify.messages import (
    Book,
    accepted,
    an_outgoing,
    deferred,
    rejected,
    unknown,
)
from tests.notify.test_breaker import Seconds

MAIL = an_outgoing()
SMS = an_outgoing(kind=ChannelKind.SMS)
BOOK = {"cy": "cy@cy.example"}
NUMBER = {"cy": "+49 152 28817386"}


@pytest.fixture
def second_smtp() -> Iterator[SmtpSink]:
    with SmtpSink() as sink:
        yield sink


@pytest.fixture
def second_http() -> Iterator[HttpSink]:
    with HttpSink() as sink:
        yield sink


def relay(
    name: str, sink: SmtpSink, *, order: int = 1, regions: tuple[str, ...] = ("*",)
) -> Provider:
    url = f"mailto://{sink.host}:{sink.port}/?from=lage@lage.example"
    return Provider(id=name, kind=ChannelKind.EMAIL, order=order, regions=regions, relay=url)


def gateway(
    name: str, sink: HttpSink, *, order: int = 1, regions: tuple[str, ...] = ("*",)
) -> Provider:
    door = Gateway(url=f"http://{sink.host}:{sink.port}/sms")
    return Provider(id=name, kind=ChannelKind.SMS, order=order, regions=regions, gateway=door)


def of_two(smtp: SmtpSink, second: SmtpSink) -> tuple[Provider, ...]:
    return (relay("b", second, order=2), relay("a", smtp, order=1))


@pytest.mark.parametrize(
    "fault",
    [
        Fault(at=Stage.CONNECT, act=Act.DROP),
        Fault(at=Stage.CONNECT, reply="421 4.3.2 closing"),
        Fault(at=Stage.MAIL, reply="421 4.7.0 too many"),
        Fault(at=Stage.MAIL, reply="550 5.7.1 who are you?"),
        Fault(at=Stage.RCPT, reply="451 4.3.0 later"),
        Fault(at=Stage.RCPT, reply="450 4.2.0 greylisted"),
        Fault(at=Stage.BODY, reply="452 4.3.1 disk full"),
        Fault(at=Stage.BODY, reply="554 5.7.1 looks like spam"),
    ],
)
def test_mail_goes_to_the_next_relay_in_the_same_attempt(
    smtp: SmtpSink, second_smtp: SmtpSink, hire: Hire, fault: Fault
) -> None:
    smtp.script(ANYONE, fault)
    courier = hire(BOOK, providers=of_two(smtp, second_smtp))

    assert courier.send(MAIL) == accepted("250", "b")

    assert (len(smtp.mails), len(second_smtp.mails)) == (0, 1)


def test_mail_passes_a_relay_that_refuses_connections(
    smtp: SmtpSink, second_smtp: SmtpSink, hire: Hire
) -> None:
    providers = of_two(smtp, second_smtp)
    smtp.stop()
    assert hire(BOOK, providers=providers).send(MAIL) == accepted("250", "b")


def test_mail_passes_a_relay_that_hangs_before_the_text(
    smtp: SmtpSink, second_smtp: SmtpSink, hire: Hire
) -> None:
    smtp.script(ANYONE, Fault(at=Stage.CONNECT, act=Act.HANG))
    courier = hire(BOOK, providers=of_two(smtp, second_smtp), time_limit_s=1.0)
    assert courier.send(MAIL) == accepted("250", "b")


@pytest.mark.parametrize(("act", "code"), [(Act.DROP, "dropped"), (Act.HANG, "timeout")])
def test_mail_of_unknown_fate_goes_to_nobody_else(
    smtp: SmtpSink, second_smtp: SmtpSink, hire: Hire, act: Act, code: str
) -> None:
    smtp.script(ANYONE, Fault(at=Stage.BODY, act=act))
    courier = hire(BOOK, providers=of_two(smtp, second_smtp), time_limit_s=1.0)

    assert courier.send(MAIL) == unknown(code, "a")

    assert second_smtp.mails == ()


def test_mail_to_a_dead_mailbox_is_no_failure_of_the_relay(
    smtp: SmtpSink, second_smtp: SmtpSink, hire: Hire
) -> None:
    smtp.script(ANYONE, Fault(at=Stage.RCPT, reply="550 5.1.1 no such mailbox"))
    rule = BreakerRule(failures=1, pause_s=60)
    courier = hire(BOOK, providers=of_two(smtp, second_smtp), breaker=rule)

    assert courier.send(MAIL) == rejected("550", "a")

    assert second_smtp.mails == ()
    assert courier.breakers() == {"a": "closed", "b": "closed"}


def test_mail_reports_the_last_relay_if_none_takes_it(
    smtp: SmtpSink, second_smtp: SmtpSink, hire: Hire
) -> None:
    smtp.script(ANYONE, Fault(at=Stage.MAIL, reply="421 closing"))
    second_smtp.script(ANYONE, Fault(at=Stage.MAIL, reply="451 later"))
    courier = hire(BOOK, providers=of_two(smtp, second_smtp))
    assert courier.send(MAIL) == deferred("451", "b")


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503])
def test_text_goes_to_the_next_gateway_in_the_same_attempt(
    http: HttpSink, second_http: HttpSink, hire: Hire, status: int
) -> None:
    http.script("/sms", Answer(status=status))
    courier = hire(NUMBER, providers=(gateway("a", http), gateway("b", second_http, order=2)))

    assert courier.send(SMS) == accepted("200", "b")

    assert (len(http.posts), len(second_http.posts)) == (1, 1)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(status=422), rejected("422", "a")),
        (Answer(act=HttpAct.DROP), unknown("dropped", "a")),
        (Answer(act=HttpAct.HANG), unknown("timeout", "a")),
    ],
)
def test_text_that_is_condemned_or_may_have_arrived_goes_to_nobody_else(
    http: HttpSink, second_http: HttpSink, hire: Hire, answer: Answer, outcome: Outcome
) -> None:
    http.script("/sms", answer)
    providers = (gateway("a", http), gateway("b", second_http, order=2))
    courier = hire(NUMBER, providers=providers, time_limit_s=1.0)

    assert courier.send(SMS) == outcome

    assert second_http.posts == ()


def test_text_goes_by_the_region_of_its_number(
    http: HttpSink, second_http: HttpSink, hire: Hire
) -> None:
    providers = (
        gateway("cz", http, regions=("+420",)),
        gateway("de", second_http, order=2, regions=("+49",)),
    )
    courier = hire({**NUMBER, "pl": "+48 12 345 67 89"}, providers=providers)
    assert courier.send(SMS) == accepted("200", "de")
    abroad = an_outgoing(kind=ChannelKind.SMS, channel="pl")
    assert courier.send(abroad) == deferred("no-gateway")
    assert courier.providers("cy", ChannelKind.SMS) == ("de",)


def test_breaker_passes_over_who_fails_and_probes_who_may_be_back(
    smtp: SmtpSink, second_smtp: SmtpSink, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = Seconds()
    settings = CourierSettings(
        providers=of_two(smtp, second_smtp), breaker=BreakerRule(failures=2, pause_s=30)
    )
    courier = Courier(Book(BOOK), settings, clock=seconds)
    smtp.script(ANYONE, Fault(at=Stage.MAIL, reply="421 closing"))
    with caplog.at_level(logging.WARNING, logger="crisis.notify"):
        first = [courier.send(MAIL).provider for _ in range(3)]
        assert courier.breakers() == {"a": "open", "b": "closed"}
        assert courier.providers("cy", ChannelKind.EMAIL) == ("b",)
        smtp.script(ANYONE, None)
        still = courier.send(MAIL).provider
        seconds.now = 30.0
        probing = courier.breakers()["a"]
        back = [courier.send(MAIL).provider for _ in range(2)]
    courier.close()

    assert (first, still, probing, back) == (["b"] * 3, "b", "half-open", ["a"] * 2)
    assert courier.breakers() == {"a": "closed", "b": "closed"}
    assert caplog.messages == [
        "provider a: breaker open after 421",
        "provider a: breaker closed after 250",
    ]


def test_breaker_opens_on_unknown_fates_too(
    http: HttpSink, second_http: HttpSink, hire: Hire
) -> None:
    http.script("/sms", Answer(act=HttpAct.DROP))
    providers = (gateway("a", http), gateway("b", second_http, order=2))
    courier = hire(NUMBER, providers=providers, breaker=BreakerRule(failures=2, pause_s=60))
    found = [courier.send(SMS) for _ in range(3)]
    assert found == [unknown("dropped", "a"), unknown("dropped", "a"), accepted("200", "b")]


def test_roster_tries_the_first_where_every_breaker_is_open(
    smtp: SmtpSink, second_smtp: SmtpSink, hire: Hire
) -> None:
    rule = BreakerRule(failures=1, pause_s=600)
    courier = hire(BOOK, providers=of_two(smtp, second_smtp), breaker=rule)
    for sink in (smtp, second_smtp):
        sink.script(ANYONE, Fault(at=Stage.MAIL, reply="421 closing"))
    courier.send(MAIL)
    smtp.script(ANYONE, None)

    assert courier.breakers() == {"a": "open", "b": "open"}
    assert courier.providers("cy", ChannelKind.EMAIL) == ("a", "b")
    assert courier.send(MAIL) == accepted("250", "a")


def test_roster_asks_for_room_before_it_takes_another_provider(
    smtp: SmtpSink, second_smtp: SmtpSink, hire: Hire
) -> None:
    asked: list[tuple[str, datetime, str]] = []

    def room(provider: str, at: datetime, message: str) -> bool:
        asked.append((provider, at, message))
        return False

    courier = hire(BOOK, providers=of_two(smtp, second_smtp))
    courier.ask_for_room(room)
    smtp.script(ANYONE, Fault(at=Stage.MAIL, reply="421 closing"))
    claimed = an_outgoing(provider="a")

    assert courier.send(claimed) == deferred("421", "a")

    assert asked == [("b", claimed.sent_at, claimed.id)]
    assert second_smtp.mails == ()


def test_roster_knows_who_serves_a_webhook_from_the_directory(http: HttpSink, hire: Hire) -> None:
    web = f"json://{http.host}:{http.port}/alarm"
    http.script("/alarm", Answer(status=503))
    courier = hire({"cy": web}, breaker=BreakerRule(failures=1, pause_s=60))

    named = courier.send(an_outgoing(kind=ChannelKind.HTTP, provider="alarm-a"))

    assert named == deferred("503", "alarm-a")
    assert courier.breakers() == {"alarm-a": "open"}
    assert courier.send(an_outgoing(kind=ChannelKind.HTTP)) == deferred("503")


def test_roster_has_nobody_for_a_channel_that_goes_its_own_way(
    smtp: SmtpSink, second_smtp: SmtpSink, hire: Hire
) -> None:
    own = f"mailto://{smtp.host}:{smtp.port}/?from=a@lage.example&to=cy@cy.example"
    courier = hire({"own": own, "112": "112"}, providers=of_two(smtp, second_smtp))
    assert courier.providers("own", ChannelKind.EMAIL) == ()
    assert courier.providers("112", ChannelKind.SMS) == ()
    assert courier.providers("gone", ChannelKind.HTTP) == ()
    named = an_outgoing(channel="own", provider="mail-partner")
    assert courier.send(named) == accepted("250", "mail-partner")
