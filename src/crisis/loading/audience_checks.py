"""Checks that partners are not alerted over a line for citizens, those affected or the press."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from crisis.core.contact import Audience
from crisis.loading.address import normalised
from crisis.loading.contacts_file import FunctionEntry, Located, UnitEntry
from crisis.loading.problem import Problem

# Short codes that are there for others, and for whom.
PUBLIC_LINES: Mapping[str, Audience] = MappingProxyType(
    {"115": Audience.CITIZENS, "116006": Audience.AFFECTED}
)


def audience_problems(
    units: tuple[Located[UnitEntry], ...], functions: tuple[Located[FunctionEntry], ...]
) -> Iterator[Problem]:
    """Yield functions that partners are asked through over lines for others (S1.18)."""
    asked = {unit.entry.contact for unit in units}
    behind = {
        name
        for one in functions
        if one.entry.id in asked
        for name in (one.entry.deputy, one.entry.superior)
    }
    for function in functions:
        yield from _public_numbers(function)
        lines = [one for one in function.entry.channels if one.audience == "partners"]
        if function.entry.channels and not lines and function.entry.id in asked | behind:
            others = sorted({one.audience for one in function.entry.channels})
            yield function.document.problem(
                (*function.loc, "channels"),
                "CT033",
                f"`{function.entry.id}` has no line for partners, only for {', '.join(others)}",
                hint="add the line of the service, or ask another function",
            )


def _public_numbers(function: Located[FunctionEntry]) -> Iterator[Problem]:
    for index, channel in enumerate(function.entry.channels):
        if channel.address is None or channel.audience != "partners":
            continue
        found = normalised(channel.channel_kind, channel.address)
        meant = PUBLIC_LINES.get(found) if isinstance(found, str) else None
        if meant is not None:
            yield function.document.problem(
                (*function.loc, "channels", index, "address"),
                "CT034",
                f"{found} is a line for {meant.value}, not for partners",
                hint=f"write `audience: {meant.value}`, and add the line of the service",
            )
