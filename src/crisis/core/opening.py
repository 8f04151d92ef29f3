"""What opening an incident pins: the playbook, an extract of the directory, the gaps."""

import json
from dataclasses import asdict
from hashlib import sha256

from crisis.core.availability import Rota
from crisis.core.contact import FEDERAL, Contact, Directory, Partner, is_held
from crisis.core.playbook import Mandatory, Playbook


def extract(directory: Directory, *, region: str) -> Directory:
    """
    Return the part of a directory that an incident in a region can need.

    Partners responsible for the region and the members through whom they act, with
    everyone who answers, stands in or stands above for them.
    """
    here = {partner.id for partner in directory.partners if _covers(partner, region)}
    partners = tuple(
        partner
        for partner in directory.partners
        if partner.id in here or not here.isdisjoint(partner.member_of)
    )
    wanted = [partner.contact for partner in partners]
    kept: dict[str, Contact] = {}
    while wanted:
        contact_id = wanted.pop()
        if contact_id in kept or contact_id not in directory.contacts:
            continue
        kept[contact_id] = directory.contacts[contact_id]
        wanted.extend(_connected(kept[contact_id]))
    return Directory(
        partners=partners,
        contacts={name: kept[name] for name in sorted(kept)},
        holidays=directory.holidays,
        neighbours={key: near for key, near in directory.neighbours.items() if key == region[:5]},
    )


def gaps(playbook: Playbook, directory: Directory, *, region: str) -> tuple[str, ...]:
    """Return `STEP needs ROLE` for each role of a binding step that nobody holds."""
    return tuple(
        f"{step.id} needs {role}"
        for step in playbook.steps
        if step.mandatory is not Mandatory.OPTIONAL
        for role in step.roles
        if not is_held(directory, role, region=region)
    )


def digest(playbook: Playbook) -> str:
    """Return the SHA-256 of a playbook's content, the same for the same content."""
    text = json.dumps(asdict(playbook), sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode()).hexdigest()


def _covers(partner: Partner, region: str) -> bool:
    return any(prefix == FEDERAL or region.startswith(prefix) for prefix in partner.regions)


def _connected(contact: Contact) -> tuple[str, ...]:
    shifts = contact.availability.shifts if isinstance(contact.availability, Rota) else ()
    named = (contact.deputy, contact.superior, *(shift.holder for shift in shifts))
    return tuple(name for name in dict.fromkeys(named) if name is not None)
