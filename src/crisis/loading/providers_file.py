"""
The file of providers: mail relays, SMS gateways, and limits of partners' own services.

Read with places and all mistakes at once. `${NAME}` in a value of a relay or gateway
stands for a variable of the environment, so that no secret need stand in the file;
no problem quotes what such a value holds.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, quote, urlsplit

from pydantic import Field

from crisis.core.limit import Limit, limits_of
from crisis.loading.contact_words import Id, Text
from crisis.loading.located import Document, Loc, read_yaml
from crisis.loading.problem import Problem, in_order, raise_for_errors
from crisis.loading.shape import FileModel, check_shape

EVERYWHERE = "*"
_VARIABLE = re.compile(r"\$\{(?P<name>[^}]*)\}")
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PREFIX = re.compile(r"\+[1-9]\d{0,14}")
Order = Annotated[int, Field(ge=1, le=1000)]


class ServiceEntry(FileModel):
    """A partner's own service, named `provider:` in the contacts: only its limits are ours."""

    id: Id
    limits: list[str] = Field(default_factory=list)


class RelayEntry(ServiceEntry):
    """A mail relay."""

    url: Text
    order: Order = 1
    regions: Annotated[list[str], Field(min_length=1)] = Field(default_factory=lambda: ["*"])


class GatewayEntry(RelayEntry):
    """An SMS gateway; the fields are those of the `CRISIS_SMS_…` settings."""

    token: str = ""
    token_header: Text = "Authorization"  # noqa: S105 -- the name of a header, not a secret
    token_prefix: str = "Bearer "  # noqa: S105 -- the scheme before the secret
    form: Literal["json", "form"] = "json"
    to_field: Text = "to"
    text_field: Text = "text"
    sender_field: Text = "from"
    sender: str = ""
    id_field: str = ""


