"""
Who can be asked: organisations' units (partners), their functions (contacts), channels.

A contact is a function, never a named person (`law-and-trust.md` §6.1). The
directory that is pinned into an incident holds ids, titles, capabilities and
hours, but no address: addresses are looked up by channel id when a message goes
out, so a corrected number takes effect at once (ADR 0004).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from crisis.core.availability import (
    Availability,
    Holidays,
    Rota,
    RoundTheClock,
    answers_at,
    holder_at,
)
from crisis.core.material import Material
from crisis.core.words import Words

FEDERAL = "00"


class Tlp(IntEnum):
    """Traffic Light Protocol 2.0, ordered by how tightly the content is held."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4


class ChannelKind(StrEnum):
    """The ways out of the house."""

    EMAIL = "email"
    HTTP = "http"
    SMS = "sms"
    PHONE_BY_HAND = "phone-by-hand"
    PORTAL = "portal"


class Audience(StrEnum):
    """For whom a line is there; partners are alerted over their own lines only (S1.18)."""

    PARTNERS = "partners"
    AFFECTED = "affected"
    CITIZENS = "citizens"
    PRESS = "press"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """
    One way to reach a contact, without its address.

    `max_tlp` is the tightest content it may carry (a mailbox that takes no
    encrypted mail: GREEN). `out_of_hours` marks the stand-by line. `audience` is for whom
    it is there.
    """

    id: str
    kind: ChannelKind
    hours: Availability
    max_tlp: Tlp = Tlp.GREEN
    encrypted: bool = False
    out_of_hours: bool = False
    provider: str = ""
    verified_on: date | None = None
    audience: Audience = Audience.PARTNERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A function that can be reached, with who stands in and who stands above."""

    id: str
    title: Words
    channels: tuple[Channel, ...]
    availability: Availability
    deputy: str | None = None
    superior: str | None = None
    language: str = "de"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """
    An organisation's unit that holds roles in regions (AGS prefixes, `00` federal).

    `contact` is the id of the function that is asked first. `competences` and
    `must_not` come from the controlled list of `partners.md` §2.1. `member_of` are the
    partners through which it is informed (S4.4: a hub between Land and local centres).
    """

    id: str
    organisation: str
    name: Words
    regions: tuple[str, ...]
    roles: tuple[str, ...]
    contact: str
    competences: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """
    All partners and contacts an incident may need, with the holidays their hours depend on.

    `neighbours` are the districts beside a district, by their keys of five digits;
    `materials` is what steps hand out, by id.
    """

    partners: tuple[Partner, ...] = ()
    contacts: Mapping[str, Contact]
    holidays: Holidays
    neighbours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    materials: Mapping[str, Material] = field(default_factory=dict)

    def partner(self, partner_id: str) -> Partner:
        """
        Return the partner of this id.

        Raises:
            KeyError: the directory has no such partner.
        """
        for partner in self.partners:
            if partner.id == partner_id:
                return partner
        raise KeyError(partner_id)


def holders(directory: Directory, role: str, *, region: str) -> tuple[Partner, ...]:
    """
    Return the partners that hold a role in a region, the most local ones.

    The longest matching AGS prefix wins, then the Land, then `00` federal
    (`partners.md` §2.3). Several units with the same prefix are all returned.
    """
    reach = [
        (nearness(partner, region), partner)
        for partner in directory.partners
        if role in partner.roles
    ]
    nearest = max((near for near, _ in reach), default=0)
    return tuple(partner for near, partner in reach if near == nearest and near)


def holds_any(directory: Directory, partner: str, roles: Iterable[str], *, region: str) -> bool:
    """Return whether a partner is one of the most local holders of any of some roles."""
    return any(
        partner == each.id for role in roles for each in holders(directory, role, region=region)
    )


def is_held(directory: Directory, role: str, *, region: str) -> bool:
    """Return whether anybody at all holds a role in a region."""
    return any(
        role in partner.roles and nearness(partner, region) for partner in directory.partners
    )


def nearness(partner: Partner, region: str) -> int:
    """Return how local a partner is to a region: the prefix's length, 1 federal, 0 not at all."""
    nearest = 0
    for prefix in partner.regions:
        if prefix == FEDERAL:
            nearest = max(nearest, 1)
        elif region.startswith(prefix):
            nearest = max(nearest, len(prefix))
    return nearest


def on_duty(directory: Directory, contact_id: str, *, at: datetime) -> Contact | None:
    """
    Return who answers for a contact at a moment, or None if nobody does.

    A contact with a rota stands for the holder of the shift; a gap in the rota
    means nobody.
    """
    contact = directory.contacts[contact_id]
    if isinstance(contact.availability, Rota):
        holder = holder_at(contact.availability, at=at)
        return None if holder is None else directory.contacts[holder]
    return contact


def contacts_of(directory: Directory, partner_id: str) -> tuple[str, ...]:
    """Return the ids of whom a partner is asked through: first contact, deputy, superior."""
    first = directory.partner(partner_id).contact
    contact = directory.contacts[first]
    return tuple(one for one in (first, contact.deputy, contact.superior) if one is not None)


def partner_lines(contact: Contact) -> tuple[Channel, ...]:
    """Return the channels of a contact over which partners may be asked (S1.18)."""
    channels = contact.channels
    # Hardly any contact has another line, and a wave asks for thousands of them.
    if all(channel.audience is Audience.PARTNERS for channel in channels):
        return channels
    return tuple(channel for channel in channels if channel.audience is Audience.PARTNERS)


def is_open(channel: Channel, *, at: datetime, directory: Directory) -> bool:
    """Return whether a channel is answered at a moment."""
    hours = channel.hours
    # Most lines are answered at any hour, and a wave asks for thousands of them.
    return isinstance(hours, RoundTheClock) or answers_at(
        hours, at=at, holidays=directory.holidays
    )


def is_spoken(contact: Contact, channel_id: str) -> bool:
    """Return whether one of a contact's channels is a call that a human makes."""
    # A loop, because a long run asks this for every attempt at every look.
    for channel in contact.channels:
        if channel.kind is ChannelKind.PHONE_BY_HAND and channel.id == channel_id:
            return True
    return False
