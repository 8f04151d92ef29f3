"""What stands in a file of the register of agreements, and the core value that it becomes."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from crisis.core.agreement import (
    Agreement,
    AgreementKind,
    Attachment,
    Beside,
    Clause,
    Party,
    PastReview,
    ReviewOutcome,
)
from crisis.loading.catalogue import Subject
from crisis.loading.identifiers import ClauseId, Day, Region, Slug, parse_date
from crisis.loading.shape import FileModel, refuse
from crisis.loading.words_file import WordsFile

UNKNOWN = "unknown"
_BESIDE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*")


def _parse_since(text: object) -> date | None:
    return None if text == UNKNOWN else parse_date(text)


def _require_beside(text: str) -> str:
    if not _BESIDE.fullmatch(text):
        hint = "name a file beside this one or in a folder below, in plain letters"
        raise refuse("AG108", f"not a file of the register: `{text}`", hint)
    return text


# The first day on which an agreement counts; None where nobody knows it.
Since = Annotated[
    date | None,
    BeforeValidator(_parse_since),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"const": UNKNOWN}]}),
]


class PartyFile(FileModel):
    """One side of an agreement."""

    organisation: Slug = Field(description="The organisation that signed, as in the contacts.")
    signatory: WordsFile = Field(description="The function that signed; never a person's name.")
    roles: list[str] = Field(
        min_length=1, description="The roles under which playbooks ask this party."
    )
    regions: list[Region] = Field(
        default_factory=list,
        description="Where this party answers; without it wherever the agreement holds.",
    )


class ClauseFile(FileModel):
    """What a step can be founded on."""

    id: ClauseId = Field(description="What steps write in `basis`; given once in the register.")
    text: WordsFile = Field(description="Its content in one sentence.")


class AttachmentFile(FileModel):
    """A document that belongs to an agreement."""

    file: Annotated[str, AfterValidator(_require_beside)] = Field(
        description="The file, from the folder of this one."
    )
    title: WordsFile = Field(description="What people call it.")
    sha256: str = Field(
        pattern="^[0-9a-f]{64}$", description="The SHA-256 of its content, as `sha256sum` says it."
    )


class BesideFile(FileModel):
    """Another agreement about the same with the same."""

    agreement: Slug = Field(description="The other agreement.")
    rule: WordsFile = Field(description="Which of the two is followed, and when.")


class ReviewFile(FileModel):
    """A review that was held before the house kept a log of them."""

    held_on: Day = Field(description="The day on which it ended.")
    outcome: Literal["confirmed", "adapted", "replaced", "ended"] = Field(
        description="What came of it."
    )
    reason: str = Field(min_length=1, description="Why, in a sentence.")


class AgreementFile(FileModel):
    """One agreement between organisations, or the decision that founded an office."""

    id: Slug = Field(description="The name of the file without its ending.")
    kind: Literal["agreement", "mandate"] = Field(
        description="A contract between parties, or the decision that founded an office."
    )
    title: WordsFile = Field(description="What people call it.")
    regions: list[Region] = Field(min_length=1, description="Where it holds (AGS), 00 everywhere.")
    subjects: list[Subject] = Field(min_length=1, description="What it is about.")
    signed_on: Day | None = Field(None, description="The day on which it was signed.")
    in_force_from: Since = Field(
        description="The first day on which it counts, or `unknown` until somebody found out."
    )
    ends_on: Day | None = Field(None, description="The first day on which it no longer counts.")
    place: str = Field("", description="Where it was signed.")
    review_months: int = Field(
        12, description="After how many months it is reviewed at the latest; 12 is the most."
    )
    parties: list[PartyFile] = Field(min_length=1, description="Who signed it.")
    supersedes: list[Slug] = Field(
        default_factory=list, description="The agreements that this one takes the place of."
    )
    supplements: list[Slug] = Field(
        default_factory=list, description="The agreements that this one adds to."
    )
    beside: list[BesideFile] = Field(
        default_factory=list,
        description="Agreements about the same with the same, and which of the two is followed.",
    )
    clauses: list[ClauseFile] = Field(
        default_factory=list, description="What steps can be founded on."
    )
    attachments: list[AttachmentFile] = Field(
        default_factory=list, description="Documents that belong to it, fixed by their SHA-256."
    )
    reviews: list[ReviewFile] = Field(
        default_factory=list, description="Reviews held before the house kept a log of them."
    )
    links: list[Annotated[str, Field(pattern=r"^https?://\S+$")]] = Field(
        default_factory=list, description="Where the agreement can be read."
    )


def to_agreement(written: AgreementFile, parties: tuple[Party, ...]) -> Agreement:
    """Return the core value of a file without errors; `parties` as they stand today."""
    return Agreement(
        id=written.id,
        kind=AgreementKind(written.kind),
        title=written.title.words(),
        regions=tuple(written.regions),
        subjects=tuple(written.subjects),
        signed_on=written.signed_on,
        in_force_from=written.in_force_from,
        ends_on=written.ends_on,
        place=written.place,
        parties=parties,
        clauses=tuple(Clause(id=one.id, text=one.text.words()) for one in written.clauses),
        supersedes=tuple(written.supersedes),
        supplements=tuple(written.supplements),
        beside=tuple(
            Beside(agreement=one.agreement, rule=one.rule.words()) for one in written.beside
        ),
        review_months=written.review_months,
        reviews=tuple(
            PastReview(held_on=one.held_on, outcome=ReviewOutcome(one.outcome), reason=one.reason)
            for one in written.reviews
        ),
        attachments=tuple(
            Attachment(file=one.file, title=one.title.words(), sha256=one.sha256)
            for one in written.attachments
        ),
        links=tuple(written.links),
    )
