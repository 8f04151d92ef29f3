"""JSON over HTTP over real sockets."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from crisis.core.contact import ChannelKind
from crisis.core.delivery import Outcome
from crisis.notify.webhook import json_url
from crisis.simulated.sinks.http import Answer, HttpAct, HttpSink
from tests.notify.certificates import Authority
from tests.notify.conftest import Hire
from tests.notify.messages import LINK, accepted, an_outgoing, deferred, rejected, unknown


def address(sink: HttpSink, rest: str = "/alarm") -> str:
    return f"json://{sink.host}:{sink.port}{rest}"


OUT = an_outgoing(kind=ChannelKind.HTTP)


def test_webhook_posts_the_documented_object(http: HttpSink, hire: Hire) -> None:
    courier = hire({"cy": address(http)})
    assert courier.send(OUT) == accepted("200")
    (post,) = http.posts
    assert (post.method, post.path) == ("POST", "/alarm")
    assert json.loads(post.body) == {
        "id": "20260329-0130-k7m2/ask/cy/1",
        "title": "[ÜBUNG] Bitte um Rückmeldung",
        "body": "Bitte bis 14:00 Uhr bestätigen.\nCode AHORN 47",
        "link": LINK,
        "code": "AHORN 47",
        "language": "de",
        "exercise": True,
        "sent_at": "2026-03-29T00:30:00+00:00",
    }
    headers = dict(post.headers)
    assert headers["content-type"] == "application/json"
    assert headers["idempotency-key"] == "de849cefd2936bffdbb9c03f4dc25c88"


def test_webhook_sends_what_the_url_adds(http: HttpSink, hire: Hire) -> None:
    query = "+X-Haus=7&-q=ü&:ort=S%C3%BCd&:id=no&method=put"
    url = f"json://cy:geheim@{http.host}:{http.port}/a b?{query}"
    assert hire({"cy": url}).send(OUT) == accepted("200")
    (post,) = http.posts
    headers = dict(post.headers)
    assert (post.method, post.path) == ("PUT", "/a%20b?q=%C3%BC")
    assert headers["x-haus"] == "7"
    assert headers["authorization"] == "Basic Y3k6Z2VoZWlt"
    body = json.loads(post.body)
    assert (body["ort"], body["id"]) == ("Süd", OUT.id)


def test_webhook_reuses_its_connection(http: HttpSink, hire: Hire) -> None:
    courier = hire({"cy": address(http)})
    assert {courier.send(OUT) for _ in range(3)} == {accepted("200")}
    assert (http.connected, len(http.posts)) == (1, 3)


def test_webhook_finds_the_idle_connection_closed(http: HttpSink, hire: Hire) -> None:
    courier = hire({"cy": address(http)})
    courier.send(OUT)
    http.drop_connections()
    assert courier.send(OUT) == accepted("200")
    assert (http.connected, len(http.posts)) == (2, 2)


def test_webhook_from_32_threads_arrives_once_each(http: HttpSink, hire: Hire) -> None:
    courier = hire({"cy": address(http)})
    messages = [an_outgoing(f"attempt {n}", kind=ChannelKind.HTTP) for n in range(200)]
    with ThreadPoolExecutor(32) as pool:
        assert set(pool.map(courier.send, messages)) == {accepted("200")}
    assert sorted(json.loads(post.body)["id"] for post in http.posts) == sorted(
        message.id for message in messages
    )


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(status=200), accepted("200")),
        (Answer(status=202, body=""), accepted("202")),
        (Answer(status=204, body=""), accepted("204")),
        (Answer(status=301), rejected("301")),
        (Answer(status=302), deferred("302")),
        (Answer(status=400), rejected("400")),
        (Answer(status=401), deferred("401")),
        (Answer(status=403), deferred("403")),
        (Answer(status=404), rejected("404")),
        (Answer(status=410), rejected("410")),
        (Answer(status=429), deferred("429")),
        (Answer(status=429, headers=(("Retry-After", "30"),)), deferred("429 retry-after=30")),
        (
            Answer(status=429, headers=(("Retry-After", "Sun, 29 Mar 2026 00:31:00 GMT"),)),
            deferred("429"),
        ),
        (Answer(status=500), deferred("500")),
        (Answer(status=503, headers=(("Retry-After", "5"),)), deferred("503 retry-after=5")),
        (Answer(status=200, body="x" * 200_000), accepted("200")),
        (Answer(status=200, headers=(("Connection", "close"),)), accepted("200")),
        (Answer(act=HttpAct.DROP), unknown("dropped")),
        (Answer(act=HttpAct.NOT_HTTP), unknown("protocol")),
    ],
)
def test_webhook_outcome_of_an_answer(
    http: HttpSink, hire: Hire, answer: Answer, outcome: Outcome
) -> None:
    http.script("/alarm", answer)
    courier = hire({"cy": address(http), "bo": address(http, "/bo")})
    assert courier.send(OUT) == outcome
    assert len(http.posts) == 1
    assert courier.send(an_outgoing(channel="bo", kind=ChannelKind.HTTP)) == accepted("200")


@pytest.mark.parametrize("act", [HttpAct.HANG, HttpAct.TRICKLE_HEAD])
def test_webhook_silence_ends_at_the_limit(http: HttpSink, hire: Hire, act: HttpAct) -> None:
    http.script("/alarm", Answer(act=act, headers=(("X", "y" * 1000),)))
    courier = hire({"cy": address(http)}, time_limit_s=1.0)
    began = time.monotonic()
    assert courier.send(OUT) == unknown("timeout")
    assert 0.9 < time.monotonic() - began < 60


def test_webhook_trickling_body_does_not_hold_the_outcome_up(http: HttpSink, hire: Hire) -> None:
    http.script("/alarm", Answer(act=HttpAct.TRICKLE_BODY, body="x" * 1000))
    courier = hire({"cy": address(http)}, time_limit_s=80.0)
    began = time.monotonic()
    assert courier.send(OUT) == accepted("200")
    assert time.monotonic() - began < 60  # its whole body takes a hundred seconds


def test_webhook_to_nobody_listening_is_deferred(http: HttpSink, hire: Hire) -> None:
    courier = hire({"cy": address(http)})
    http.stop()
    assert courier.send(OUT) == deferred("refused")


def test_webhook_over_tls(hire: Hire, authority: Authority) -> None:
    with HttpSink(tls=authority.for_loopback) as sink:
        courier = hire({"cy": address(sink).replace("json", "jsons")}, ca_bundle=authority.bundle)
        assert {courier.send(OUT) for _ in range(3)} == {accepted("200")}
        assert (sink.connected, len(sink.posts)) == (1, 3)


@pytest.mark.parametrize("fault", ["unknown-authority", "other-host"])
def test_webhook_refuses_a_wrong_certificate(hire: Hire, authority: Authority, fault: str) -> None:
    other_host = fault == "other-host"
    context = authority.for_elsewhere if other_host else authority.for_loopback
    with HttpSink(tls=context) as sink:
        courier = hire(
            {"cy": address(sink).replace("json", "jsons")},
            ca_bundle=authority.bundle if other_host else None,
        )
        assert courier.send(OUT) == deferred("tls-certificate")
        assert sink.posts == ()


@pytest.mark.parametrize("bad", ["json://", "nonsense", "json://cy.example?method=get"])
def test_webhook_address_that_cannot_be_used_is_rejected(hire: Hire, bad: str) -> None:
    assert hire({"cy": bad}).send(OUT) == rejected("bad-address")


def test_json_url_is_ours_alone() -> None:
    assert json_url("JSONS://cy.example/x") == "crisisjsons://cy.example/x"
    assert json_url("form://cy.example") is None
