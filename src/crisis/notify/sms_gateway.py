"""Text messages over a generic HTTP gateway."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

from crisis.core.delivery import Outgoing
from crisis.notify.http import Place, Request
from crisis.notify.sms_text import plain
from crisis.notify.webhook import idempotency_key, is_header


class Form(StrEnum):
    """How the gateway wants its fields."""

    JSON = "json"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """
    Where and how text messages are handed over, from the provider's manual.

    `token_header` carries `token_prefix` and `token`; `extra` are fields that
    every request has; an empty `sender` or `id_field` leaves that field out.
    """

    url: str = field(repr=False)
    token: str = field(default="", repr=False)
    token_header: str = "Authorization"  # noqa: S105 -- the name of a header, not a secret
    token_prefix: str = "Bearer "  # noqa: S105 -- the scheme before the secret
    form: Form = Form.JSON
    to_field: str = "to"
    text_field: str = "text"
    sender_field: str = "from"
    sender: str = ""
    id_field: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    def problems(self) -> tuple[str, ...]:
        """Return in words what is wrong with the URL; it is never quoted."""
        place = _place(self.url)
        if place is None:
            return ("the gateway's URL must begin with https:// or http:// and name a host",)
        if self.token and not is_header(self.token_header, f"{self.token_prefix}{self.token}"):
            return ("the gateway's token holds signs that no header may hold; mind its last line",)
        return ()

    def request(self, outgoing: Outgoing, number: str) -> Request:
        """
        Return the request that hands a message over; `number` is in E.164 form.

        Raises:
            ValueError: the gateway's URL is none (see `problems`).
        """
        place = _place(self.url)
        if place is None:
            raise ValueError("the gateway has no usable URL")
        fields = dict(self.extra) | {self.to_field: number, self.text_field: sms_text(outgoing)}
        if self.sender:
            fields[self.sender_field] = self.sender
        if self.id_field:
            fields[self.id_field] = idempotency_key(outgoing)
        is_json = self.form is Form.JSON
        kind = "application/json" if is_json else "application/x-www-form-urlencoded"
        headers = [
            ("Content-Type", kind),
            ("User-Agent", "Crisis"),
            ("Idempotency-Key", idempotency_key(outgoing)),
        ]
        if self.token:
            headers.append((self.token_header, f"{self.token_prefix}{self.token}"))
        split = urlsplit(self.url)
        path = split.path or "/"
        return Request(
            place=place,
            method="POST",
            target=f"{path}?{split.query}" if split.query else path,
            headers=tuple(headers),
            body=(json.dumps(fields) if is_json else urlencode(fields)).encode(),
        )


def sms_text(outgoing: Outgoing) -> str:
    """
    Return the text of a message: title, body and link, each once, in signs of GSM-7 if possible.

    The title comes first because it carries the mark of an exercise.
    """
    parts = [] if outgoing.body.startswith(outgoing.title) else [outgoing.title]
    parts.append(outgoing.body)
    if outgoing.link and outgoing.link not in outgoing.body:
        parts.append(outgoing.link)
    return plain("\n".join(part.strip() for part in parts))


def _place(url: str) -> Place | None:
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return None
    if split.scheme not in {"http", "https"} or not split.hostname:
        return None
    tls = split.scheme == "https"
    return Place(host=split.hostname, port=port or (443 if tls else 80), tls=tls)