class ProvidersFile(FileModel):
    """The whole file."""

    mail: list[RelayEntry] = Field(default_factory=list)
    sms: list[GatewayEntry] = Field(default_factory=list)
    http: list[ServiceEntry] = Field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One entry, its variables filled in; `repr` shows neither address nor token."""

    id: str
    kind: Literal["mail", "sms", "http"]
    limits: tuple[Limit, ...] = ()
    order: int = 1
    regions: tuple[str, ...] = (EVERYWHERE,)
    url: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    gateway: Mapping[str, str] = field(default_factory=dict, repr=False)


def load_providers(
    path: Path, *, shown_as: str, environment: Mapping[str, str]
) -> tuple[Provider, ...]:
    """
    Return the providers of a file, in its order.

    `shown_as` is the path that people read in problems.

    Raises:
        InvalidFilesError: the file holds mistakes; each is listed with place and cure.
    """
    document, problems = read_yaml(path, shown_as=shown_as)
    written = None
    if document is not None:
        written, problems = check_shape(document, ProvidersFile)
        if written is not None:
            problems = in_order((*problems, *_problems(document, written, environment)))
    raise_for_errors(problems)
    return () if written is None else tuple(_providers(written, environment))


def _entries(
    written: ProvidersFile,
) -> Iterator[tuple[Literal["mail", "sms", "http"], int, ServiceEntry]]:
    for n, relay in enumerate(written.mail):
        yield "mail", n, relay
    for n, gateway in enumerate(written.sms):
        yield "sms", n, gateway
    for n, service in enumerate(written.http):
        yield "http", n, service


def _providers(written: ProvidersFile, environment: Mapping[str, str]) -> Iterator[Provider]:
    for kind, _, entry in _entries(written):
        relay = entry if isinstance(entry, RelayEntry) else None
        gateway = entry if isinstance(entry, GatewayEntry) else None
        shape = {} if gateway is None else gateway.model_dump(exclude=_NOT_OF_THE_SHAPE)
        yield Provider(
            id=entry.id,
            kind=kind,
            limits=tuple(limit for text in entry.limits for limit in limits_of(text)),
            order=1 if relay is None else relay.order,
            regions=(EVERYWHERE,) if relay is None else tuple(relay.regions),
            url="" if relay is None else _filled_url(relay.url, environment),
            token="" if gateway is None else _filled(gateway.token, environment),
            gateway=shape,
        )


_NOT_OF_THE_SHAPE = {"id", "limits", "url", "order", "regions", "token"}


def _problems(
    document: Document, written: ProvidersFile, environment: Mapping[str, str]
) -> Iterator[Problem]:
    ids: dict[str, Loc] = {}
    places: dict[tuple[str, ...], Loc] = {}
    for kind, n, entry in _entries(written):
        loc: Loc = (kind, n)
        first = ids.setdefault(entry.id, loc)
        if first != loc:
            line = document.place((*first, "id")).line
            yield document.problem(
                (*loc, "id"),
                "PV001",
                f"provider `{entry.id}` is described twice",
                hint=f"it already stands in line {line}; give this one an id of its own",
            )
        yield from _limit_problems(document, entry, loc)
        if isinstance(entry, RelayEntry):
            yield from _relay_problems(document, entry, loc, environment)
            first = places.setdefault(_address(kind, entry, environment), loc)
            if first != loc:
                line = document.place((*first, "url")).line
                yield document.problem(
                    (*loc, "url"),
                    "PV002",
                    f"`{entry.id}` has the same address as the provider in line {line}",
                    hint="a second provider is there for when the first one fails; leave one out",
                )


def _limit_problems(document: Document, entry: ServiceEntry, loc: Loc) -> Iterator[Problem]:
    for n, text in enumerate(entry.limits):
        try:
            limits_of(text)
        except ValueError as error:
            message, _, hint = str(error).partition("; ")
            yield document.problem((*loc, "limits", n), "PV003", message, hint=hint)


def _relay_problems(
    document: Document, entry: RelayEntry, loc: Loc, environment: Mapping[str, str]
) -> Iterator[Problem]:
    secret = {"token": entry.token} if isinstance(entry, GatewayEntry) else {}
    for key, text in {"url": entry.url, **secret}.items():
        for name in _VARIABLE.findall(text):
            if not environment.get(name):
                yield document.problem(
                    (*loc, key),
                    "PV004",
                    f"the variable `{name}` is not set",
                    hint=f"set {name} in the environment or in .env",
                )
    is_mail = not isinstance(entry, GatewayEntry)
    fault = _url_fault(_split(_filled_url(entry.url, environment)), is_mail=is_mail)
    if fault:
        yield document.problem((*loc, "url"), "PV005", fault[0], hint=fault[1])
    for n, region in enumerate(entry.regions):
        if region != EVERYWHERE and not (_DOMAIN if is_mail else _PREFIX).fullmatch(region):
            yield document.problem(
                (*loc, "regions", n),
                "PV006",
                f"`{region}` is not a region",
                hint="write a domain such as partner.example, or `*`"
                if is_mail
                else "write the beginning of a number such as +49, or `*`",
            )


def _url_fault(parts: SplitResult, *, is_mail: bool) -> tuple[str, str] | None:
    known = ("mailto", "mailtos") if is_mail else ("http", "https")
    example = (
        "mailtos://user:${PASSWORD}@relay.example:587"
        if is_mail
        else "https://gateway.example/sms"
    )
    if parts.scheme not in known or not parts.hostname:
        return "this is not the URL of such a provider", f"write it like {example}"
    if is_mail and (parts.path.strip("/") or re.search(r"(^|&)(to|cc|bcc)=", parts.query)):
        return "a relay's URL names no recipient", f"write it like {example}"
    return None


def _address(kind: str, entry: RelayEntry, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return what makes two providers the same: server, path and account, not the order."""
    parts = _split(_filled_url(entry.url, environment))
    token = _filled(entry.token, environment) if isinstance(entry, GatewayEntry) else ""
    where = parts.netloc.rpartition("@")[2].lower()
    return kind, where, parts.path.rstrip("/"), parts.query, parts.username or "", token


def _filled(text: str, environment: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: environment.get(found["name"], ""), text)


def _filled_url(text: str, environment: Mapping[str, str]) -> str:
    # A variable that is a whole URL stays as it is; a password in one may hold any sign.
    if _VARIABLE.fullmatch(text.strip()):
        return _filled(text.strip(), environment)
    quoted = {name: quote(value, safe="") for name, value in environment.items()}
    return _filled(text, quoted)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 -- it raises where the port is no number
    except ValueError:
        return urlsplit("")
    return parts
