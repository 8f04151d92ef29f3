"""What is known of an incident: frozen values, made only by `core/incident.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from crisis.core import event as ev
from crisis.core.condition import Value
from crisis.core.custody import CustodyEvent, LogRestored
from crisis.core.event import Entry, IncidentOpened
from crisis.core.handover import LeadPost
from crisis.core.need import Needs
from crisis.core.obligation import Obligation
from crisis.core.playbook import Playbook, Step

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRun:
    """
    What has happened to one step.

    `missed` is how many rounds before this one went by unasked; `changes` how many
    values the attribute that begins its rounds had taken when it began; `consent` the
    code of the consent that let it begin; `bulletin` the number of what it passes on.
    """

    started_at: datetime | None = None
    planned_at: datetime | None = None
    due_at: datetime | None = None
    held_since: datetime | None = None
    partners: tuple[str, ...] = ()
    obsolete_at: datetime | None = None
    skipped_reason: str | None = None
    skipped_at: datetime | None = None
    decided: ev.Decided | None = None
    published: ev.Published | None = None
    report: ev.ReportDrafted | None = None
    report_at: datetime | None = None
    missed: int = 0
    changes: int = 0
    consent: str = ""
    bulletin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that lies on the lead's desk."""

    raised: ev.TaskRaised
    raised_at: datetime
    done_at: datetime | None = None
    result: str | None = None
    note: str = ""

    def finished(self, event: ev.TaskDone) -> "Task":
        """Return the task after somebody said what came of it."""
        done_at, result, note = event.happened_at, event.result, event.note
        return replace(self, done_at=done_at, result=result, note=note)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeChange:
    """One value of an attribute, from when, from whom."""

    at: datetime
    attribute: str
    value: Value
    source: str

    @classmethod
    def entered(cls, event: ev.AttributeSet) -> "AttributeChange":
        """Return the change that an entry makes."""
        return cls(
            at=event.happened_at,
            attribute=event.attribute,
            value=event.value,
            source=event.source,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A record of consent: a code, what it covers, towards whom, and whether it still holds."""

    code: str
    scope: str
    partner: str
    since: datetime
    recipient: str = ""
    expires_at: datetime | None = None
    refused: bool = False
    revoked_at: datetime | None = None
    form: str = ""

    @classmethod
    def recorded(cls, event: ev.ConsentGiven | ev.ConsentRefused) -> "Consent":
        """Return the record that an entry makes."""
        given = event if isinstance(event, ev.ConsentGiven) else None
        return cls(
            code=event.consent,
            scope=event.scope,
            partner=event.partner,
            since=event.happened_at,
            recipient="" if given is None else given.recipient,
            expires_at=None if given is None else given.expires_at,
            form="" if given is None else given.form,
            refused=given is None,
        )

    def is_over(self, now: datetime) -> bool:
        """Return whether it allows nothing: refused, revoked or ended."""
        ended = self.expires_at is not None and self.expires_at <= now
        return self.refused or self.revoked_at is not None or ended


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyMark:
    """What was done to the log itself, in which entry and when."""

    at: datetime
    version: int
    event: CustodyEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """
    Everything the log says about one incident. T0 is `t0`, mostly `opened_at`.

    `is_ahead` while T0 is planned only: the run has not begun, and what goes out does not
    say where, when or for what.

    `levels` are the highest that ladders have reached, by steps; `rounds` are the ids of
    the rounds that followed a step's first, by that step's id; `occasions` when those that
    have come came, by their ids; `consents` by their codes, `bulletins` by their numbers.
    """

    id: str
    version: int
    last_seq: int
    last_at: datetime
    opened_at: datetime
    t0: datetime
    opened_by: str
    opened: IncidentOpened
    step_by_id: Mapping[str, Step]
    attributes: Mapping[str, Value]
    attribute_changes: tuple[AttributeChange, ...] = ()
    steps: Mapping[str, StepRun] = field(default_factory=dict)
    obligations: Mapping[Key, Obligation] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    offers: Mapping[str, ev.LeadOffered] = field(default_factory=dict)
    leads: tuple[LeadPost, ...] = ()
    needs: Needs = field(default_factory=dict)
    revoked_links: frozenset[str] = frozenset()
    is_ahead: bool = False
    stood_down_at: datetime | None = None
    stood_down_reason: str = ""
    closed_at: datetime | None = None
    degraded: bool = False
    custody: tuple[CustodyMark, ...] = ()
    rounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    occasions: Mapping[str, datetime] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    bulletins: Mapping[str, ev.BulletinIssued] = field(default_factory=dict)

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

    @property
    def start_task(self) -> str:
        """The id of the task that asks whether a planned run has begun, one for each T0."""
        return f"start/{self.t0:%Y-%m-%dT%H:%M:%S}"

    def run_of(self, step_id: str) -> StepRun:
        """Return what has happened to a step; an empty run if nothing has."""
        return self.steps.get(step_id, NOTHING_YET)

    def rounds_of(self, step_id: str) -> tuple[str, ...]:
        """Return the ids of a step's rounds in order, its first one included."""
        return (step_id, *self.rounds.get(step_id, ()))

    def begun_of(self, step_id: str) -> int:
        """Return how many rounds of a step have begun."""
        return 0 if self.run_of(step_id).started_at is None else len(self.rounds_of(step_id))

    def with_rounds(self, steps: Iterable[Step]) -> tuple[Step, ...]:
        """Return steps with the later rounds of each behind it."""
        ids = (round_id for step in steps for round_id in self.rounds_of(step.id))
        return tuple(self.step_by_id[round_id] for round_id in ids)

    def changes_of(self, attribute: str) -> tuple[AttributeChange, ...]:
        """Return when an attribute took another value, in the order in which it was entered."""
        return new_values(self.attribute_changes, attribute)

    def obligations_of(self, step_id: str) -> tuple[Obligation, ...]:
        """Return a step's obligations in the order in which its partners were asked."""
        return tuple(
            self.obligations[step_id, partner] for partner in self.run_of(step_id).partners
        )

    def asked_about(self, bulletin: str) -> tuple[Obligation, ...]:
        """Return the obligations of the rounds that passed a bulletin on."""
        step = self.bulletins[bulletin].step
        names = (name for name in self.rounds_of(step) if self.run_of(name).bulletin == bulletin)
        return tuple(one for name in names for one in self.obligations_of(name))

    def successor_of(self, bulletin: str) -> str:
        """Return the number of the bulletin that took a bulletin's place, empty if none did."""
        return next((n for n, one in self.bulletins.items() if one.replaces == bulletin), "")

    def counting_of(self, step_id: str) -> tuple[Obligation, ...]:
        """
        Return the obligations of which any, or a quorum, must be fulfilled.

        A hub that passes the ask on only says that it does; its members count.
        """
        return tuple(
            one
            for one in self.obligations_of(step_id)
            if one.cascade is None or not one.cascade.members
        )


NOTHING_YET = StepRun()


def new_values(changes: Iterable[AttributeChange], attribute: str) -> tuple[AttributeChange, ...]:
    """Return those changes by which an attribute took another value than it had."""
    found: list[AttributeChange] = []
    for change in changes:
        if change.attribute == attribute and (not found or found[-1].value != change.value):
            found.append(change)
    return tuple(found)


def opened_incident(entry: Entry, opened: IncidentOpened) -> Incident:
    """Return the incident that its first entry opens."""
    playbook = opened.playbook
    return Incident(
        id=entry.incident,
        version=entry.version,
        last_seq=entry.seq,
        last_at=entry.at,
        opened_at=entry.at,
        t0=opened.planned_for or entry.at,
        is_ahead=opened.planned_for is not None,
        opened_by=entry.actor,
        opened=opened,
        step_by_id={step.id: step for step in (*playbook.steps, playbook.stand_down)},
        attributes=dict(opened.attributes),
        attribute_changes=tuple(
            AttributeChange(at=entry.at, attribute=name, value=value, source="opening")
            for name, value in sorted(opened.attributes.items())
        ),
    )
