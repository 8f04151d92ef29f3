"""A message on its way out, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crisis.core.contact import ChannelKind, Tlp


class OutcomeKind(StrEnum):
    """What is known of one attempt."""

    ACCEPTED = "accepted"  # the provider took responsibility
    REJECTED = "rejected"  # never by this address: wrong number, unknown mailbox
    DEFERRED = "deferred"  # not now: busy, rate-limited, provider down before it took the message
    UNKNOWN = "unknown"  # it may have arrived: silence after the message was out


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    What became of one attempt, with the provider's code (`250`, `550`, `429`, `timeout`).

    `provider` is the id of the relay, gateway or service that said so, empty if none has one.
    """

    kind: OutcomeKind
    code: str
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """
    One message to one contact over one channel.

    `id` names incident, step, partner and attempt, and stays the same for the
    life of the attempt, so that a provider can recognise a repeat. `link` is the
    partner's page, empty where the channel's content may not carry it. `provider` is
    the id of the provider whose room the message takes up, or the one that the
    directory names; empty leaves the choice to the sender. `tlp` is the label of its words;
    a request to look at the page has none to protect.
    """

    id: str
    channel: str
    kind: ChannelKind
    title: str
    body: str
    link: str
    code: str
    language: str
    exercise: bool
    sent_at: datetime
    provider: str = ""
    tlp: Tlp = Tlp.CLEAR
