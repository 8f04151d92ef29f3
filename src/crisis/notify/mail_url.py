"""Mail addresses in the contact directory, turned into URLs of our own schema."""

import ipaddress
import re
from urllib.parse import quote, unquote, urlsplit

# Apprise takes letters and figures only in a schema.
PLAIN, SECURE = "crisismail", "crisismails"
MAIL_URL = re.compile(r"(?P<schema>mailtos?)://(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
MAIL_ADDRESS = re.compile(r"(?:mailto:)?(?P<address>[^@\s/:?,;]+@[^@\s/:?,;]+)", re.IGNORECASE)
SMTPS_PORT = 465


def mail_url(address: str, *, relay: str, sender: str) -> str | None:
    """
    Return the URL our mail plugin is opened with, or None if this is no mail address.

    `address` is a mail address, which goes through `relay` (an Apprise mail URL
    without a recipient), or a `mailto://` or `mailtos://` URL that names its own
    relay. `sender`, unless empty, replaces the URL's own.

    `mailto://` means STARTTLS too, except to this machine; only `mode=insecure`
    sends in the clear over a network (`law-and-trust.md` §6.3: transport
    encryption is the minimum).
    """
    plain = MAIL_ADDRESS.fullmatch(address.strip())
    found = MAIL_URL.fullmatch(relay.strip() if plain else address.strip())
    if found is None:
        return None
    place, _, query = found["rest"].partition("?")
    split = [argument.partition("=") for argument in query.split("&") if argument]
    arguments = [(name, _with_ascii_domain(value, name=name)) for name, _, value in split]
    if sender:
        arguments = [pair for pair in arguments if pair[0] not in {"from", "name"}]
        arguments.append(("from", quote(sender, safe="")))
    if plain:
        arguments.append(("to", _with_ascii_domain(quote(plain["address"], safe=""), name="to")))
    names = {name for name, _value in arguments}
    host, port = _host_and_port(place)
    if "mode" not in names and port == SMTPS_PORT:
        arguments.append(("mode", "ssl"))
    own = "mode" in names or _is_this_machine(host)
    schema = PLAIN if own and found["schema"].lower() == "mailto" else SECURE
    return f"{schema}://{place}?" + "&".join(f"{name}={value}" for name, value in arguments)


def is_mail_address(address: str) -> bool:
    """Return whether an address is a plain one, which goes through the house's relay."""
    return MAIL_ADDRESS.fullmatch(address.strip()) is not None


def _with_ascii_domain(value: str, *, name: str) -> str:
    """Return a quoted mail address with its domain in IDNA form, as envelopes want it."""
    if name not in {"to", "from"}:
        return value
    local, at, domain = unquote(value).rpartition("@")
    if domain.isascii():
        return value
    try:
        return quote(f"{local}{at}{domain.encode('idna').decode()}", safe="")
    except UnicodeError:
        return value


def _host_and_port(place: str) -> tuple[str, int | None]:
    split = urlsplit(f"//{place}")
    try:
        port = split.port
    except ValueError:
        port = None
    return split.hostname or "", port


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
