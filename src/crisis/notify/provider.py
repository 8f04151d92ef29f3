"""A mail relay or an SMS gateway: what it is called, whom it serves, in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from crisis.core.contact import ChannelKind
from crisis.notify.mail import CrisisEmail
from crisis.notify.mail_url import MAIL_ADDRESS
from crisis.notify.sms_gateway import Gateway
from crisis.notify.target import mail_target

EVERYWHERE = "*"
# So the providers are called that were set by single variables, without a file.
MAIL_ID, SMS_ID = "mail", "sms"
# Any recipient will do to check a relay.
SOMEBODY = "somebody@partner.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """
    One way out for one kind of message.

    `order`: the lowest is tried first. `regions` are recipients' domains for mail
    (subdomains included) and prefixes of numbers for text messages, `*` for all.
    `relay` is an Apprise mail URL without a recipient; a text message has a gateway.
    """

    id: str
    kind: ChannelKind
    order: int = 1
    regions: tuple[str, ...] = (EVERYWHERE,)
    relay: str = field(default="", repr=False)
    gateway: Gateway | None = None

    def serves(self, address: str) -> bool:
        """Return whether it carries to a plain mail address or a number in E.164 form."""
        return any(self._is_in(address, region) for region in self.regions)

    def problems(self) -> tuple[str, ...]:
        """Return in words what keeps it from being used; its address is never quoted."""
        if self.kind is ChannelKind.SMS:
            return ("it has no gateway",) if self.gateway is None else self.gateway.problems()
        target = mail_target(SOMEBODY, relay=self.relay, sender="")
        if isinstance(target, CrisisEmail):
            return target.faults()
        return ("Apprise refuses its URL; write mailtos://user:password@relay.example/?from=…",)

    def _is_in(self, address: str, region: str) -> bool:
        if region == EVERYWHERE:
            return True
        if self.kind is ChannelKind.SMS:
            return address.startswith(region)
        plain = MAIL_ADDRESS.fullmatch(address.strip())
        domain = (plain["address"] if plain else "").rpartition("@")[2].lower()
        return domain == region.lower() or domain.endswith(f".{region.lower()}")


def in_order(providers: Iterable[Provider], *, first: str = "") -> tuple[Provider, ...]:
    """Return providers in the order in which to try them, the one named `first` before all."""
    return tuple(sorted(providers, key=lambda each: (each.id != first, each.order)))
