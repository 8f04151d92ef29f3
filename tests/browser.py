"""
Debian's Chromium, driven by Playwright.

Its sync interface keeps an event loop running, so a browser lives for one module, never longer.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.required import absent

# On a busy machine a page takes its time.
PATIENCE_MS = 120_000
# Without these, Chromium looks for its maker's hosts at every start.
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start headless Chromium for the tests of one module."""
    program = shutil.which("chromium")
    if program is None:
        absent("browser", "no program named chromium is on PATH")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=list(_QUIET), timeout=PATIENCE_MS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open an empty German page without cookies of any other test."""
    context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", bypass_csp=True)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Yield a check that names a page's accessibility faults: `rule: the elements`, sorted."""
    source = Path(os.environ.get("CRISIS_TEST_AXE", "tests/web/.axe/axe.min.js"))
    if not source.is_file():
        absent("axe", f"CRISIS_TEST_AXE names no axe.min.js ({source})")

    def faults(page: Page) -> list[str]:
        page.evaluate(source.read_text(encoding="utf-8"))
        found = json.loads(page.evaluate("axe.run().then(r => JSON.stringify(r.violations))"))
        return sorted(
            f"{fault['id']}: {', '.join(str(node['target']) for node in fault['nodes'])}"
            for fault in found
        )

    return faults
