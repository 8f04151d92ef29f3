"""Services become values; what is wrong with them is found, above all what must stay apart."""

from collections.abc import Iterator, Mapping

from crisis.core.contact import ChannelKind
from crisis.core.service import Service, ServiceKind
from crisis.loading.address import SHORT_CODES, AddressFault, is_fictional, normalised
from crisis.loading.catalogue import SECTOR_OF_ROLE
from crisis.loading.contact_checks import Entries
from crisis.loading.contacts_file import Located
from crisis.loading.problem import Problem
from crisis.loading.service_file import ServiceEntry, to_service
from crisis.loading.shape import did_you_mean

APART, SHELTER = ServiceKind.PERPETRATOR_WORK.value, ServiceKind.SHELTER.value


def services_in(entries: Entries) -> tuple[Service, ...]:
    """Return the services of units that exist, by id, each once."""
    regions = {one.entry.id: tuple(one.entry.regions) for one in reversed(entries.units)}
    found = {
        one.entry.id: to_service(one.entry, regions=regions[one.entry.unit])
        for one in reversed(entries.services)
        if one.entry.unit in regions
    }
    return tuple(found[name] for name in sorted(found))


def sectors_in(entries: Entries) -> Mapping[str, tuple[str, ...]]:
    """Return the sectors of each unit: those that it names, or else those of its roles."""
    return {
        one.entry.id: tuple(one.entry.sectors)
        or tuple(SECTOR_OF_ROLE[role] for role in one.entry.roles if role in SECTOR_OF_ROLE)
        for one in reversed(entries.units)
    }


def service_problems(entries: Entries) -> Iterator[Problem]:
    """Yield services of nobody, shelters with an address, and perpetrators beside victims."""
    for one in entries.services:
        entry, document, loc = one.entry, one.document, one.loc
        if entry.unit not in entries.named["units"]:
            hint = did_you_mean(entry.unit, iter(entries.named["units"]))
            yield document.problem((*loc, "unit"), "CT035", f"no unit `{entry.unit}`", hint=hint)
        if entry.kind == SHELTER and entry.address is not None:
            yield document.problem(
                (*loc, "address"),
                "CT036",
                f"`{entry.id}` is a shelter, and its address stands here",
                hint="remove it; whoever places somebody there knows the way",
            )
        if (entry.kind == APART) is not (entry.needs == [APART]):
            yield document.problem(
                (*loc, "needs"),
                "CT037",
                f"`{entry.id}` mixes work with perpetrators and help for victims",
                hint="write two services of two units, one of them with kind and need"
                " perpetrator-work alone",
            )
        yield from _line_problems(one)
    yield from _mixed_units(entries)


def _line_problems(one: Located[ServiceEntry]) -> Iterator[Problem]:
    if one.entry.line is None:
        return
    found = normalised(ChannelKind.PHONE_BY_HAND, one.entry.line)
    place = (*one.loc, "line")
    if isinstance(found, AddressFault):
        yield one.document.problem(place, found.code, found.message, hint=found.hint)
    elif (
        one.source.is_example
        and found not in SHORT_CODES
        and not is_fictional(ChannelKind.PHONE_BY_HAND, found)
    ):
        yield one.document.problem(
            place,
            "CT020",
            "an example must not reach anybody",
            hint="use the drama ranges (such as +49 30 23125 000 to 999)",
        )


def _mixed_units(entries: Entries) -> Iterator[Problem]:
    apart = {one.entry.unit for one in entries.services if one.entry.kind == APART}
    helping = {one.entry.unit for one in entries.services if one.entry.kind != APART}
    for unit in entries.units:
        name = unit.entry.id
        if name in apart and (name in helping or unit.entry.member_of):
            yield unit.document.problem(
                (*unit.loc, "id"),
                "CT037",
                f"`{name}` works with perpetrators and stands in one list with help for victims",
                hint="give that work a unit of its own that is a member of no hub",
            )
