"""The web application: doors in front, routes behind, plain pages where something is wrong."""

import logging
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from crisis.errors import BrokenChainError, LogMovedOnError, UnreachableError
from crisis.usecases.reading import Desk
from crisis.web.door import SIGN_IN_LIMIT, SignedOutError, Turnstile, nothing_here
from crisis.web.headers import OuterDoor
from crisis.web.pages import STATIC, Notice, notice, speaker
from crisis.web.routes import bulletin, complaint, duty, machines, member, partner
from crisis.web.routes import desk as desk_routes
from crisis.web.site import Site

_log = logging.getLogger(__name__)


def create_app(desk: Desk, site: Site) -> FastAPI:
    """Return the application over a desk."""
    app = FastAPI(
        title="Crisis",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        # A log line or a redirect must never carry a token with a slash put right.
        redirect_slashes=False,
    )
    app.state.desk = desk
    app.state.site = site
    app.state.page_turnstile = Turnstile(site.page_limit)
    app.state.sign_in_turnstile = Turnstile(SIGN_IN_LIMIT)
    app.include_router(partner.router)
    app.include_router(member.router)
    app.include_router(bulletin.router)
    app.include_router(complaint.router)
    app.include_router(duty.router)
    app.include_router(desk_routes.router)
    app.include_router(machines.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(OuterDoor, hosts=frozenset({urlsplit(desk.house.base_url).netloc}))
    app.add_exception_handler(Notice, _notice)
    app.add_exception_handler(SignedOutError, _sign_in)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(UnreachableError, _unreachable)
    app.add_exception_handler(LogMovedOnError, _unreachable)
    app.add_exception_handler(BrokenChainError, _damaged)
    app.add_exception_handler(Exception, _broken)
    return app


def _notice(request: Request, error: Exception) -> Response:
    if not isinstance(error, Notice):
        raise error
    return notice(request, error)


def _sign_in(_request: Request, _error: Exception) -> Response:
    return RedirectResponse("/", status_code=303)


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if _is_for_programs(request):
        return JSONResponse(
            {"detail": error.detail}, status_code=error.status_code, headers=error.headers
        )
    if error.status_code == 404:  # noqa: PLR2004 -- the web's own number
        return notice(request, nothing_here(request))
    shown = Notice(error.status_code, str(error.detail))
    answer = notice(request, shown)
    answer.headers.update(error.headers or {})
    return answer


def _unreachable(request: Request, error: Exception) -> Response:
    _log.error("An answer could not be given: %s", error)
    return _out_of_order(request, 503)


def _broken(request: Request, _error: Exception) -> Response:
    # The server logs the place (`web/server.py`); the path stays out, it may hold a token.
    return _out_of_order(request, 500)


def _damaged(request: Request, error: Exception) -> Response:
    _log.error("A log cannot be followed: %s", error)
    if _is_for_programs(request):
        return JSONResponse({"detail": str(error)}, status_code=500)
    say = speaker(request)
    shown = Notice(
        500,
        say("Das Protokoll dieses Einsatzes ist nicht lesbar"),
        say("Neu laden hilft nicht. Die Federführung prüft es mit „crisis log verify“."),
        say("Eilt es, rufen Sie die Federführung an; die Nummer steht in Ihrem Verzeichnis."),
    )
    return notice(request, shown)


def _is_for_programs(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _out_of_order(request: Request, status: int) -> Response:
    if _is_for_programs(request):
        # Nobody knows, as below.
        detail = "This did not work just now. Read before you repeat anything."
        return JSONResponse({"detail": detail}, status_code=status)
    say = speaker(request)
    shown = Notice(
        status,
        say("Das hat gerade nicht geklappt"),
        # Nobody knows: the connection may have broken after the entry was stored.
        say("Bitte laden Sie die Seite in einer Minute neu: Sie zeigt, was angekommen ist."),
        say("Eilt es, rufen Sie die Federführung an; die Nummer steht in Ihrem Verzeichnis."),
    )
    return notice(request, shown)
