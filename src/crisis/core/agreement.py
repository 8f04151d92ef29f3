"""
An agreement between organisations: who signed what, since when, and until when.

Checked, frozen values, built by `loading` from the register of agreements
(`contacts/…/agreements/*.yaml`). Signatories are functions, never persons.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis.core.words import Words


class AgreementKind(StrEnum):
    """A contract between parties, or the decision that founded an office."""

    AGREEMENT = "agreement"
    MANDATE = "mandate"


class ReviewOutcome(StrEnum):
    """How a review can end (S5.11: checked against its goals, adapted where necessary)."""

    CONFIRMED = "confirmed"
    ADAPTED = "adapted"
    REPLACED = "replaced"
    ENDED = "ended"


class Standing(StrEnum):
    """Whether an agreement counts on a day; `UNDATED`: nobody wrote down since when it does."""

    IN_FORCE = "in-force"
    NOT_YET = "not-yet"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """
    One side of an agreement, with the function that signed for it.

    `organisation` is the one that stands for the party today, `signed_as` the one
    that signed, where the two differ: ministries are renamed (S4.2). `roles` are
    those under which playbooks ask the party and its members, `regions` where it
    answers (AGS prefixes; empty: wherever the agreement holds).
    """

    organisation: str
    name: Words
    signatory: Words
    roles: tuple[str, ...]
    regions: tuple[str, ...] = ()
    signed_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What a step can be founded on: an id and its content in one sentence."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A document that belongs to an agreement; `sha256` fixes its content (S3.12)."""

    file: str
    title: Words
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another agreement about the same with the same, and which of the two is followed (S5.9b)."""

    agreement: str
    rule: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReview:
    """A review that was held, with how it ended and why; `incident` is its run, if any."""

    held_on: date
    outcome: ReviewOutcome
    reason: str
    incident: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """
    One agreement as the register has it.

    `in_force_from` is None where nobody knows it. `ends_on` is the first day on which it
    no longer counts. `review_months` is after how many months it must be reviewed at
    the latest; `reviews` are those that the register itself reports.
    """

    id: str
    kind: AgreementKind
    title: Words
    regions: tuple[str, ...]
    subjects: tuple[str, ...]
    signed_on: date | None
    in_force_from: date | None
    parties: tuple[Party, ...]
    clauses: tuple[Clause, ...]
    ends_on: date | None = None
    place: str = ""
    supersedes: tuple[str, ...] = ()
    supplements: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    review_months: int = 12
    reviews: tuple[PastReview, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()

    def holds_in(self, region: str) -> bool:
        """Return whether the agreement concerns a region (AGS), or any part of it."""
        return any(_meet(prefix, region) for prefix in self.regions)

    def parties_in(self, region: str) -> tuple[Party, ...]:
        """Return the parties that answer in a region: one Land may have two branches (S1.1)."""
        return tuple(
            party
            for party in self.parties
            if not party.regions or any(_meet(prefix, region) for prefix in party.regions)
        )

    @property
    def roles(self) -> frozenset[str]:
        """The roles under which the parties are asked."""
        return frozenset(role for party in self.parties for role in party.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedAgreement:
    """
    An agreement as an incident pins it: which, and the SHA-256 of its content.

    `digest` is empty where the register did not hold it when the incident was opened.
    `clauses` are the ids by which steps cite it (S2.14: the agreement that founds a step).
    """

    id: str
    title: Words
    digest: str
    clauses: tuple[str, ...] = ()

    def founds(self, basis: Iterable[str]) -> bool:
        """Return whether what a step cites is this agreement, or one of its clauses."""
        return bool({self.id, *self.clauses} & set(basis))


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedRun:
    """A run that was read for a review, up to which entry of the log."""

    incident: str
    log_to: int


def _meet(prefix: str, region: str) -> bool:
    federal = "00"
    return federal in {prefix, region} or region.startswith(prefix) or prefix.startswith(region)
