"""The way out of the house: one message, one address, one outcome."""

import functools
import logging
import ssl
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crisis.core.contact import ChannelKind
from crisis.core.delivery import Outcome, OutcomeKind, Outgoing
from crisis.notify.apprise_door import ready
from crisis.notify.http import GATEWAY_HARD, WEBHOOK_HARD, HttpDesk
from crisis.notify.mail import CrisisEmail, MailRoom
from crisis.notify.mail_url import is_mail_address, mail_url
from crisis.notify.phone_number import e164
from crisis.notify.provider import MAIL_ID, SMS_ID, Provider
from crisis.notify.roster import BreakerRule, Room, Roster
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

    `time_limit_s` is for one provider, from looking the host up to the outcome; an
    attempt that goes on to the next one ends after `LONGEST_S` all the same.
    `mail_relay` is an Apprise mail URL without a recipient, for directory
    entries that are plain mail addresses, `gateway` takes text messages: the ones
    that were set without a file, beside `providers`. `mail_sender` (`Name
    <address>`), unless empty, is the sender of every mail, whatever its URL says:
    partners must be able to recognise us. `ca_bundle` names a PEM file to trust
    instead of the system's.
    """

    time_limit_s: float = 10.0
    mail_relay: str = field(default="", repr=False)
    mail_sender: str = ""
    ca_bundle: Path | None = None
    gateway: Gateway | None = None
    providers: tuple[Provider, ...] = ()
    breaker: BreakerRule = field(default_factory=BreakerRule)

    def every_provider(self) -> tuple[Provider, ...]:
        """Return all relays and gateways, those of single settings included."""
        single = []
        if self.mail_relay:
            single.append(Provider(id=MAIL_ID, kind=ChannelKind.EMAIL, relay=self.mail_relay))
        if self.gateway is not None:
            single.append(Provider(id=SMS_ID, kind=ChannelKind.SMS, gateway=self.gateway))
        return (*single, *self.providers)


class Courier:
    """
    Carry messages to the addresses behind channel ids (`usecases.ports.Sender`).

    Safe to be called from many threads; each call uses its caller's thread and
    ends within the time limit. The log gets channel id, attempt id, outcome and
    provider, never an address, a text or a link.

    Args:
        addresses: the addresses behind channel ids.
        settings: the ways out.
        clock: seconds that only ever grow, for the breakers.
    """

    def __init__(
        self,
        addresses: Addresses,
        settings: CourierSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        # The first message must not wait for Apprise to load its plugins.
        ready()
        self._addresses = addresses
        self._settings = settings
        self._tls_lock = threading.Lock()
        self._tls: ssl.SSLContext | None = None
        self._mail_room = MailRoom(self._context)
        self._http_desk = HttpDesk(self._context)
        self._roster = Roster(settings.every_provider(), rule=settings.breaker, clock=clock)
        self._mail_target = functools.lru_cache(REMEMBERED)(
            functools.partial(mail_target, sender=settings.mail_sender)
        )
        self._http_target = functools.lru_cache(REMEMBERED)(http_target)
        self._ways: dict[ChannelKind, Callable[[str, Outgoing], Outcome]] = {
            ChannelKind.EMAIL: self._mail,
            ChannelKind.HTTP: self._post,
            ChannelKind.SMS: self._text,
            # The task itself lives in the incident; the number is on the duty officer's page.
            ChannelKind.PHONE_BY_HAND: lambda _address, _outgoing: ON_THE_DESK,
        }

    def send(self, outgoing: Outgoing) -> Outcome:
        """
        Try once and return what became of it; never raises.

        A mistake of our own is an outcome too: deferred if it happened before
        anything was done, unknown from then on, with code `internal-<class>`.
        """
        outcome = self._try(outgoing)
        log.info(
            "channel %s, attempt %s: %s %s%s",
            outgoing.channel,
            outgoing.id,
            outcome.kind,
            outcome.code,
            f" ({outcome.provider})" if outcome.provider else "",
        )
        return outcome

    def providers(self, channel: str, kind: ChannelKind) -> tuple[str, ...]:
        """Return the ids of who may carry to a channel now, in order; see `ports.Routes`."""
        try:
            address = self._addresses.address(channel) or ""
        except Exception:  # noqa: BLE001 -- `send` makes an outcome of it
            return ()
        number = e164(address) if kind is ChannelKind.SMS else address
        if number is None or (kind is ChannelKind.EMAIL and not is_mail_address(address)):
            return ()  # no number at all, or a mailbox with a relay of its own
        serving = self._roster.serving(kind, number)
        return tuple(provider.id for provider in self._roster.ready(serving))

    def breakers(self) -> Mapping[str, str]:
        """Return the state of every provider's breaker by id: closed, open or half-open."""
        return {name: state.value for name, state in self._roster.states().items()}

    def ask_for_room(self, room: Room) -> None:
        """Have asked whether a provider that was not claimed has room for a message."""
        self._roster.room = room

    def close(self) -> None:
        """Take leave of all providers; later messages open connections of their own."""
        self._mail_room.close()
        self._http_desk.close()

    def _try(self, outgoing: Outgoing) -> Outcome:
        if outgoing.kind is ChannelKind.PORTAL:
            return ON_THE_PAGE
        try:
            address = self._addresses.address(outgoing.channel)
        except Exception as error:  # noqa: BLE001 -- the port promises that nothing is raised
            return _internal(OutcomeKind.DEFERRED, error, outgoing)
        if address is None:
            return NO_SUCH_CHANNEL
        try:
            return self._ways[outgoing.kind](address, outgoing)
        except Exception as error:  # noqa: BLE001 -- the port promises that nothing is raised
            return _internal(OutcomeKind.UNKNOWN, error, outgoing)

    def _mail(self, address: str, outgoing: Outgoing) -> Outcome:
        if not is_mail_address(address):
            outcome = self._mail_over("", address, outgoing, self._ends())
            return self._roster.note(outgoing.provider, outcome)

        def tried(provider: Provider, ends: float) -> Outcome:
            return self._mail_over(provider.relay, address, outgoing, ends)

        serving = self._roster.serving(ChannelKind.EMAIL, address)
        limit = self._settings.time_limit_s
        return self._roster.carry(serving, outgoing, tried, limit_s=limit) or NO_RELAY

    def _mail_over(self, relay: str, address: str, outgoing: Outgoing, ends: float) -> Outcome:
        match self._mail_target(address, relay=relay):
            case CrisisEmail() as target if not target.faults():
                letter = target.letter(outgoing)
                return self._mail_room.deliver(letter, target.relay(), ends=ends)
            case Stock(url=url):
                return deliver_over_stock(url, outgoing, ends=ends)
            case _:
                # The partner's mailbox is not to blame where the house has no way out.
                lost = (
                    is_mail_address(address) and mail_url(address, relay=relay, sender="") is None
                )
                return NO_RELAY if lost else BAD_ADDRESS

    def _post(self, address: str, outgoing: Outgoing) -> Outcome:
        match self._http_target(address):
            case CrisisJson() as target if not target.faults():
                request = target.request(outgoing)
                outcome = self._http_desk.deliver(request, hard=WEBHOOK_HARD, ends=self._ends())
            case Stock(url=url):
                outcome = deliver_over_stock(url, outgoing, ends=self._ends())
            case _:
                return BAD_ADDRESS
        return self._roster.note(outgoing.provider, outcome)

    def _text(self, address: str, outgoing: Outgoing) -> Outcome:
        number = e164(address)
        if number is None:
            return NOT_A_NUMBER

        def tried(provider: Provider, ends: float) -> Outcome:
            gateway = provider.gateway
            if gateway is None or gateway.problems():
                return NO_GATEWAY
            request = gateway.request(outgoing, number)
            return self._http_desk.deliver(request, hard=GATEWAY_HARD, ends=ends)

        serving = self._roster.serving(ChannelKind.SMS, number)
        limit = self._settings.time_limit_s
        return self._roster.carry(serving, outgoing, tried, limit_s=limit) or NO_GATEWAY

    def _ends(self) -> float:
        return time.monotonic() + self._settings.time_limit_s

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
