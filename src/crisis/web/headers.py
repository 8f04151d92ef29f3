"""The outer door: what every answer carries, and what never gets in."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 256 * 1024
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'; script-src 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
FOREIGN = (
    "Von einer fremden Seite abgeschickt; nichts wurde gespeichert.\n"
    "Sent from another site; nothing was stored.\n"
)
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class OuterDoor:
    """
    Adds the security headers, and refuses posts from other sites and oversized ones.

    `hosts` are names under which the house is known besides the one that was
    asked for (behind a proxy that renames it).
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith("/static/"):
                    headers["cache-control"] = "public, max-age=3600"
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, dressed)
        else:
            status, text = refusal
            await PlainTextResponse(text, status)(scope, receive, dressed)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        if method in READING:
            return None
        if not comes_from_here(headers, hosts=self._hosts | {headers.get("host", "")}):
            return 403, FOREIGN
        length = headers.get("content-length", "")
        if "transfer-encoding" in headers or not (length.isdecimal() or length == ""):
            return 411, "Länge fehlt. / Length required.\n"
        if int(length or 0) > MOST_BYTES:
            return 413, "Zu groß. / Too large.\n"
        return None


def comes_from_here(headers: Mapping[str, str], *, hosts: frozenset[str]) -> bool:
    """
    Return whether a post comes from the house's own pages or from a program.

    Browsers say so in `Sec-Fetch-Site`. Older ones send only `Origin`, and as
    the pages give no referrer it reads `null`: that is let through, because a
    partner's link cannot be guessed and the session cookie is SameSite=Lax.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc in hosts
