"""
Every recorded fact, one frozen value each.

Events hold ids of steps, partners, contacts and channels, never names,
addresses or numbers, and never the text of a message (only its hash).
`happened_at` is when something took place; the entry's own `at` is when it was
written down. The two differ in late entries, which are marked for good.

A new event is a new class (here, or beside its kin in `asked`, `replied`,
`task`), a line in `Event`, and a case in `core/incident.py` (mypy points to it).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from crisis.core.agreement import CollectedRun, PinnedAgreement
from crisis.core.asked import (
    AdHocAsked,
    AttemptEnded,
    AttemptHeld,
    AttemptStarted,
    Escalated,
    LeadOffered,
    Overdue,
    Purpose,
    StepHeld,
    StepObsolete,
    StepSkipped,
    StepStarted,
)
from crisis.core.bulletin import BulletinIssued
from crisis.core.condition import Value
from crisis.core.consent_policy import ConsentPolicy
from crisis.core.consented import ConsentGiven, ConsentRefused, ConsentRevoked
from crisis.core.contact import Directory
from crisis.core.custody import BrokenChainAccepted, EntriesErased, Erased, LogRestored
from crisis.core.planned import StartConfirmed, StartMoved
from crisis.core.playbook import Playbook
from crisis.core.replied import Acknowledged, Answered, Decided, Declined, Published, Signed, Via
from crisis.core.task import TaskDone, TaskKind, TaskRaised

__all__ = [
    "SYSTEM",
    "Acknowledged",
    "AdHocAsked",
    "Answered",
    "AttemptEnded",
    "AttemptHeld",
    "AttemptStarted",
    "AttributeSet",
    "BrokenChainAccepted",
    "BulletinIssued",
    "ComplaintCounted",
    "ConsentGiven",
    "ConsentRefused",
    "ConsentRevoked",
    "Decided",
    "Declined",
    "EntriesErased",
    "Entry",
    "Erased",
    "Escalated",
    "Event",
    "IncidentClosed",
    "IncidentOpened",
    "LeadOffered",
    "LinkRevoked",
    "LogRestored",
    "Mode",
    "NoteAdded",
    "OccasionCame",
    "OrchestratorRestored",
    "OrchestratorUnavailable",
    "Overdue",
    "Published",
    "Purpose",
    "ReportDrafted",
    "Signed",
    "StartConfirmed",
    "StartMoved",
    "StepHeld",
    "StepObsolete",
    "StepSkipped",
    "StepStarted",
    "StoodDown",
    "TaskDone",
    "TaskKind",
    "TaskRaised",
    "Via",
]

SYSTEM = "system"


class Mode(StrEnum):
    """Whether this is real."""

    LIVE = "live"
    EXERCISE = "exercise"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened:
    """
    The duty officer opened an incident; everything it depends on is pinned here.

    `pace` is how many times as fast as real time the clock runs (exercises only).
    `agreements` are those the playbook draws on and its steps cite, by content. The run of
    a review names its agreement in `review_of`, why it is held now in `occasion` (empty:
    it was due), and the runs that were read for it in `collected`. `planned_for` is the T0
    of a run that was opened before it; None begins it at once.
    `consent_policy` is what holds in its Land, None where the house keeps none. A complaint
    names the run in `complaint_on`, the partner complained about in `complaint_about`, and
    in `occasion` what it is about, in a sentence at most.
    `begun_by` is the partner at whose word it was opened; empty: nobody's but the lead's.
    """

    kind: Literal["incident-opened"] = "incident-opened"
    code_word: str
    label: str
    mode: Mode
    region: str
    occurred_at: datetime | None
    attributes: Mapping[str, Value]
    playbook: Playbook
    directory: Directory
    layers: tuple[str, ...]
    digest: str
    gaps: tuple[str, ...] = ()
    pace: int = 1
    agreements: tuple[PinnedAgreement, ...] = ()
    review_of: str = ""
    occasion: str = ""
    collected: tuple[CollectedRun, ...] = ()
    planned_for: datetime | None = None
    consent_policy: ConsentPolicy | None = None
    complaint_on: str = ""
    complaint_about: str = ""
    begun_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeSet:
    """A fact about the incident became known or changed (`source` says from whom)."""

    kind: Literal["attribute-set"] = "attribute-set"
    attribute: str
    value: Value
    source: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionCame:
    """The condition of an occasion became true: steps and deadlines count from then."""

    kind: Literal["occasion-came"] = "occasion-came"
    occasion: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    """A remark for the log and the report."""

    kind: Literal["note-added"] = "note-added"
    text: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCounted:
    """A complaint about this run was made or closed; what it says stands nowhere here (S3.2)."""

    kind: Literal["complaint-counted"] = "complaint-counted"
    category: str
    state: Literal["made", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodDown:
    """False alarm or end of the response: everyone who was contacted is told, and answers."""

    kind: Literal["stood-down"] = "stood-down"
    reason: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDrafted:
    """The reflection report was computed from the log up to `log_to`; `digest` is its SHA-256."""

    kind: Literal["report-drafted"] = "report-drafted"
    step: str
    status: Literal["draft", "final"]
    log_to: int
    digest: str
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRevoked:
    """The page of one contact no longer opens."""

    kind: Literal["link-revoked"] = "link-revoked"
    link_hash: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentClosed:
    """The record ends."""

    kind: Literal["incident-closed"] = "incident-closed"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrchestratorUnavailable:
    """Prefect does not answer; the engine goes on without it."""

    kind: Literal["orchestrator-unavailable"] = "orchestrator-unavailable"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrchestratorRestored:
    """Prefect answers again."""

    kind: Literal["orchestrator-restored"] = "orchestrator-restored"


Event = (
    IncidentOpened
    | AttributeSet
    | OccasionCame
    | StartMoved
    | StartConfirmed
    | ConsentGiven
    | ConsentRefused
    | ConsentRevoked
    | BulletinIssued
    | StepStarted
    | StepHeld
    | AttemptStarted
    | AttemptEnded
    | AttemptHeld
    | Escalated
    | Overdue
    | Acknowledged
    | Declined
    | Answered
    | Decided
    | Signed
    | Published
    | StepObsolete
    | StepSkipped
    | TaskRaised
    | TaskDone
    | AdHocAsked
    | LeadOffered
    | NoteAdded
    | ComplaintCounted
    | StoodDown
    | ReportDrafted
    | LinkRevoked
    | IncidentClosed
    | OrchestratorUnavailable
    | OrchestratorRestored
    | LogRestored
    | BrokenChainAccepted
    | EntriesErased
    | Erased
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    One line of the log: an event with its place in the chain.

    `seq` counts over all incidents, `version` within one. `hash` covers the
    entry's canonical JSON and `prev_hash`, the hash of the incident's entry before.
    """

    seq: int
    incident: str
    version: int
    at: datetime
    actor: str
    event: Event
    prev_hash: str = ""
    hash: str = ""
