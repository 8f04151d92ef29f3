"""
The register of agreements: which one a clause belongs to, what holds, what is to be reviewed.

Pure: days come in, nothing asks what day it is.
"""

import json
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import combinations

from crisis.core.agreement import (
    Agreement,
    PastReview,
    PinnedAgreement,
    ReviewOutcome,
    Standing,
)
from crisis.core.playbook import Playbook
from crisis.core.words import Words

MONTHS = 12
_OVER = frozenset({ReviewOutcome.REPLACED, ReviewOutcome.ENDED})


@dataclass(frozen=True, kw_only=True)
class Register:
    """All agreements of a house, in the order of their ids."""

    agreements: tuple[Agreement, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Agreement]:
        """The agreements by id."""
        return {agreement.id: agreement for agreement in self.agreements}

    @cached_property
    def by_clause(self) -> Mapping[str, Agreement]:
        """The agreement that holds each clause, by the clause's id."""
        return {
            clause.id: agreement for agreement in self.agreements for clause in agreement.clauses
        }

    @cached_property
    def successors(self) -> Mapping[str, tuple[Agreement, ...]]:
        """The agreements that supersede another, by its id."""
        found: dict[str, tuple[Agreement, ...]] = {}
        for agreement in self.agreements:
            for old in agreement.supersedes:
                found[old] = (*found.get(old, ()), agreement)
        return found

    def cited(self, basis: str) -> Agreement | None:
        """Return the agreement that a step's basis names: by its id, or by a clause's."""
        return self.by_id.get(basis) or self.by_clause.get(basis)

    def successor(self, agreement_id: str, *, on: date) -> Agreement | None:
        """Return what superseded an agreement by a day, followed to the end of the chain."""
        seen = {agreement_id}
        found = None
        wanted: str | None = agreement_id
        while wanted is not None:
            newer = next(
                (
                    each
                    for each in self.successors.get(wanted, ())
                    if each.id not in seen and _began(each, on)
                ),
                None,
            )
            found, wanted = newer or found, newer.id if newer else None
            seen.add(wanted or "")
        return found

    def standing(self, agreement: Agreement, *, on: date) -> Standing:
        """Return whether an agreement counts on a day."""
        if self.successor(agreement.id, on=on) is not None:
            return Standing.SUPERSEDED
        if agreement.ends_on is not None and agreement.ends_on <= on:
            return Standing.ENDED
        if agreement.in_force_from is None:
            return Standing.UNDATED
        return Standing.IN_FORCE if agreement.in_force_from <= on else Standing.NOT_YET

    def counts(self, agreement: Agreement, *, on: date) -> bool:
        """Return whether steps may be founded on an agreement on a day."""
        return self.standing(agreement, on=on) in {Standing.IN_FORCE, Standing.UNDATED}

    def holding_in(self, region: str, *, on: date) -> tuple[Agreement, ...]:
        """Return the agreements that count in a region on a day."""
        return tuple(
            agreement
            for agreement in self.agreements
            if agreement.holds_in(region) and self.counts(agreement, on=on)
        )

    def overlaps(self, region: str, *, on: date) -> tuple["Overlap", ...]:
        """
        Return each pair of agreements that a step in a region could be founded on alike.

        Both count on that day, speak of a common subject, and bind a common role or
        organisation (S5.9b). A supplement and what it supplements do not overlap.
        """
        found = (
            _overlap(one, other)
            for one, other in combinations(self.holding_in(region, on=on), 2)
            if one.id not in other.supplements and other.id not in one.supplements
        )
        return tuple(overlap for overlap in found if overlap is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """
    Two agreements about the same with the same, the older one first.

    `rule` says which of the two is followed, in the words of the register; None where
    nobody has settled it.
    """

    agreements: tuple[Agreement, Agreement]
    subjects: tuple[str, ...]
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    rule: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """
    When an agreement must be reviewed.

    `due_on` is None where nobody knows since when it is in force: the review then begins
    by finding that out. `last` is the review that was held last, in the register or the log.
    """

    agreement: Agreement
    due_on: date | None
    last: PastReview | None

    def is_overdue(self, on: date) -> bool:
        """Return whether the review should have been held before a day."""
        return self.due_on is None or self.due_on < on


def due(agreement: Agreement, held: Iterable[PastReview] = ()) -> Due:
    """
    Return when an agreement must be reviewed, given the reviews that the log knows of.

    At the latest so many months after the last review, or else after it came into force
    (S5.11: one year; agreed on 22.07.2022 and never reviewed is due on 22.07.2023).
    """
    reviews = sorted((*agreement.reviews, *held), key=lambda review: review.held_on)
    last = reviews[-1] if reviews else None
    since = agreement.in_force_from if last is None else last.held_on
    return Due(
        agreement=agreement,
        due_on=None if since is None else months_after(since, agreement.review_months),
        last=last,
    )


def is_over(found: Due) -> bool:
    """Return whether the last review ended or replaced an agreement that still counts here."""
    return found.last is not None and found.last.outcome in _OVER


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def digest(agreement: Agreement) -> str:
    """Return the SHA-256 of an agreement's content, the same for the same content."""
    text = json.dumps(asdict(agreement), sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode()).hexdigest()


def drawn_on(playbook: Playbook, register: Register) -> tuple[PinnedAgreement, ...]:
    """
    Return what an incident pins: the agreements of a playbook and of what its steps cite.

    One that the register does not hold is pinned by its id alone, so that the gap stays seen.
    """
    steps = (*playbook.steps, playbook.stand_down)
    owners = (register.cited(basis) for step in steps for basis in step.basis)
    cited = sorted({owner.id for owner in owners if owner is not None})
    return tuple(pinned(each, register) for each in dict.fromkeys((*playbook.agreements, *cited)))


def pinned(agreement_id: str, register: Register) -> PinnedAgreement:
    """Return one agreement as an incident pins it."""
    agreement = register.by_id.get(agreement_id)
    if agreement is None:
        return PinnedAgreement(id=agreement_id, title=Words(de=agreement_id), digest="")
    return PinnedAgreement(
        id=agreement.id,
        title=agreement.title,
        digest=digest(agreement),
        clauses=tuple(clause.id for clause in agreement.clauses),
    )


def _began(agreement: Agreement, on: date) -> bool:
    return agreement.in_force_from is not None and agreement.in_force_from <= on


def _overlap(one: Agreement, other: Agreement) -> Overlap | None:
    subjects = sorted(set(one.subjects) & set(other.subjects))
    roles = sorted(one.roles & other.roles)
    ours, theirs = ({party.organisation for party in each.parties} for each in (one, other))
    organisations = sorted(ours & theirs)
    if not subjects or not (roles or organisations):
        return None
    first, second = sorted(
        (one, other), key=lambda each: (each.in_force_from or date.max, each.id)
    )
    return Overlap(
        agreements=(first, second),
        subjects=tuple(subjects),
        roles=tuple(roles),
        organisations=tuple(organisations),
        rule=next(
            (
                beside.rule
                for each, its in ((one, other), (other, one))
                for beside in each.beside
                if beside.agreement == its.id
            ),
            None,
        ),
    )
