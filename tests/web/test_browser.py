"""The pages in a real browser: accessible, by keyboard, on a small telephone, without a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from crisis.core import event as ev
from tests.browser import PATIENCE_MS
from tests.web.staged import PASSWORD, Stage

# The width at which WCAG 1.4.10 asks for no sideways scrolling; 640 at 200 % is the same.
NARROW: ViewportSize = {"width": 320, "height": 640}
PAGES = (
    ("acknowledgement", "A10", "cy"),
    ("form", "A40", "cy"),
    ("oral", "A25", "pol"),
    ("sign-off", "A72", "ring"),
    ("decision", "A04", "lead"),
)
EACH_PAGE = pytest.mark.parametrize(
    ("step", "partner"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES]
)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Open a dark, narrow page in a browser that runs no script of ours."""
    context = browser.new_context(
        locale="de-DE", viewport=NARROW, color_scheme="dark", bypass_csp=True
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@EACH_PAGE
@pytest.mark.parametrize("language", ["de", "en"])
def test_partner_page_has_no_accessibility_fault(
    stage: Stage,
    address: str,
    page: Page,
    axe: Callable[[Page], list[str]],
    step: str,
    partner: str,
    language: str,
) -> None:
    page.goto(f"{address}/p/{stage.token(step, partner)}?lang={language}")

    assert axe(page) == []


@EACH_PAGE
def test_partner_page_fits_a_small_telephone_at_night(
    stage: Stage,
    address: str,
    phone: Page,
    axe: Callable[[Page], list[str]],
    step: str,
    partner: str,
) -> None:
    stage.clock.advance(minutes=18)
    stage.tick()

    phone.goto(f"{address}/p/{stage.token(step, partner)}")
    for closed in phone.locator("details").all():
        closed.locator("summary").click()

    assert axe(phone) == []
    assert _sideways(phone) == 0


def test_mistakes_are_accessible_and_lead_to_their_fields(
    stage: Stage, address: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(f"{address}/p/{stage.token('A40', 'cy')}")
    page.fill("[name=f-free]", "viele")
    page.fill("[name=f-remark]", "Bitte Frau Muster anrufen")

    page.get_by_role("button", name="Antwort senden").last.click()
    page.get_by_role("link", name="Freie Plätze").click()

    assert axe(page) == []
    assert page.url.endswith("#f-free")
    described = page.locator("#f-free").get_attribute("aria-describedby")
    assert described == "f-free-hint f-free-error"
    assert page.locator("#f-remark").input_value() == ""


def test_board_and_incident_page_have_no_accessibility_fault(
    stage: Stage, address: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    stage.clock.advance(minutes=18)
    stage.tick()
    faults: dict[str, list[str]] = {}

    page.goto(address)
    faults["sign-in"] = axe(page)
    page.get_by_label("Kürzel oder Funktion").fill("ada")
    page.get_by_label("Kennwort für die Anmeldung").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="AHORN 47").wait_for()
    faults["board"] = axe(page)
    page.get_by_role("link", name="AHORN 47").click()
    page.get_by_role("heading", name="Protokoll").wait_for()
    faults["incident"] = axe(page)
    page.set_viewport_size(NARROW)
    sideways = _sideways(page)

    assert faults == {"sign-in": [], "board": [], "incident": []}
    assert sideways == 0


def test_notice_has_no_accessibility_fault(
    address: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    answer = page.goto(f"{address}/p/unknown")

    assert answer is not None
    assert answer.status == 404
    assert axe(page) == []


def test_partner_acknowledges_with_the_keyboard_alone_and_without_scripts(
    stage: Stage, address: str, browser: Browser
) -> None:
    # With the page's own policy in force and no JavaScript at all.
    context = browser.new_context(locale="de-DE", java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{address}/p/{stage.token('A10', 'cy')}")

    for _ in range(3):  # skip link, language, then the button
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Danke. Ihre Übernahme ist gespeichert.").wait_for()
    context.close()

    last = stage.desk.incidents.entries("i1")[-1].event
    assert isinstance(last, ev.Acknowledged)
    assert (last.partner, last.via) == ("cy", ev.Via.PAGE)


def test_enter_in_a_field_answers_and_adds_no_rows(stage: Stage, address: str, page: Page) -> None:
    page.goto(f"{address}/p/{stage.token('A40', 'cy')}")
    page.get_by_label("ja", exact=True).check()
    page.fill("[name=f-free]", "12")

    page.keyboard.press("Enter")
    page.get_by_text("Danke. Ihre Antwort ist gespeichert.").wait_for()

    last = stage.desk.incidents.entries("i1")[-1].event
    assert isinstance(last, ev.Answered)
    assert last.answers == {"room": "yes", "free": 12}


def test_pages_break_no_rule_of_their_own_policy(
    stage: Stage, address: str, browser: Browser
) -> None:
    context = browser.new_context(locale="de-DE")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    paths = ("/", f"/p/{stage.token('A40', 'cy')}", "/incidents/i1")

    page.goto(address)
    page.get_by_label("Kürzel oder Funktion").fill("ada")
    page.get_by_label("Kennwort für die Anmeldung").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="AHORN 47").wait_for()
    grounds = []
    for path in paths:
        page.goto(f"{address}{path}")
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    context.close()

    assert complaints == []
    assert grounds == ["rgb(246, 247, 248)"] * 3


def test_focus_is_seen(stage: Stage, address: str, page: Page) -> None:
    page.goto(f"{address}/p/{stage.token('A10', 'cy')}")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outline")

    assert outline == "rgb(179, 71, 0) solid 3px"


def _sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
