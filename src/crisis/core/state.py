"""What is known of an incident: frozen values, made only by `core/incident.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from crisis.core import event as ev
from crisis.core.condition import Value
from crisis.core.custody import CustodyEvent, LogRestored
from crisis.core.event import IncidentOpened
from crisis.core.obligation import Obligation
from crisis.core.playbook import Playbook, Step

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRun:
    """What has happened to one step."""

    started_at: datetime | None = None
    planned_at: datetime | None = None
    due_at: datetime | None = None
    held_since: datetime | None = None
    partners: tuple[str, ...] = ()
    obsolete_at: datetime | None = None
    skipped_reason: str | None = None
    skipped_at: datetime | None = None
    decided: ev.Decided | None = None
    report: ev.ReportDrafted | None = None
    report_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that lies on the lead's desk."""

    raised: ev.TaskRaised
    raised_at: datetime
    done_at: datetime | None = None
    result: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChange:
    """One value of an attribute, from when, from whom."""

    at: datetime
    attribute: str
    value: Value
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyMark:
    """What was done to the log itself, in which entry and when."""

    at: datetime
    version: int
    event: CustodyEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Everything the log says about one incident. T0 is `opened_at`."""

    id: str
    version: int
    last_seq: int
    last_at: datetime
    opened_at: datetime
    opened_by: str
    opened: IncidentOpened
    step_by_id: Mapping[str, Step]
    attributes: Mapping[str, Value]
    attribute_changes: tuple[AttributeChange, ...] = ()
    steps: Mapping[str, StepRun] = field(default_factory=dict)
    obligations: Mapping[Key, Obligation] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    revoked_links: frozenset[str] = frozenset()
    stood_down_at: datetime | None = None
    stood_down_reason: str = ""
    closed_at: datetime | None = None
    degraded: bool = False
    custody: tuple[CustodyMark, ...] = ()

    @property
    def playbook(self) -> Playbook:
        """The playbook as it was when the incident was opened."""
        return self.opened.playbook

    @property
    def state(self) -> Literal["open", "stood-down", "closed"]:
        """Where the incident stands as a whole."""
        if self.closed_at is not None:
            return "closed"
        return "open" if self.stood_down_at is None else "stood-down"

    @property
    def restored_at(self) -> datetime | None:
        """When the log was last put back to an older state, None if it never was."""
        restored = [mark.at for mark in self.custody if isinstance(mark.event, LogRestored)]
        return restored[-1] if restored else None

    def run_of(self, step_id: str) -> StepRun:
        """Return what has happened to a step; an empty run if nothing has."""
        return self.steps.get(step_id, NOTHING_YET)

    def obligations_of(self, step_id: str) -> tuple[Obligation, ...]:
        """Return a step's obligations in the order in which its partners were asked."""
        return tuple(
            self.obligations[step_id, partner] for partner in self.run_of(step_id).partners
        )


NOTHING_YET = StepRun()
