"""Checks of who is informed through whom: `member_of` of the units."""

from collections.abc import Iterator, Mapping

from crisis.loading.contacts_file import FunctionEntry, Located, UnitEntry
from crisis.loading.problem import Problem, Strength
from crisis.loading.shape import did_you_mean

Units = tuple[Located[UnitEntry], ...]
Functions = tuple[Located[FunctionEntry], ...]


def membership_problems(units: Units, functions: Functions) -> Iterator[Problem]:
    """Yield memberships that lead nowhere, in a circle, or to a member without a page."""
    known = {one.entry.id: one for one in units}
    pages = {
        one.entry.id
        for one in functions
        if any(channel.kind == "portal" for channel in one.entry.channels)
    }
    asked = {one.entry.id for one in functions}
    for unit in units:
        for index, hub in enumerate(unit.entry.member_of):
            yield from _hub_problems(unit, index, hub, known)
        if unit.entry.member_of and unit.entry.contact in asked - pages:
            yield unit.document.problem(
                (*unit.loc, "contact"),
                "CT032",
                f"`{unit.entry.contact}` has no page that its hub could pass on",
                hint="give the function a channel of kind portal",
                strength=Strength.WARNING,
            )


def _hub_problems(
    unit: Located[UnitEntry], index: int, hub: str, known: Mapping[str, Located[UnitEntry]]
) -> Iterator[Problem]:
    loc = (*unit.loc, "member_of", index)
    if hub not in known:
        yield unit.document.problem(
            loc, "CT030", f"no unit `{hub}`", hint=did_you_mean(hub, iter(known))
        )
    elif hub == unit.entry.id or unit.entry.id in known[hub].entry.member_of:
        yield unit.document.problem(
            loc,
            "CT031",
            f"`{unit.entry.id}` and `{hub}` would inform each other",
            hint="only one of the two is a member of the other",
        )
