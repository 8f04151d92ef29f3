"""What routes ask of the application: the desk, the site, who is there, what was posted."""

from typing import Annotated, cast

from fastapi import Depends
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from crisis.usecases.reading import Desk
from crisis.web.access import COOKIE, bearer, client_address, is_loopback, same, unseal
from crisis.web.pages import Notice, speaker
from crisis.web.site import Site

SIGN_IN_LIMIT = "10/minute"
MOST_INPUTS = 600


class SignedOutError(Exception):
    """Nobody has signed in; the page leads to the sign-in."""


class Turnstile:
    """Lets so many requests of one client address through; no limit lets all through."""

    def __init__(self, limit: str) -> None:
        self._limit = parse(limit) if limit else None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def admits(self, address: str) -> bool:
        """Count one request of an address and return whether it may pass."""
        return self._limit is None or self._window.hit(self._limit, address)


async def desk_of(request: Request) -> Desk:
    """Return the desk the application was made with."""
    return cast("Desk", request.app.state.desk)


async def site_of(request: Request) -> Site:
    """Return the site the application was made with."""
    return cast("Site", request.app.state.site)


async def posted(request: Request) -> dict[str, str]:
    """Return the texts a form posted; of several with one name the last, files never."""
    async with request.form(max_files=0, max_fields=MOST_INPUTS) as form:
        return {name: text for name, text in form.multi_items() if isinstance(text, str)}


async def admitted_to_page(request: Request) -> None:
    """
    Refuse a client address that opens too many partners' pages.

    Raises:
        Notice: 429.
    """
    _pass(request, request.app.state.page_turnstile)


async def admitted_to_sign_in(request: Request) -> None:
    """
    Refuse a client address that tries too many passwords.

    Raises:
        Notice: 429.
    """
    _pass(request, request.app.state.sign_in_turnstile)


async def at_desk(request: Request) -> None:
    """
    Refuse other machines while no password was set.

    Raises:
        Notice: 404, as if there were nothing.
    """
    site: Site = request.app.state.site
    if site.loopback_only and not is_loopback(client_address(request)):
        raise nothing_here(request)


async def visitor(request: Request) -> str | None:
    """Return who is signed in, or None."""
    site: Site = request.app.state.site
    return unseal(request.cookies.get(COOKIE, ""), key=site.session_key, now=site.wall.now())


async def duty_officer(
    who: Annotated[str | None, Depends(visitor)], _: Annotated[None, Depends(at_desk)]
) -> str:
    """
    Return who is signed in.

    Raises:
        SignedOutError: nobody is.
    """
    if who is None:
        raise SignedOutError
    return who


async def duty_program(
    request: Request,
    who: Annotated[str | None, Depends(visitor)],
    _: Annotated[None, Depends(at_desk)],
) -> str | None:
    """Return who is signed in or `api` for a script with the token; None for nobody."""
    site: Site = request.app.state.site
    return "api" if same(bearer(request), site.api_token) else who


def nothing_here(request: Request) -> Notice:
    """Return the page for what does not exist or must not be known."""
    say = speaker(request)
    return Notice(404, say("Hier ist nichts"), say("Unter dieser Adresse gibt es keine Seite."))


def _pass(request: Request, turnstile: Turnstile) -> None:
    if turnstile.admits(client_address(request)):
        return
    say = speaker(request)
    raise Notice(
        429,
        say("Zu viele Aufrufe"),
        say("Von Ihrem Anschluss kamen sehr viele Aufrufe. Bitte warten Sie eine Minute."),
        say("Eilt es, rufen Sie die Federführung an; die Nummer steht in Ihrem Verzeichnis."),
    )


DeskHere = Annotated[Desk, Depends(desk_of)]
SiteHere = Annotated[Site, Depends(site_of)]
FormPosted = Annotated[dict[str, str], Depends(posted)]
DutyOfficer = Annotated[str, Depends(duty_officer)]
DutyProgram = Annotated[str | None, Depends(duty_program)]
