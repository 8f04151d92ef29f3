"""The pages on a real port."""

import logging

import httpx
import pytest
from fastapi import FastAPI

from crisis.web.server import make_server
from tests.web.staged import Stage


def test_server_writes_no_token_into_any_log(
    stage: Stage, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = stage.token("A10", "cy")

    with httpx.Client(base_url=address) as browser:
        statuses = [
            browser.get(f"/p/{token}").status_code,
            browser.post(f"/p/{token}", data={"action": "acknowledge"}).status_code,
            browser.head("/p/nobody-knows-this").status_code,
        ]

    served = [
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore"))
    ]
    assert statuses == [200, 303, 404]
    assert [line for line in served if token in line or "nobody-knows-this" in line] == []


def test_server_does_not_say_what_it_is(address: str) -> None:
    answer = httpx.head(f"{address}/")

    assert (answer.status_code, answer.content, answer.headers.get("server")) == (200, b"", None)


def test_unforeseen_error_is_logged_by_its_place_not_by_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = "Eve wrote this"
    log = logging.getLogger("uvicorn.error")
    make_server(FastAPI(), host="127.0.0.1", port=0)

    try:
        int(words)
    except ValueError:
        log.exception("Exception in ASGI application\n")

    line = capsys.readouterr().err
    assert "Exception in ASGI application: ValueError\n  File " in line
    assert "int(words)" in line
    assert words not in line
