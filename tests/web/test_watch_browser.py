"""All warnings at once, in a real browser: accessible, and they fit a small telephone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from crisis.core.event import AttemptHeld, LogRestored, Purpose
from crisis.web.app import create_app
from crisis.web.watch_view import Watch
from tests.browser import PATIENCE_MS
from tests.builders import T0, minutes
from tests.launch.test_status import ENGINE
from tests.web.conftest import listening
from tests.web.staged import PASSWORD, Stage, a_site
from tests.web.test_browser import NARROW
from tests.web.test_watch_view import LOOKING

HELD = AttemptHeld(
    step="A10",
    partner="cy",
    contact="cy",
    channel="cy-sms",
    purpose=Purpose.ASK,
    until=T0 + minutes(7),
    limit="provider relay-dresden-nord 60/hour",
)


def troubled(stage: Stage) -> FastAPI:
    """Return the pages of a house in which everything that can be said is to be said."""
    version = stage.desk.incidents.current(stage.incident).version
    put_back = LogRestored(upto_version=9, lost_to=14)
    stage.desk.house.log.append(
        stage.incident, [HELD, put_back], actor="system", at=T0, expected_version=version
    )
    failing = replace(ENGINE, providers={"relay-dresden-nord": "open"}, host_clock_off=187.0)
    engines = (failing, replace(ENGINE, name="host-b"), replace(ENGINE, name="c", fresh=False))
    watch = Watch(watchers=(LOOKING,), now=T0)
    return create_app(
        stage.desk, replace(a_site(stage), watch=lambda: watch, engines=lambda: engines)
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_warnings_have_no_accessibility_fault_and_fit_a_telephone(
    stage: Stage, browser: Browser, axe: Callable[[Page], list[str]], language: str
) -> None:
    context = browser.new_context(locale="de-DE", viewport=NARROW, bypass_csp=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    with listening(troubled(stage)) as address:
        page.goto(f"{address}/?lang={language}")
        page.get_by_role("textbox").first.fill("ada")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main button").click()
        page.get_by_role("alert").first.wait_for()
        assert page.locator(".degraded li").count() == 4
        board, board_width = axe(page), page.evaluate("document.documentElement.scrollWidth")
        page.goto(f"{address}/incidents/{stage.incident}?lang={language}")
        assert page.locator(".degraded, .held").count() == 3
        incident, incident_width = axe(page), page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert (board, incident) == ([], [])
    assert max(board_width, incident_width) <= NARROW["width"]
