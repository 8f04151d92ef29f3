"""What the reflection report is made of: frozen values, worked out by `core/report.py`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crisis.core.answer_review import FeedbackReview, NeedReview, TotalReview
from crisis.core.bulletin_review import BulletinReview
from crisis.core.cascade_review import CascadeReview
from crisis.core.chronicle import Moment
from crisis.core.competence_note import CompetenceNote
from crisis.core.complaint import ComplaintCount
from crisis.core.contact import Tlp
from crisis.core.event import Mode
from crisis.core.figure import Figure
from crisis.core.finding import Finding
from crisis.core.joint_review import ClearanceReview, ConfirmationReview, HandoverReview
from crisis.core.layer import LongerDeadline
from crisis.core.matrix import Matrix
from crisis.core.needs_board import NeedCount
from crisis.core.playbook import Completion, Mandatory, Start
from crisis.core.rating import GoalLight, Rating
from crisis.core.signature_review import SignatureReview
from crisis.core.timeline import Timeline
from crisis.core.words import Words

Status = Literal["draft", "final"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Part 0: what this report is about, and what it rests on."""

    incident: str
    code_word: str
    label: str
    mode: Mode
    status: Status
    tlp: Tlp
    playbook: str
    playbook_title: Words
    playbook_version: str
    layers: tuple[str, ...]
    content_digest: str
    region: str
    region_name: str
    occurred_at: datetime | None
    opened_at: datetime
    stood_down_at: datetime | None
    closed_at: datetime | None
    agreements: tuple[str, ...]
    log_from: int
    log_to: int
    log_read_at: datetime
    log_hash: str
    longer: tuple[LongerDeadline, ...] = ()
    begun_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseReview:
    """One phase of the playbook as an objective: its own figures and a proposed grade."""

    phase: str
    title: Words
    steps: tuple[str, ...]
    rating: Rating
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveReview:
    """One objective that the playbook declares: its own figures and a proposed grade."""

    objective: str
    title: Words
    steps: tuple[str, ...]
    rating: Rating
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """
    One value of an attribute: from when, from whom, and where the log says so.

    `text` is the value as people read it, `definition` what a count counts, empty words
    where its playbook does not say.
    """

    seq: int
    at: datetime
    attribute: str
    label: Words
    value: str
    text: Words
    source: str
    late: bool
    definition: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """How a decision came out, and why; `by_default` where nobody decided in time."""

    seq: int
    at: datetime
    step: str
    partners: tuple[str, ...]
    option: Words
    reason: str
    by_default: bool
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """Who should have done what: one step as the playbook in force had it."""

    id: str
    phase: str
    title: Words
    roles: tuple[str, ...]
    mandatory: Mandatory
    start: Start
    due_at: datetime | None
    ladder: str | None
    basis: tuple[str, ...]
    agreements: tuple[Words, ...]
    began: bool
    completion: Completion
    quorum: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepName:
    """A step that began, also one outside the playbook's phases."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionName:
    """A question about protection, as a form asks it."""

    id: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionName:
    """Something that may come during a run, and that steps wait for."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerName:
    """A partner as the directory pinned at the opening names it."""

    id: str
    name: Words
    organisation: str
    contact: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReflectionReport:
    """The whole report; renderers add words and layout, never a figure."""

    cover: Cover
    lights: tuple[GoalLight, ...]
    reviews: tuple[PhaseReview, ...]
    objectives: tuple[ObjectiveReview, ...]
    leads: tuple[str, ...]
    facts: tuple[Fact, ...]
    rulings: tuple[Ruling, ...]
    plan: tuple[PlannedStep, ...]
    timeline: Timeline
    matrices: tuple[Matrix, ...]
    cascades: tuple[CascadeReview, ...]
    confirmations: tuple[ConfirmationReview, ...]
    clearances: tuple[ClearanceReview, ...]
    bulletins: tuple[BulletinReview, ...]
    handovers: tuple[HandoverReview, ...]
    competence_notes: tuple[CompetenceNote, ...]
    signatures: tuple[SignatureReview, ...]
    need_counts: tuple[NeedCount, ...]
    needs: tuple[NeedReview, ...]
    totals: tuple[TotalReview, ...]
    feedback: tuple[FeedbackReview, ...]
    complaints: tuple[ComplaintCount, ...]
    chronicle: tuple[Moment, ...]
    figures: tuple[Figure, ...]
    first_hours: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    steps: tuple[StepName, ...]
    occasions: tuple[OccasionName, ...]
    partners: tuple[PartnerName, ...]
    questions: tuple[QuestionName, ...]
