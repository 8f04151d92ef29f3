"""A directory as a playbook binds it: roles held by those whom the region named."""

from dataclasses import replace

from crisis.core.contact import Contact, Directory, Partner
from crisis.core.layer import Binding, MustNot


def bound(
    directory: Directory,
    bindings: tuple[Binding, ...],
    must_not: tuple[MustNot, ...],
    *,
    region: str,
) -> Directory:
    """
    Return the directory in which a playbook's roles are held by those whom it binds.

    A bound role is held by its units alone, and they cover `region` (an AGS key).
    A unit that the directory does not know is passed over; if none is known, the
    role stays with whoever held it, so that somebody is asked.
    """
    for binding in bindings:
        directory = _bind(directory, binding, region=region)
    return replace(
        directory,
        partners=tuple(_restrained(each, must_not) for each in directory.partners),
    )


def _bind(directory: Directory, binding: Binding, *, region: str) -> Directory:
    known = {partner.id for partner in directory.partners} & set(binding.units)
    if not known:
        return directory
    partners = tuple(
        _holding(partner, binding.role, region=region)
        if partner.id in known
        else replace(partner, roles=tuple(r for r in partner.roles if r != binding.role))
        for partner in directory.partners
    )
    firsts = {partner.contact for partner in partners if partner.id in known}
    contacts = {
        name: _behind(contact, binding, directory) if name in firsts else contact
        for name, contact in directory.contacts.items()
    }
    return replace(directory, partners=partners, contacts=contacts)


def _holding(partner: Partner, role: str, *, region: str) -> Partner:
    roles = partner.roles if role in partner.roles else (*partner.roles, role)
    # As local as can be: beside it, another unit of the same binding must not be passed over.
    covers = region in partner.regions
    regions = partner.regions if covers else (*partner.regions, region)
    return replace(partner, roles=roles, regions=regions)


def _behind(contact: Contact, binding: Binding, directory: Directory) -> Contact:
    firsts = {partner.id: partner.contact for partner in directory.partners}
    return replace(
        contact,
        deputy=firsts.get(binding.deputy, contact.deputy),
        superior=firsts.get(binding.superior, contact.superior),
    )


def _restrained(partner: Partner, must_not: tuple[MustNot, ...]) -> Partner:
    more = [
        competence
        for one in must_not
        if one.role in partner.roles
        for competence in one.competences
        if competence not in partner.must_not
    ]
    return replace(partner, must_not=(*partner.must_not, *more)) if more else partner
