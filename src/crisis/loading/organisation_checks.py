"""
What becomes of organisations that are renamed or dissolved: who stands for them, and who is told.

Source: clause S4.2 („des ehemaligen Ministeriums“): references follow the successor, with
a warning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crisis.core.words import Words
from crisis.loading.contact_checks import Entries
from crisis.loading.contacts_file import Located, OrganisationEntry
from crisis.loading.problem import Problem, Strength
from crisis.loading.shape import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisations:
    """The organisations of a house: their names, and which of them gave way to another."""

    names: Mapping[str, Words]
    successors: Mapping[str, str]

    def standing_for(self, organisation: str) -> str:
        """Return who stands for an organisation today: itself, or the last of its successors."""
        seen = {organisation}
        here = organisation
        while (after := self.successors.get(here)) is not None and after not in seen:
            seen.add(after)
            here = after
        return here


def organisations_on(entries: Entries, day: date) -> Organisations:
    """Return the organisations as they stand on a day."""
    return Organisations(
        names={
            one.entry.id: Words(de=one.entry.name.de, en=one.entry.name.en)
            for one in reversed(entries.organisations)
        },
        successors={
            one.entry.id: one.entry.successor
            for one in entries.organisations
            if one.entry.successor is not None and _is_over(one, day)
        },
    )


def organisation_problems(entries: Entries, *, day: date) -> Iterator[Problem]:
    """Yield successors that lead nowhere, and units that belong to what no longer exists."""
    known = entries.named["organisations"]
    organisations = organisations_on(entries, day)
    over = {one.entry.id for one in entries.organisations if _is_over(one, day)}
    for one in entries.organisations:
        yield from _successor_problems(one, known, organisations)
    for unit in entries.units:
        if unit.entry.organisation in over:
            yield unit.document.problem(
                (*unit.loc, "organisation"),
                "CT028",
                f"`{unit.entry.organisation}` no longer exists",
                hint=_cure(organisations, unit.entry.organisation),
                strength=Strength.WARNING,
            )


def _successor_problems(
    one: Located[OrganisationEntry], known: frozenset[str], organisations: Organisations
) -> Iterator[Problem]:
    entry, document = one.entry, one.document
    loc = (*one.loc, "successor")
    if entry.successor is None:
        return
    if entry.successor not in known:
        yield document.problem(
            loc,
            "CT027",
            f"no organisation `{entry.successor}`",
            hint=did_you_mean(entry.successor, iter(known)),
        )
    elif entry.ended_on is None:
        yield document.problem(
            loc,
            "CT027",
            f"`{entry.id}` has a successor but has not ended",
            hint="write `ended_on: 2022-06-29`, the first day without it",
        )
    elif organisations.standing_for(entry.id) in {entry.id, *_before(entry.id, organisations)}:
        yield document.problem(
            loc,
            "CT027",
            f"the successors of `{entry.id}` run in a circle",
            hint="let one of them end the chain",
        )


def _before(organisation: str, organisations: Organisations) -> set[str]:
    return {old for old, new in organisations.successors.items() if new == organisation}


def _cure(organisations: Organisations, organisation: str) -> str:
    after = organisations.standing_for(organisation)
    if after == organisation:
        return "name the organisation that does its work today"
    return f"its work is done by `{after}` today; write that"


def _is_over(one: Located[OrganisationEntry], day: date) -> bool:
    ended = one.entry.ended_on
    return ended is not None and date.fromisoformat(ended) <= day
