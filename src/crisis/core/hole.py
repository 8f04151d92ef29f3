"""Gaps as people mend them: one line for what has one cause, however often it opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from crisis.core.coverage import Coverage
from crisis.core.exposure import Gap, Weakness
from crisis.core.timing import ZERO

Cause = tuple[str, tuple[Weakness, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """
    One cause for gaps: a partner, what it cannot bear, and the steps in which that counts.

    `gaps` are in order; they are the same in all `steps`. An empty `partner`: nobody
    holds the role `role` here at all.
    """

    partner: str
    role: str
    weak: tuple[Weakness, ...]
    steps: tuple[str, ...]
    gaps: tuple[Gap, ...]

    @property
    def opens_at(self) -> datetime:
        """When it opens for the first time."""
        return self.gaps[0].since

    @property
    def lasts(self) -> timedelta:
        """How long it is open in all."""
        return sum((gap.until - gap.since for gap in self.gaps), ZERO)


def holes(proof: Coverage) -> tuple[Hole, ...]:
    """Return every cause for a gap, in the order in which they open."""
    found = (*_of_partners(proof), *_of_roles(proof))
    return tuple(sorted(found, key=lambda hole: hole.opens_at))


def _of_partners(proof: Coverage) -> Iterator[Hole]:
    steps: dict[tuple[str, tuple[Weakness, ...], tuple[Gap, ...]], list[str]] = {}
    for step in proof.steps:
        for partner in step.partners:
            for weak in dict.fromkeys(gap.weak for gap in partner.gaps):
                gaps = tuple(gap for gap in partner.gaps if gap.weak == weak)
                steps.setdefault((partner.partner, weak, gaps), []).append(step.step.id)
    for (partner_id, weak, gaps), names in steps.items():
        yield Hole(partner=partner_id, role="", weak=weak, steps=tuple(names), gaps=gaps)


def _of_roles(proof: Coverage) -> Iterator[Hole]:
    steps: dict[str, list[str]] = {}
    for step in proof.steps:
        for role in step.unheld:
            steps.setdefault(role, []).append(step.step.id)
    nobody = (Weakness(out="", left=()),)
    whole = (Gap(since=proof.since, until=proof.until, weak=nobody),)
    for role, names in steps.items():
        yield Hole(partner="", role=role, weak=nobody, steps=tuple(names), gaps=whole)
