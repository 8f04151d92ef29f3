"""A library whose directory holds one partner many times: files of that size would be refused."""

from dataclasses import dataclass, replace
from datetime import datetime

from crisis.core.consent_policy import ConsentPolicy
from crisis.core.contact import Contact, Directory, Partner
from crisis.core.playbook import Playbook
from crisis.core.register import Register
from crisis.usecases.ports import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplied:
    """Keeps the port `Library`: the files of `one`, with each of its partners `times` over."""

    one: Library
    times: int

    def playbook_ids(self) -> tuple[str, ...]:
        """Return the ids of the files."""
        return self.one.playbook_ids()

    def playbook(self, playbook_id: str, *, region: str = "") -> Playbook:
        """Return a playbook of the files."""
        return self.one.playbook(playbook_id, region=region)

    def directory(self, *, around: datetime) -> Directory:
        """Return the files' directory with each partner and its contacts many times."""
        single = self.one.directory(around=around)
        partners, contacts = list[Partner](), dict(single.contacts)
        for partner in single.partners:
            for number in range(1, self.times + 1):
                more = _contacts(single, partner.contact, number)
                contacts |= {contact.id: contact for contact in more}
                partners.append(replace(partner, id=f"{partner.id}-{number}", contact=more[0].id))
        return replace(single, partners=tuple(partners), contacts=contacts)

    def consent_policy(self, *, region: str, around: datetime) -> ConsentPolicy | None:
        """Return the policy of the files."""
        return self.one.consent_policy(region=region, around=around)

    def register(self, *, around: datetime) -> Register:
        """Return the agreements of the files."""
        return self.one.register(around=around)


def _contacts(directory: Directory, name: str, number: int) -> tuple[Contact, ...]:
    """Return a contact of its own and, if it has one, a deputy of its own."""
    contact = directory.contacts[name]
    deputy = contact.deputy
    own = _copied(contact, number)
    if deputy is None:
        return (own,)
    second = _copied(directory.contacts[deputy], number)
    return (replace(own, deputy=second.id), second)


def _copied(contact: Contact, number: int) -> Contact:
    name = f"{contact.id}-{number}"
    channels = tuple(
        replace(channel, id=f"{name}-{channel.kind.value}") for channel in contact.channels
    )
    return replace(contact, id=name, channels=channels)
