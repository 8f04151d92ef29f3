"""Checks of a playbook against what partners offer: sectors, services, and what stays apart."""

from collections.abc import Iterator

from crisis.core.binding import bound
from crisis.core.referral import groups_without
from crisis.core.service import ServiceKind
from crisis.loading.catalogue import SECTORS
from crisis.loading.contact_directory import HouseContacts
from crisis.loading.located import Document
from crisis.loading.playbook_file import PlaybookFile, to_bindings
from crisis.loading.problem import Problem, Strength
from crisis.loading.step_checks import steps_in_place


def check_referral(
    document: Document, written: PlaybookFile, house: HouseContacts, *, region: str = ""
) -> tuple[Problem, ...]:
    """
    Return what a playbook leaves out of the help that partners offer, and what it mixes.

    `region` is where (an AGS key), without it the playbook's own.
    """
    return (
        *_check_apart(document, written, house),
        *_check_sectors(document, written, house, region=region or written.region),
        *_check_services(document, written, house, region=region or written.region),
    )


def _check_apart(
    document: Document, written: PlaybookFile, house: HouseContacts
) -> Iterator[Problem]:
    """Yield every step that asks who works with perpetrators together with others (S4.12)."""
    apart = {one.unit for one in house.services if one.kind is ServiceKind.PERPETRATOR_WORK}
    if not apart:
        return
    roles: dict[str, set[bool]] = {}
    for partner in house.directory.partners:
        for role in partner.roles:
            roles.setdefault(role, set()).add(partner.id in apart)
    for loc, step in steps_in_place(written):
        if len({kind for role in step.who.roles for kind in roles.get(role, ())}) > 1:
            yield document.problem(
                (*loc, "who"),
                "L-GETRENNT",
                f"{step.id} asks who works with perpetrators together with others",
                hint="write a step of its own for that role",
            )


def _check_sectors(
    document: Document, written: PlaybookFile, house: HouseContacts, *, region: str
) -> Iterator[Problem]:
    """Yield the sectors that a mass-casualty playbook does not bring in (S1.7)."""
    if written.minimum is None:
        return
    bindings, must_not = to_bindings(written)
    directory = bound(house.directory, bindings, must_not, region=region)
    asked = {
        role
        for step in written.steps.values()
        if step.mandatory != "optional"
        for role in step.who.roles
    }
    there = {
        sector
        for partner in directory.partners
        if asked & {*partner.roles}
        for sector in house.sectors.get(partner.id, ())
    }
    for sector in (one for one in SECTORS if one not in there):
        yield document.problem(
            ("minimum",),
            "L-SEKTOR",
            f"nobody of the sector {sector} is asked",
            hint="ask a partner of it, or name its `sectors` in contacts/",
            strength=Strength.WARNING,
        )


def _check_services(
    document: Document, written: PlaybookFile, house: HouseContacts, *, region: str
) -> Iterator[Problem]:
    """Yield the needs for which the region's partners offer nothing (S2.8)."""
    if written.minimum is None:
        return
    for group in groups_without(house.services, region=region):
        yield document.problem(
            ("minimum",),
            "L-11",
            f"no service in {region} meets the need for {group.value}",
            hint="describe it under `services` in contacts/",
            strength=Strength.WARNING,
        )
