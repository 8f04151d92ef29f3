"""
JSON over HTTP: `json://` and `jsons://` URLs.

The body is one object with exactly these keys, all strings but `exercise`:
`id` (the attempt, the same when it is repeated), `title`, `body`, `link` (may be
empty), `code`, `language`, `exercise` (true or false), `sent_at` (ISO 8601 with
offset); then what the URL adds with `:key=value`, never in place of ours. The
header `Idempotency-Key` carries a hash of the id.
"""

import base64
import hashlib
import json
import re
from urllib.parse import quote, urlencode

from crisis.core.delivery import Outgoing
from crisis.notify.apprise_door import NotifyJSON, register
from crisis.notify.http import Place, Request

JSON_URL = re.compile(r"json(?P<secure>s?)://(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
METHODS = frozenset({"POST", "PUT", "PATCH"})
# Apprise hands the path over quoted already, but for what lies beyond ASCII.
PATH_SAFE = "/:@!$&'()*+,;=~%"
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class CrisisJson(NotifyJSON):  # type: ignore[no-untyped-call]  # -- Apprise types it partly
    """A JSON URL under our own schema (`crisisjson://`, `crisisjsons://`)."""

    service_name = "Crisis JSON"
    protocol = "crisisjson"
    secure_protocol = "crisisjsons"
    request_rate_per_sec = 0

    def faults(self) -> tuple[str, ...]:
        """Return in words what keeps this URL from being posted to."""
        found = []
        if self.method not in METHODS:
            found.append("its method cannot carry a message; use POST, PUT or PATCH")
        if not self.verify_certificate:
            found.append("verify=no is not honoured; name the server's CA in CRISIS_CA_BUNDLE")
        if not all(is_header(name, value) for name, value in self.headers.items()):
            found.append("a header (+Name=value) holds signs that no header may hold")
        return tuple(found)

    def request(self, outgoing: Outgoing) -> Request:
        """Return the request that carries a message to this URL."""
        path = quote(self.fullpath or "/", safe=PATH_SAFE)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Crisis",
            "Idempotency-Key": idempotency_key(outgoing),
            **self.headers,
        }
        if self.user:
            pair = f"{self.user}:{self.password or ''}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        return Request(
            place=Place(
                host=self.host.strip("[]"),
                port=self.port or (443 if self.secure else 80),
                tls=bool(self.secure),
            ),
            method=self.method,
            target=f"{path}?{urlencode(self.params)}" if self.params else path,
            headers=tuple(headers.items()),
            body=json.dumps({**self.payload_extras, **content(outgoing)}).encode(),
        )


def json_url(address: str) -> str | None:
    """Return the URL our JSON plugin is opened with, or None if this is no JSON URL."""
    found = JSON_URL.fullmatch(address.strip())
    return None if found is None else f"crisisjson{found['secure'].lower()}://{found['rest']}"


def content(outgoing: Outgoing) -> dict[str, str | bool]:
    """Return the object a webhook receives."""
    return {
        "id": outgoing.id,
        "title": outgoing.title,
        "body": outgoing.body,
        "link": outgoing.link,
        "code": outgoing.code,
        "language": outgoing.language,
        "exercise": outgoing.exercise,
        "sent_at": outgoing.sent_at.isoformat(),
    }


def idempotency_key(outgoing: Outgoing) -> str:
    """Return what tells a provider that two requests are one attempt."""
    return hashlib.sha256(outgoing.id.encode()).hexdigest()[:32]


def is_header(name: str, value: str) -> bool:
    """Return whether a request may have such a header."""
    return bool(HEADER_NAME.fullmatch(name)) and value.isascii() and value.isprintable()


register(CrisisJson)
