"""Text messages over the HTTP gateway."""

import json

import pytest

from crisis.core.contact import ChannelKind
from crisis.core.delivery import Outcome
from crisis.notify.sms_gateway import Form, Gateway, sms_text
from crisis.notify.sms_text import Encoding, segments
from crisis.simulated.sinks.http import Answer, HttpAct, HttpSink
from tests.notify.conftest import Hire
from tests.notify.messages import LINK, accepted, an_outgoing, deferred, rejected, unknown

OUT = an_outgoing(kind=ChannelKind.SMS, title="[ÜBUNG] Lage", body="„Bitte“ \u2013 sofort")
TEXT = f'[ÜBUNG] Lage\n"Bitte" - sofort\n{LINK}'

TOKEN = "geheim"  # noqa: S105 -- made up for this test
HEADER = "X-Api-Key"


def gateway(sink: HttpSink, rest: str = "/sms") -> str:
    return f"http://{sink.host}:{sink.port}{rest}"


def test_sms_as_json(http: HttpSink, hire: Hire) -> None:
    courier = hire({"cy": "0152 28817386"}, gateway=Gateway(url=gateway(http), token=TOKEN))
    assert courier.send(OUT) == accepted("200", "sms")
    (post,) = http.posts
    assert (post.method, post.path) == ("POST", "/sms")
    assert json.loads(post.body) == {"to": "+4915228817386", "text": TEXT}
    assert dict(post.headers)["authorization"] == "Bearer geheim"


def test_sms_as_a_form_with_names_of_its_own(http: HttpSink, hire: Hire) -> None:
    door = Gateway(
        url=gateway(http, "/api?account=7"),
        token=TOKEN,
        token_header=HEADER,
        token_prefix="",
        form=Form.FORM,
        to_field="recipient",
        text_field="message",
        sender_field="originator",
        sender="Lage",
        id_field="ref",
        extra=(("flash", "0"),),
    )
    courier = hire({"cy": "+49 30 23125-001"}, gateway=door)
    assert courier.send(an_outgoing(kind=ChannelKind.SMS, title="", body="Süd", link="")) == (
        accepted("200", "sms")
    )
    (post,) = http.posts
    assert post.path == "/api?account=7"
    assert dict(post.headers)["x-api-key"] == "geheim"
    assert post.body == (
        "flash=0&recipient=%2B493023125001&message=S%C3%BCd&originator=Lage"
        "&ref=de849cefd2936bffdbb9c03f4dc25c88"
    )


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(status=202), accepted("202", "sms")),
        (Answer(status=400), rejected("400", "sms")),
        (Answer(status=422), rejected("422", "sms")),
        # The gateway's own address or token is wrong, not the partner's number.
        (Answer(status=404), deferred("404", "sms")),
        (Answer(status=401), deferred("401", "sms")),
        (
            Answer(status=429, headers=(("Retry-After", "60"),)),
            deferred("429 retry-after=60", "sms"),
        ),
        (Answer(act=HttpAct.DROP), unknown("dropped", "sms")),
    ],
)
def test_sms_outcome_of_an_answer(
    http: HttpSink, hire: Hire, answer: Answer, outcome: Outcome
) -> None:
    http.script("/sms", answer)
    courier = hire({"cy": "030 23125001"}, gateway=Gateway(url=gateway(http)))
    assert courier.send(OUT) == outcome


def test_sms_without_a_gateway_is_deferred(hire: Hire) -> None:
    assert hire({"cy": "030 23125001"}).send(OUT) == deferred("no-gateway")
    assert hire({"cy": "030 23125001"}, gateway=Gateway(url="nonsense")).send(OUT) == (
        deferred("no-gateway", "sms")
    )


@pytest.mark.parametrize("number", ["112", "Wache", "030", "+49 1"])
def test_sms_to_what_is_no_full_number_is_rejected(hire: Hire, number: str) -> None:
    assert hire({"cy": number}).send(OUT) == rejected("not-a-number")


def test_gateway_problems_do_not_quote_the_url() -> None:
    words = ("the gateway's URL must begin with https:// or http:// and name a host",)
    for url in ("", "ftp://u:geheim@h.example", "https://", "https://h.example:port"):
        assert Gateway(url=url).problems() == words
    assert Gateway(url="https://h.example/sms").problems() == ()


def test_token_with_a_line_break_at_its_end_is_told_without_quoting_it() -> None:
    gateway = Gateway(url="https://h.example/sms", token="geheim\n")  # noqa: S106 -- no secret

    assert gateway.problems() == (
        "the gateway's token holds signs that no header may hold; mind its last line",
    )


def test_gateway_without_a_url_makes_no_request() -> None:
    with pytest.raises(ValueError, match="no usable URL"):
        Gateway(url="").request(OUT, "+493023125001")


def test_gateway_shows_no_secret() -> None:
    shown = repr(Gateway(url="https://u:geheim@h.example", token=TOKEN))
    assert "geheim" not in shown


def test_sms_text_says_nothing_twice() -> None:
    outgoing = an_outgoing(title="[ÜBUNG] Lage", body=f"[ÜBUNG] Lage: bitte {LINK}")
    assert sms_text(outgoing) == f"[ÜBUNG] Lage: bitte {LINK}"
    assert segments(sms_text(outgoing)).encoding is Encoding.GSM_7
