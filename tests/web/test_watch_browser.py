"""The watcher's banner in a real browser: accessible, and it fits a small telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.web.conftest import listening
from tests.web.staged import PASSWORD, Stage
from tests.web.test_browser import NARROW
from tests.web.test_watch_view import watched


@pytest.mark.parametrize("language", ["de", "en"])
def test_banner_has_no_accessibility_fault_and_fits_a_telephone(
    stage: Stage, browser: Browser, axe: Callable[[Page], list[str]], language: str
) -> None:
    context = browser.new_context(locale="de-DE", viewport=NARROW, bypass_csp=True)
    context.set_default_timeout(30_000)
    page = context.new_page()
    with listening(watched(stage)) as address:
        page.goto(f"{address}/?lang={language}")
        page.get_by_role("textbox").first.fill("ada")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main button").click()
        page.get_by_role("alert").first.wait_for()
        board, board_width = axe(page), page.evaluate("document.documentElement.scrollWidth")
        page.goto(f"{address}/incidents/{stage.incident}?lang={language}")
        incident = axe(page)
    context.close()

    assert (board, incident) == ([], [])
    assert board_width <= NARROW["width"]
