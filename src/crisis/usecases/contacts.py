"""
Who would be asked: the question that `crisis contacts who` answers before the night comes.

Pure: the same look at the directory that the planner takes, put so that a person
can check it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crisis.core.contact import (
    Channel,
    ChannelKind,
    Contact,
    Directory,
    Partner,
    Tlp,
    holders,
    is_open,
    on_duty,
    partner_lines,
)
from crisis.core.words import Words


class Reach(StrEnum):
    """Whether somebody answers at a moment, and if not, why."""

    ANSWERED = "answered"
    UNSTAFFED = "unstaffed"
    NO_CHANNEL = "no-channel"
    CLOSED = "closed"


REACH_WORDS = {
    Reach.ANSWERED: Words(
        de="erreichbar",
        en="reachable",
    ),
    Reach.UNSTAFFED: Words(
        de="nicht erreichbar: Der Dienstplan hat hier eine Lücke.",
        en="not reachable: the rota has a gap here.",
    ),
    Reach.NO_CHANNEL: Words(
        de="nicht erreichbar: Es ist kein Kanal hinterlegt, der von selbst klingelt.",
        en="not reachable: no channel is on file that rings by itself.",
    ),
    Reach.CLOSED: Words(
        de="nicht erreichbar: Um diese Zeit antwortet auf keinem Kanal jemand.",
        en="not reachable: nobody answers on any channel at this hour.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAnswer:
    """One channel at a moment: is it answered, and what may it carry?"""

    id: str
    kind: ChannelKind
    is_open: bool
    out_of_hours: bool
    max_tlp: Tlp


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAnswer:
    """
    One function at a moment.

    `contact` is the function that was looked for, `on_duty` the one that answers
    for it (they differ on a rota), None where the rota has a gap. `channels` are
    those of `on_duty`, answered ones first, else in the order of the directory.
    """

    contact: str
    on_duty: str | None
    title: Words
    channels: tuple[ChannelAnswer, ...]
    reach: Reach

    @property
    def reachable(self) -> bool:
        """Whether somebody answers."""
        return self.reach is Reach.ANSWERED

    @property
    def why(self) -> Words:
        """The reach in words."""
        return REACH_WORDS[self.reach]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerAnswer:
    """A partner with who is asked first, who stands in and who stands above."""

    partner: str
    organisation: str
    name: Words
    first: ContactAnswer
    deputy: ContactAnswer | None
    superior: ContactAnswer | None

    @property
    def reachable(self) -> bool:
        """Whether anybody on the three levels answers."""
        levels = (self.first, self.deputy, self.superior)
        return any(level is not None and level.reachable for level in levels)


def who(
    directory: Directory, role: str, *, region: str, at: datetime
) -> tuple[PartnerAnswer, ...]:
    """
    Return the partners that hold a role in a region, with who answers at a moment.

    Empty where nobody holds the role: then the lead gets the task (`practice.md`
    L-03). `region` is an AGS prefix, `at` an aware moment.
    """
    return tuple(
        _partner_answer(directory, partner, at=at)
        for partner in holders(directory, role, region=region)
    )


def roles_held(directory: Directory) -> tuple[str, ...]:
    """Return every role that somebody holds, sorted."""
    return tuple(sorted({role for partner in directory.partners for role in partner.roles}))


def answer_of(directory: Directory, contact_id: str, *, at: datetime) -> ContactAnswer:
    """
    Return who answers for one contact at a moment.

    Raises:
        KeyError: the directory has no such contact.
    """
    asked = directory.contacts[contact_id]
    holder = on_duty(directory, contact_id, at=at)
    channels = () if holder is None else _channel_answers(directory, holder, at=at)
    return ContactAnswer(
        contact=contact_id,
        on_duty=None if holder is None else holder.id,
        title=asked.title if holder is None else holder.title,
        channels=channels,
        reach=_reach(holder, channels),
    )


def _partner_answer(directory: Directory, partner: Partner, *, at: datetime) -> PartnerAnswer:
    asked = directory.contacts[partner.contact]
    deputy, superior = (
        None if other is None else answer_of(directory, other, at=at)
        for other in (asked.deputy, asked.superior)
    )
    return PartnerAnswer(
        partner=partner.id,
        organisation=partner.organisation,
        name=partner.name,
        first=answer_of(directory, asked.id, at=at),
        deputy=deputy,
        superior=superior,
    )


def _channel_answers(
    directory: Directory, contact: Contact, *, at: datetime
) -> tuple[ChannelAnswer, ...]:
    answers = (_channel_answer(directory, channel, at=at) for channel in partner_lines(contact))
    return tuple(sorted(answers, key=lambda answer: not answer.is_open))


def _channel_answer(directory: Directory, channel: Channel, *, at: datetime) -> ChannelAnswer:
    return ChannelAnswer(
        id=channel.id,
        kind=channel.kind,
        is_open=is_open(channel, at=at, directory=directory),
        out_of_hours=channel.out_of_hours,
        max_tlp=channel.max_tlp,
    )


def _reach(holder: Contact | None, channels: tuple[ChannelAnswer, ...]) -> Reach:
    if holder is None:
        return Reach.UNSTAFFED
    # A page does not ring: nobody looks at it unless something else told them to.
    ringing = [channel for channel in channels if channel.kind is not ChannelKind.PORTAL]
    if not ringing:
        return Reach.NO_CHANNEL
    return Reach.ANSWERED if any(channel.is_open for channel in ringing) else Reach.CLOSED
