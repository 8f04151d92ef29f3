"""Plugins by other hands may do anything; nothing of it gets past the door."""

import logging
import time
from typing import Any

import pytest

from crisis.notify.apprise_door import NotifyJSON, open_url, register
from crisis.notify.stock import deliver_over_stock
from tests.notify.messages import an_outgoing, rejected, unknown


class Torn(NotifyJSON):  # type: ignore[no-untyped-call]  # -- Apprise types it partly
    """A service whose plugin breaks while it reads an address or sends."""

    protocol = "crisistorn"
    secure_protocol = "crisistorns"

    def send(self, *_arguments: Any, **_more: Any) -> bool:  # noqa: ANN401 -- Apprise's contract
        """Break."""
        raise LookupError("geheim")

    @staticmethod
    def parse_url(url: Any, *_arguments: Any, **_more: Any) -> Any:  # noqa: ANN401 -- Apprise's contract
        """Break for one host."""
        if "broken" in url:
            raise LookupError(url)
        return NotifyJSON.parse_url(url)  # type: ignore[no-untyped-call]  # -- as above


register(Torn)


def deliver(url: str) -> object:
    return deliver_over_stock(url, an_outgoing(), ends=time.monotonic() + 60)


def test_door_refuses_a_url_that_breaks_its_plugin(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(1):
        assert open_url("crisistorn://broken.example?k=geheim") is None
        assert open_url("nonsense") is None
    assert caplog.text == ""


def test_stock_plugin_that_breaks_leaves_the_fate_open(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(1):
        assert deliver("crisistorn://cy.example") == unknown("internal-LookupError")
        assert deliver("nonsense") == rejected("bad-address")
    assert caplog.text == ""


def test_door_keeps_apprise_silent_whatever_is_set_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    open_url("nonsense")
    logger = logging.getLogger("apprise")
    logger.addHandler(caplog.handler)
    caplog.set_level(1, logger="apprise")
    logger.error("geheim")
    open_url("jsons://u:geheim@")
    logger.removeHandler(caplog.handler)
    assert caplog.records == []
