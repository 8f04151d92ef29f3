"""Checks that prosecutors' offices, courts and prisons have somebody for victims (S1.10)."""

from collections.abc import Iterator

from crisis.loading.contact_checks import Entries
from crisis.loading.problem import Problem, Strength

INSTITUTIONS = frozenset({"STA", "GER", "JVA"})
DUTY = "victim-protection"


def coordination_problems(entries: Entries) -> Iterator[Problem]:
    """Yield every institution in which no function coordinates the protection of victims."""
    functions = {one.entry.id: one.entry for one in entries.functions}
    for unit in entries.units:
        contact = functions.get(unit.entry.contact)
        if contact is None or not INSTITUTIONS & {*unit.entry.roles}:
            continue
        if contact.coordinates != DUTY:
            yield unit.document.problem(
                (*unit.loc, "contact"),
                "CT038",
                f"no function coordinates victim protection in `{unit.entry.id}`",
                hint=f"let the contact be the one that does: coordinates: {DUTY}",
                strength=Strength.WARNING,
            )
        elif contact.deputy is None:
            yield unit.document.problem(
                (*unit.loc, "contact"),
                "CT038",
                f"nobody stands in for the coordinator of `{unit.entry.id}`",
                hint=f"give `{contact.id}` a deputy",
                strength=Strength.WARNING,
            )
