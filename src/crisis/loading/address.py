"""
Addresses of channels: does one fit its kind, and in which form is it kept?

Telephone numbers are kept as E.164, or as one of the short codes (`interop.md` 5.6).
A mail address is kept bare and goes through the house's relay, or it is a `mailto://`
URL that names a relay of its own. Everything else is an Apprise URL. What only
Apprise can tell is asked in `crisis.notify.problems`.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from crisis.core.contact import ChannelKind
from crisis.loading.shape import did_you_mean

SHORT_CODES = frozenset({"110", "112", "115", "116006"})
MAIL_SCHEMES = frozenset({"mailto", "mailtos"})
# Apprise services that exist with and without TLS (then with an `s` at the end).
OPEN_SCHEMES = frozenset(
    {
        *("json", "form", "xml", "apprise", "gotify", "hassio", "matrix", "mmost"),
        *("mqtt", "nctalk", "ntfy", "rocket", "signal", "synology"),
    }
)
# Apprise services that always run over TLS.
SERVICE_SCHEMES = frozenset(
    {"msteams", "opsgenie", "pagerduty", "pover", "slack", "tgram", "wxteams", "zulip"}
)
HTTP_SCHEMES = OPEN_SCHEMES | SERVICE_SCHEMES | {f"{scheme}s" for scheme in OPEN_SCHEMES}
PHONE_KINDS = frozenset({ChannelKind.SMS, ChannelKind.PHONE_BY_HAND})

# Numbers that the Bundesnetzagentur keeps free for films: nobody is disturbed by them.
DRAMA_PREFIXES = ("+493023125", "+496990009", "+494066969", "+492214710", "+498999998")
DRAMA_LENGTH = {prefix: len(prefix) + 3 for prefix in DRAMA_PREFIXES}
DRAMA_MOBILE = "+4915228817386"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFault:
    """Why an address does not fit its kind, and what to write instead."""

    code: str
    message: str
    hint: str


# The same few addresses are asked for by each check of a contact.
@lru_cache(maxsize=4_096)
def normalised(kind: ChannelKind, address: str) -> str | AddressFault:
    """Return the address in the form in which it is kept, or what is wrong with it."""
    match kind:
        case ChannelKind.SMS | ChannelKind.PHONE_BY_HAND:
            return _number(address.strip(), short_codes=kind is ChannelKind.PHONE_BY_HAND)
        case ChannelKind.EMAIL:
            return _mail(address.strip())
        case ChannelKind.HTTP:
            return _http(address.strip())
        case ChannelKind.PORTAL:
            return AddressFault(
                code="CT013",
                message="a portal channel has no address",
                hint="remove `address`: the house makes the link",
            )


def is_fictional(kind: ChannelKind, address: str) -> bool:
    """
    Return whether a normalised address can reach nobody.

    Numbers must come from the Bundesnetzagentur's drama ranges, hosts from
    `.example` (RFC 2606). Short codes are real everywhere.
    """
    if kind in PHONE_KINDS:
        return address == DRAMA_MOBILE or any(
            address.startswith(prefix) and len(address) == length
            for prefix, length in DRAMA_LENGTH.items()
        )
    hosts = {urlsplit(address).hostname or ""} if "://" in address else set()
    if kind is ChannelKind.EMAIL:
        hosts |= {recipient.rpartition("@")[2] for recipient in recipients(address)}
    return all(host.endswith(".example") for host in hosts)


def recipients(address: str) -> tuple[str, ...]:
    """Return the mail addresses that a bare address or a `mailto://` URL leads to."""
    if "://" not in address:
        return (address,)
    parts = urlsplit(address)
    named = [one for value in parse_qs(parts.query).get("to", []) for one in value.split(",")]
    named += [unquote(part) for part in parts.path.split("/") if part]
    if named:
        return tuple(one.strip() for one in named)
    return (f"{unquote(parts.username or '')}@{parts.hostname or ''}",)


def _number(text: str, *, short_codes: bool) -> str | AddressFault:
    compact = "".join(text.split())
    if compact in SHORT_CODES:
        if short_codes:
            return compact
        return AddressFault(
            code="CT009",
            message="a short code cannot receive an SMS",
            hint="write the number of a mobile telephone or of an SMS gateway",
        )
    fault = AddressFault(
        code="CT009",
        message="this telephone number is not possible",
        hint="write it with its area code, for example +49 30 23125 100; short codes: 110, 112, "
        "115, 116006",
    )
    try:
        number = phonenumbers.parse(text, "DE")
    except phonenumbers.NumberParseException:
        return fault
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE or number.extension:
        return fault
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _mail(text: str) -> str | AddressFault:
    address = text if "://" in text else text.removeprefix("mailto:")
    scheme = address.partition("://")[0].lower()
    if "://" in address and scheme not in MAIL_SCHEMES:
        return AddressFault(
            code="CT010",
            message=f"`{scheme}://` is not a way to send mail",
            hint="write duty@partner.example, or use kind `http`",
        )
    try:
        for recipient in recipients(address):
            validate_email(recipient, check_deliverability=False)
    except (EmailNotValidError, ValueError):
        return AddressFault(
            code="CT010",
            message="this mail address is not valid",
            hint="write it like duty@partner.example",
        )
    return address


def _http(text: str) -> str | AddressFault:
    try:
        parts = urlsplit(text)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_sound = urlsplit(""), False
    if parts.scheme in {"http", "https"}:
        return AddressFault(
            code="CT011",
            message=f"`{parts.scheme}://` does not say what to send",
            hint="write `jsons://host/path` for JSON over HTTPS, `json://` over HTTP",
        )
    if parts.scheme not in HTTP_SCHEMES:
        return AddressFault(
            code="CT011",
            message="this is not a URL that the house can call",
            hint=did_you_mean(parts.scheme, iter(HTTP_SCHEMES)),
        )
    if not parts.hostname or not port_is_sound:
        return AddressFault(
            code="CT011",
            message="this URL has no host",
            hint="write it like jsons://alarm.partner.example/duty",
        )
    return text
