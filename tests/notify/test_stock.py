"""Services we leave to Apprise, with `form://` for all of them."""

import time

import pytest

from crisis.core.contact import ChannelKind
from crisis.core.delivery import Outcome
from crisis.simulated.sinks.http import Answer, HttpAct, HttpSink
from tests.notify.conftest import Hire
from tests.notify.messages import accepted, an_outgoing, deferred, rejected, unknown

OUT = an_outgoing(kind=ChannelKind.HTTP, body="Bitte melden.")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(), accepted("ok")),
        (Answer(status=404), rejected("404")),
        (Answer(status=429), deferred("429")),
        (Answer(status=500), deferred("500")),
        (Answer(act=HttpAct.DROP), unknown("no-connection")),
    ],
)
@pytest.mark.parametrize("kind", [ChannelKind.HTTP, ChannelKind.EMAIL])
def test_stock_outcome(
    http: HttpSink, hire: Hire, answer: Answer, outcome: Outcome, kind: ChannelKind
) -> None:
    http.script("/", answer)
    courier = hire({"cy": f"form://{http.host}:{http.port}"})
    assert courier.send(an_outgoing(kind=kind)) == outcome
    assert len(http.posts) == 1


def test_stock_sends_title_body_and_link(http: HttpSink, hire: Hire) -> None:
    hire({"cy": f"form://{http.host}:{http.port}/alarm"}).send(OUT)
    assert http.posts[0].body == (
        "version=1.0&title=%5B%C3%9CBUNG%5D+Bitte+um+R%C3%BCckmeldung"
        "&message=Bitte+melden.%0A%0Ahttps%3A%2F%2Flage.example%2Fp%2Fu4TsYx0nq2b8Kd6mWv1z9A"
        "&type=info"
    )


def test_stock_silence_ends_at_the_limit(http: HttpSink, hire: Hire) -> None:
    http.script("/", Answer(act=HttpAct.HANG))
    courier = hire({"cy": f"form://{http.host}:{http.port}"}, time_limit_s=1.0)
    began = time.monotonic()
    assert courier.send(OUT) == unknown("timeout")
    assert time.monotonic() - began < 60


def test_stock_never_waits_for_its_throttle(hire: Hire, http: HttpSink) -> None:
    # matrix and many others wait seconds between two messages of one instance.
    courier = hire({"cy": f"ntfy://{http.host}:{http.port}/lage"})
    began = time.monotonic()
    assert [courier.send(OUT) for _ in range(12)] == [accepted("ok")] * 12
    assert time.monotonic() - began < 40
