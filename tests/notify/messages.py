"""Messages, an address book and settings with plain defaults; a test names only what matters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crisis.core.contact import ChannelKind, Tlp
from crisis.core.delivery import Outcome, OutcomeKind, Outgoing

LINK = "https://lage.example/p/u4TsYx0nq2b8Kd6mWv1z9A"
SENT_AT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


def an_outgoing(
    attempt: str = "20260329-0130-k7m2/ask/cy/1",
    *,
    channel: str = "cy",
    kind: ChannelKind = ChannelKind.EMAIL,
    title: str = "[ÜBUNG] Bitte um Rückmeldung",
    body: str = "Bitte bis 14:00 Uhr bestätigen.\nCode AHORN 47",
    link: str = LINK,
    provider: str = "",
) -> Outgoing:
    return Outgoing(
        id=attempt,
        channel=channel,
        kind=kind,
        title=title,
        body=body,
        link=link,
        code="AHORN 47",
        language="de",
        exercise=True,
        sent_at=SENT_AT,
        provider=provider,
    )


@dataclass(frozen=True, slots=True)
class Book:
    """Addresses by channel id."""

    addresses: Mapping[str, str] = field(default_factory=dict)

    def address(self, channel_id: str) -> str | None:
        """Return the address, or None."""
        return self.addresses.get(channel_id)

    def kind(self, channel_id: str) -> ChannelKind | None:
        """Return mail for every channel: the courier goes by the message's kind."""
        return ChannelKind.EMAIL if channel_id in self.addresses else None

    def max_tlp(self, channel_id: str) -> Tlp | None:
        """Return None: nothing is known."""
        del channel_id
        return None


def accepted(code: str, provider: str = "") -> Outcome:
    return Outcome(kind=OutcomeKind.ACCEPTED, code=code, provider=provider)


def rejected(code: str, provider: str = "") -> Outcome:
    return Outcome(kind=OutcomeKind.REJECTED, code=code, provider=provider)


def deferred(code: str, provider: str = "") -> Outcome:
    return Outcome(kind=OutcomeKind.DEFERRED, code=code, provider=provider)


def unknown(code: str, provider: str = "") -> Outcome:
    return Outcome(kind=OutcomeKind.UNKNOWN, code=code, provider=provider)
