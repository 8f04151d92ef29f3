"""Requests that never left whole."""

import ssl
import time
from dataclasses import replace
from typing import Any

import pytest

from crisis.notify.http import (
    WEBHOOK_HARD,
    HttpConnection,
    HttpDesk,
    NotAskedError,
    Place,
    Request,
)
from crisis.simulated.sinks.http import HttpSink
from tests.notify.messages import accepted, deferred


def a_request(sink: HttpSink) -> Request:
    return Request(
        place=Place(host=sink.host, port=sink.port, tls=False),
        method="POST",
        target="/geheim",
        headers=(("X-Key", "geheim"),),
        body=b"geheim",
    )


def test_request_that_did_not_leave_was_not_asked(http: HttpSink) -> None:
    request = a_request(http)
    connection = HttpConnection.open(
        request.place, ends=time.monotonic() + 60, context=ssl.create_default_context
    )
    connection.line.ends = time.monotonic()
    with pytest.raises(NotAskedError, match="timeout"):
        connection.exchange(request)
    connection.retire()
    assert http.posts == ()


def test_desk_out_of_time_defers(http: HttpSink) -> None:
    desk = HttpDesk(ssl.create_default_context)
    request = a_request(http)
    now = time.monotonic()
    assert desk.deliver(request, hard=WEBHOOK_HARD, ends=now + 60) == accepted("200")
    assert desk.deliver(request, hard=WEBHOOK_HARD, ends=now) == deferred("timeout")
    desk.close()
    assert len(http.posts) == 1


def test_request_shows_no_secret(http: HttpSink) -> None:
    assert "geheim" not in repr(a_request(http))


@pytest.mark.parametrize(
    "wrong",
    [
        {"headers": (("X-Key", "geheim\n"),)},
        {"headers": (("X-Key", "geheim\u20ac"),)},
        {"target": "/ge heim"},
    ],
)
def test_request_that_cannot_be_written_was_not_asked(
    http: HttpSink, wrong: dict[str, Any]
) -> None:
    desk = HttpDesk(ssl.create_default_context)

    outcome = desk.deliver(
        replace(a_request(http), **wrong), hard=WEBHOOK_HARD, ends=time.monotonic() + 60
    )

    assert outcome == deferred("bad-request")
    desk.close()
    assert http.posts == ()
