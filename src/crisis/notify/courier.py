"""The way out of the house: one message, one address, one outcome."""

import functools
import logging
import ssl
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crisis.core.contact import ChannelKind
from crisis.core.delivery import Outcome, OutcomeKind, Outgoing
from crisis.notify.apprise_door import ready
from crisis.notify.http import GATEWAY_HARD, WEBHOOK_HARD, HttpDesk
from crisis.notify.mail import CrisisEmail, MailRoom
from crisis.notify.mail_url import is_mail_address, mail_url
from crisis.notify.phone_number import e164
from crisis.notify.sms_gateway import Gateway
from crisis.notify.stock import BAD_ADDRESS, deliver_over_stock
from crisis.notify.target import Stock, http_target, mail_target
from crisis.notify.webhook import CrisisJson
from crisis.usecases.ports import Addresses

log = logging.getLogger("crisis.notify")

NO_SUCH_CHANNEL = Outcome(kind=OutcomeKind.REJECTED, code="no-such-channel")
ON_THE_DESK = Outcome(kind=OutcomeKind.ACCEPTED, code="on-the-desk")
ON_THE_PAGE = Outcome(kind=OutcomeKind.ACCEPTED, code="on-the-page")
NOT_A_NUMBER = Outcome(kind=OutcomeKind.REJECTED, code="not-a-number")
NO_RELAY = Outcome(kind=OutcomeKind.DEFERRED, code="no-relay")
NO_GATEWAY = Outcome(kind=OutcomeKind.DEFERRED, code="no-gateway")
# Opened addresses are remembered by their text: a corrected one is opened anew.
REMEMBERED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierSettings:
    """
    How messages leave the house.

    `time_limit_s` is for one attempt, from looking the host up to the outcome.
    `mail_relay` is an Apprise mail URL without a recipient, for directory
    entries that are plain mail addresses. `mail_sender` (`Name <address>`), unless
    empty, is the sender of every mail, whatever its URL says: partners must be
    able to recognise us. `ca_bundle` names a PEM file to trust instead of the
    system's.
    """

    time_limit_s: float = 10.0
    mail_relay: str = field(default="", repr=False)
    mail_sender: str = ""
    ca_bundle: Path | None = None
    gateway: Gateway | None = None


class Courier:
    """
    Carry messages to the addresses behind channel ids (`usecases.ports.Sender`).

    Safe to be called from many threads; each call uses its caller's thread and
    ends within the time limit. The log gets channel id, attempt id and outcome,
    never an address, a text or a link.
    """

    def __init__(self, addresses: Addresses, settings: CourierSettings) -> None:
        # The first message must not wait for Apprise to load its plugins.
        ready()
        self._addresses = addresses
        self._settings = settings
        self._tls_lock = threading.Lock()
        self._tls: ssl.SSLContext | None = None
        self._mail_room = MailRoom(self._context)
        self._http_desk = HttpDesk(self._context)
        self._mail_target = functools.lru_cache(REMEMBERED)(
            functools.partial(mail_target, relay=settings.mail_relay, sender=settings.mail_sender)
        )
        self._http_target = functools.lru_cache(REMEMBERED)(http_target)
        self._ways: dict[ChannelKind, Callable[[str, Outgoing, float], Outcome]] = {
            ChannelKind.EMAIL: self._mail,
            ChannelKind.HTTP: self._post,
            ChannelKind.SMS: self._text,
            # The task itself lives in the incident; the number is on the duty officer's page.
            ChannelKind.PHONE_BY_HAND: lambda _address, _outgoing, _ends: ON_THE_DESK,
        }

    def send(self, outgoing: Outgoing) -> Outcome:
        """
        Try once and return what became of it; never raises.

        A mistake of our own is an outcome too: deferred if it happened before
        anything was done, unknown from then on, with code `internal-<class>`.
        """
        outcome = self._try(outgoing)
        log.info(
            "channel %s, attempt %s: %s %s",
            outgoing.channel,
            outgoing.id,
            outcome.kind,
            outcome.code,
        )
        return outcome

    def close(self) -> None:
        """Take leave of all providers; later messages open connections of their own."""
        self._mail_room.close()
        self._http_desk.close()

    def _try(self, outgoing: Outgoing) -> Outcome:
        if outgoing.kind is ChannelKind.PORTAL:
            return ON_THE_PAGE
        ends = time.monotonic() + self._settings.time_limit_s
        try:
            address = self._addresses.address(outgoing.channel)
        except Exception as error:  # noqa: BLE001 -- the port promises that nothing is raised
            return _internal(OutcomeKind.DEFERRED, error, outgoing)
        if address is None:
            return NO_SUCH_CHANNEL
        try:
            return self._ways[outgoing.kind](address, outgoing, ends)
        except Exception as error:  # noqa: BLE001 -- the port promises that nothing is raised
            return _internal(OutcomeKind.UNKNOWN, error, outgoing)

    def _mail(self, address: str, outgoing: Outgoing, ends: float) -> Outcome:
        match self._mail_target(address):
            case CrisisEmail() as target if not target.faults():
                letter = target.letter(outgoing)
                return self._mail_room.deliver(letter, target.relay(), ends=ends)
            case Stock(url=url):
                return deliver_over_stock(url, outgoing, ends=ends)
            case _:
                # The partner's mailbox is not to blame where the house has no way out.
                return NO_RELAY if self._lacks_relay(address) else BAD_ADDRESS

    def _lacks_relay(self, address: str) -> bool:
        relay = self._settings.mail_relay
        return is_mail_address(address) and mail_url(address, relay=relay, sender="") is None

    def _post(self, address: str, outgoing: Outgoing, ends: float) -> Outcome:
        match self._http_target(address):
            case CrisisJson() as target if not target.faults():
                request = target.request(outgoing)
                return self._http_desk.deliver(request, hard=WEBHOOK_HARD, ends=ends)
            case Stock(url=url):
                return deliver_over_stock(url, outgoing, ends=ends)
            case _:
                return BAD_ADDRESS

    def _text(self, address: str, outgoing: Outgoing, ends: float) -> Outcome:
        number = e164(address)
        if number is None:
            return NOT_A_NUMBER
        gateway = self._settings.gateway
        if gateway is None or gateway.problems():
            return NO_GATEWAY
        request = gateway.request(outgoing, number)
        return self._http_desk.deliver(request, hard=GATEWAY_HARD, ends=ends)

    def _context(self) -> ssl.SSLContext:
        """
        Return the one TLS context; loading the CA bundle takes 20 ms, so it is done once.

        Raises:
            SSLError: the bundle cannot be read; no connection is made then.
        """
        with self._tls_lock:
            if self._tls is None:
                try:
                    self._tls = ssl.create_default_context(cafile=self._settings.ca_bundle)
                except OSError as error:
                    log.error("CRISIS_CA_BUNDLE cannot be read: %s", type(error).__name__)  # noqa: TRY400 -- its class says enough
                    raise ssl.SSLError("no CA bundle") from error
            return self._tls


def _internal(kind: OutcomeKind, error: Exception, outgoing: Outgoing) -> Outcome:
    # The exception's own words may hold an address or a text; its class and place do not.
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    name = type(error).__name__
    log.error("channel %s, attempt %s: %s at %s", outgoing.channel, outgoing.id, name, place)
    return Outcome(kind=kind, code=f"internal-{name}")
