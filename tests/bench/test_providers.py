"""The sinks in a process of their own: what arrives is told with its moment and its mark."""

import json
import smtplib
import time

import httpx

from bench.providers import Arrival, started_providers


def test_arrivals_of_all_sinks_are_told_in_order() -> None:
    began = time.monotonic()
    with started_providers({"http": 0.0, "smtp-30": 0.0}) as providers:
        httpx.post(
            f"http://{providers.place('http')}/wave/1",
            content=json.dumps({"id": "i1/W1/bench-1/1"}),
            trust_env=False,
        )
        with smtplib.SMTP("127.0.0.1", providers.ports["smtp-30"]) as relay:
            relay.sendmail("crisis@bench.example", "bo@bench.example", "Subject: ask\r\n\r\nask")

        count, arrivals = providers.count(), providers.arrivals()

    assert count == 2
    assert [(each.sink, each.mark) for each in arrivals] == [
        ("http", "i1/W1/bench-1/1"),
        ("smtp-30", "bo@bench.example"),
    ]
    assert began < arrivals[0].at < arrivals[1].at < time.monotonic()


def test_arrivals_after_so_many_leave_those_out() -> None:
    with started_providers({"http": 0.0}) as providers:
        for n in (1, 2, 3):
            httpx.post(
                f"http://{providers.place('http')}/",
                content=json.dumps({"id": n}),
                trust_env=False,
            )

        marks = [each.mark for each in providers.arrivals(after=1)]

    assert marks == ["2", "3"]


def test_latency_holds_each_reply_back() -> None:
    with started_providers({"http": 0.2}) as providers:
        began = time.monotonic()
        httpx.post(f"http://{providers.place('http')}/", content='{"id": ""}', trust_env=False)
        answered = time.monotonic()
        (arrival,) = providers.arrivals()

    assert isinstance(arrival, Arrival)
    assert answered - began >= 0.2
