"""
The state of an incident, folded from its log.

Rule 1: everything that an event changes is changed here and nowhere else.
Rule 2: nothing here asks what time it is; an entry carries its own moment.
Rule 3: an obligation is one partner's own: no answer of one changes another's.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from crisis.core import event as ev
from crisis.core.ad_hoc_step import ad_hoc_step
from crisis.core.begun import begun
from crisis.core.custody import CustodyEvent
from crisis.core.event import Entry, Event, IncidentOpened
from crisis.core.event_part import (
    BelowDesk,
    BelowIncident,
    BelowStep,
    BelowSteps,
    OfConsent,
    OfStart,
    OnePartner,
    Reply,
)
from crisis.core.handover import handover_step, led
from crisis.core.moved_deadline import moved_obligation, moved_run
from crisis.core.need import with_reports
from crisis.core.obligation import Attempt, Obligation
from crisis.core.roll_up import rolled_up
from crisis.core.round_step import round_step
from crisis.core.state import (
    NOTHING_YET,
    AttributeChange,
    Consent,
    CustodyMark,
    Incident,
    Key,
    StepRun,
    Task,
    new_values,
    opened_incident,
)
from crisis.core.told import called, ended

__all__ = [
    "AttributeChange",
    "Incident",
    "Key",
    "StepRun",
    "Task",
    "advance",
    "evolve",
    "fold",
]


def fold(entries: Iterable[Entry]) -> Incident:
    """
    Return the incident that a log describes.

    Raises:
        ValueError: the log does not begin with `IncidentOpened`.
    """
    log = iter(entries)
    first = next(log, None)
    if first is None or not isinstance(first.event, IncidentOpened):
        message = "a log begins with incident-opened"
        raise ValueError(message)
    return advance(opened_incident(first, first.event), log)


def evolve(incident: Incident, entry: Entry) -> Incident:
    """Return the incident after one more entry."""
    return advance(incident, (entry,))


def advance(incident: Incident, entries: Iterable[Entry]) -> Incident:
    """Return the incident after some more entries; copies its tables once, not per entry."""
    draft = _Draft(incident)
    for entry in entries:
        draft.take(entry)
    return draft.incident()


class _Draft:
    """A private, mutable copy that takes entries and becomes an incident again."""

    def __init__(self, incident: Incident) -> None:
        self._base = incident
        self._version, self._seq, self._at = incident.version, incident.last_seq, incident.last_at
        self._steps = dict(incident.steps)
        self._obligations = dict(incident.obligations)
        self._tasks = dict(incident.tasks)
        self._step_by_id = dict(incident.step_by_id)
        self._attributes = dict(incident.attributes)
        self._changes = list(incident.attribute_changes)
        self._decisions = dict(incident.decisions)
        self._levels = dict(incident.levels)
        self._rounds = dict(incident.rounds)
        self._occasions = dict(incident.occasions)
        self._consents = dict(incident.consents)

    def incident(self) -> Incident:
        return replace(
            self._base,
            version=self._version,
            last_seq=self._seq,
            last_at=self._at,
            steps=self._steps,
            obligations=self._obligations,
            tasks=self._tasks,
            step_by_id=self._step_by_id,
            attributes=self._attributes,
            attribute_changes=tuple(self._changes),
            decisions=self._decisions,
            levels=self._levels,
            rounds=self._rounds,
            occasions=self._occasions,
            consents=self._consents,
        )

    def take(self, entry: Entry) -> None:
        self._version = max(self._version, entry.version)
        self._seq = max(self._seq, entry.seq)
        self._at = entry.at
        self._about_incident(entry.event, at=entry.at)

    def _about_incident(self, event: Event, *, at: datetime) -> None:
        match event:
            case ev.StoodDown():
                self._base = replace(
                    self._base, stood_down_at=event.happened_at, stood_down_reason=event.reason
                )
            case ev.IncidentClosed():
                self._base = replace(self._base, closed_at=at)
            case ev.LinkRevoked():
                revoked = self._base.revoked_links | {event.link_hash}
                self._base = replace(self._base, revoked_links=revoked)
            case ev.OrchestratorUnavailable() | ev.OrchestratorRestored():
                degraded = isinstance(event, ev.OrchestratorUnavailable)
                self._base = replace(self._base, degraded=degraded)
            case ev.LogRestored() | ev.BrokenChainAccepted() | ev.EntriesErased():
                self._about_log(event, at=at)
            case ev.IncidentOpened() | ev.NoteAdded() | ev.ComplaintCounted() | ev.Erased():
                pass  # the first is folded once; a note changes no state
            case _:
                self._about_desk(event, at=at)

    def _about_log(self, event: CustodyEvent, *, at: datetime) -> None:
        mark = CustodyMark(at=at, version=self._version, event=event)
        self._base = replace(self._base, custody=(*self._base.custody, mark))
        if isinstance(event, ev.LogRestored):
            for key, one in self._obligations.items():
                self._obligations[key] = replace(one, restored_at=at)

    def _about_desk(self, event: BelowIncident, *, at: datetime) -> None:
        match event:
            case ev.AttributeSet():
                self._set_attribute(event)
            case ev.OccasionCame() | ev.StartMoved() | ev.StartConfirmed():
                self._about_start(event, at=at)
            case ev.ConsentGiven() | ev.ConsentRefused() | ev.ConsentRevoked():
                self._about_consent(event, at=at)
            case ev.TaskRaised():
                self._tasks[event.task] = Task(raised=event, raised_at=at)
                if event.task_kind is ev.TaskKind.OTHER_WAY:
                    self._change(event, lambda o: replace(o, handed_at=o.handed_at or at), at=at)
            case ev.TaskDone():
                done = self._tasks[event.task].finished(event)
                self._tasks[event.task] = done
                self._change(done.raised, lambda o: called(o, done.raised, event), at=at)
            case ev.BulletinIssued():
                bulletins = {**self._base.bulletins, event.bulletin: event}
                self._base = replace(self._base, bulletins=bulletins)
            case _:
                self._about_step(event, at=at)

    def _about_start(self, event: OfStart, *, at: datetime) -> None:
        if isinstance(event, ev.OccasionCame):
            self._occasions.setdefault(event.occasion, event.happened_at)
            if not self._base.is_ahead:
                return  # a planned run has begun by what it was planned for
        moved = isinstance(event, ev.StartMoved)
        t0 = event.planned_for if isinstance(event, ev.StartMoved) else event.happened_at
        self._base = replace(self._base, t0=t0, is_ahead=moved)
        known = self._step_by_id
        for step_id, run in tuple(self._steps.items()):
            self._steps[step_id] = moved_run(run, known[step_id], t0=t0, at=at)
        for key, one in tuple(self._obligations.items()):
            self._obligations[key] = moved_obligation(one, known[key[0]], t0=t0, at=at)

    def _about_consent(self, event: OfConsent, *, at: datetime) -> None:
        match event:
            case ev.ConsentGiven() | ev.ConsentRefused():
                self._consents[event.consent] = Consent.recorded(event)
            case ev.ConsentRevoked():
                held = self._consents[event.consent]
                self._consents[event.consent] = replace(held, revoked_at=event.happened_at)
                for step_id, run in tuple(self._steps.items()):
                    if run.consent == event.consent:
                        self._steps[step_id] = replace(run, obsolete_at=at)
                        for key in self._keys_of(step_id):
                            self._obligations[key] = self._obligations[key].withdrawn(at=at)
            case _:
                assert_never(event)

    def _about_step(self, event: BelowDesk, *, at: datetime) -> None:
        match event:
            case ev.StepStarted():
                self._start(event, at=at)
            case ev.StepHeld():
                self._step(event.step, lambda run: replace(run, held_since=at))
            case ev.StepObsolete():
                self._step(event.step, lambda run: replace(run, obsolete_at=at))
                self._drop(event.step, reason=event.reason, at=at)
            case ev.StepSkipped():
                self._skip(event, at=at)
            case ev.AdHocAsked():
                self._ask_ad_hoc(event, at=at)
            case ev.LeadOffered():
                self._offer_lead(event, at=at)
            case _:
                self._about_attempt(event, at=at)

    def _about_attempt(self, event: BelowSteps, *, at: datetime) -> None:
        match event:
            case ev.AttemptStarted():
                self._change(event, lambda o: o.with_attempt(Attempt.claimed(event, at=at)), at=at)
            case ev.AttemptEnded():
                directory = self._base.opened.directory
                self._change(event, lambda o: ended(o, event, directory, at=at), at=at)
            case ev.AttemptHeld():
                self._change(event, lambda o: o.with_hold(event), at=at)
            case _:
                self._about_outcome(event, at=at)

    def _about_outcome(self, event: BelowStep, *, at: datetime) -> None:
        match event:
            case ev.Published():
                self._step(event.step, lambda run: replace(run, published=event))
            case ev.ReportDrafted():
                self._step(event.step, lambda run: replace(run, report=event, report_at=at))
            case ev.Decided():
                self._decisions[event.step] = event.option
                self._step(event.step, lambda run: replace(run, decided=event))
                for key in self._keys_of(event.step):
                    self._put(key, self._obligations[key].fulfilled(event.happened_at), at=at)
            case ev.Escalated():
                reached = max(event.level, self._levels.get(event.step, 0))
                self._levels[event.step] = reached
                self._change(event, lambda o: o.escalated(event.level, at=at), at=at)
            case ev.Overdue():
                self._change(event, lambda o: replace(o, overdue_at=at), at=at)
            case _:
                self._about_reply(event, at=at)

    def _about_reply(self, event: Reply, *, at: datetime) -> None:
        match event:
            case ev.Acknowledged():
                self._change(event, lambda o: o.acknowledged(event), at=at)
                self._take_lead(event)
            case ev.Declined():
                self._change(event, lambda o: o.declined(event), at=at)
            case ev.Answered():
                self._change(event, lambda o: o.answered(event), at=at)
                needs = with_reports(
                    self._base.needs,
                    event.answers,
                    step=event.step,
                    partner=event.partner,
                    at=event.happened_at,
                )
                self._base = replace(self._base, needs=needs)
            case ev.Signed():
                self._change(event, lambda o: o.signed(event), at=at)
            case _:
                assert_never(event)

    def _change(
        self, event: OnePartner, change: Callable[[Obligation], Obligation], *, at: datetime
    ) -> None:
        key = (event.step, event.partner)
        # A task may name a step that has no obligation of its own (a gap, a question).
        if key in self._obligations:
            self._put(key, change(self._obligations[key]), at=at)

    def _put(self, key: Key, after: Obligation, *, at: datetime) -> None:
        before, self._obligations[key] = self._obligations[key], after
        if after.cascade is not None or after.membership is not None:
            self._obligations.update(rolled_up(self._obligations, before, after, at=at))

    def _step(self, step_id: str, change: Callable[[StepRun], StepRun]) -> None:
        self._steps[step_id] = change(self._steps.get(step_id, NOTHING_YET))

    def _keys_of(self, step_id: str) -> tuple[Key, ...]:
        run = self._steps.get(step_id, NOTHING_YET)
        return tuple((step_id, partner) for partner in run.partners)

    def _start(self, event: ev.StepStarted, *, at: datetime) -> None:
        if event.of and event.step not in self._step_by_id:
            rounds = (*self._rounds.get(event.of, ()), event.step)
            self._rounds[event.of] = rounds
            base = self._step_by_id[event.of]
            self._step_by_id[event.step] = round_step(base, event.step, number=len(rounds) + 1)
        members = tuple(member for named in event.members.values() for member in named)
        self._step(
            event.step,
            lambda run: replace(
                run,
                started_at=at,
                planned_at=event.planned_at,
                due_at=event.due_at,
                partners=tuple(dict.fromkeys((*run.partners, *event.partners, *members))),
                obsolete_at=None,
                missed=run.missed + event.missed,
                changes=self._changes_seen(event.of or event.step),
                consent=event.consent or run.consent,
                bulletin=event.bulletin or run.bulletin,
            ),
        )
        # What was to begin before the log was put back may have begun in what was lost.
        restored_at = self._base.restored_at
        if restored_at is not None and event.planned_at > restored_at:
            restored_at = None
        expects = self._step_by_id[event.step].expect.kind
        self._obligations.update(
            begun(self._obligations, event, expects=expects, at=at, restored_at=restored_at)
        )

    def _changes_seen(self, step_id: str) -> int:
        repeat = self._step_by_id[step_id].repeat
        if repeat is None or not repeat.changes:
            return 0
        return len(new_values(self._changes, repeat.changes))

    def _drop(self, step_id: str, *, reason: str, at: datetime) -> None:
        for key in self._keys_of(step_id):
            if not self._obligations[key].is_settled:
                dropped = replace(self._obligations[key], obsolete_at=at, obsolete_reason=reason)
                self._put(key, dropped, at=at)

    def _skip(self, event: ev.StepSkipped, *, at: datetime) -> None:
        if event.partner is None:
            self._step(
                event.step,
                lambda run: replace(run, skipped_reason=event.reason, skipped_at=at),
            )
        for key in self._keys_of(event.step):
            left = self._obligations[key]
            # Whoever declined or dissents may be left out by name: nothing waits for them then.
            done = left.is_fulfilled and not left.dissents
            named = event.partner == key[1] and not (done or left.obsolete_at)
            if named or (event.partner is None and not left.is_settled):
                self._put(key, replace(left, obsolete_at=at, obsolete_reason="skipped"), at=at)

    def _set_attribute(self, event: ev.AttributeSet) -> None:
        self._attributes[event.attribute] = event.value
        self._changes.append(AttributeChange.entered(event))

    def _offer_lead(self, event: ev.LeadOffered, *, at: datetime) -> None:
        playbook = self._base.playbook
        step = handover_step(event, like=playbook.stand_down, rule=playbook.lead.handover)
        self._step_by_id[event.step] = step
        # A later offer takes the place of those that were refused.
        for earlier, offered in self._base.offers.items():
            key = (earlier, offered.partner)
            if not self._obligations[key].is_fulfilled:
                left = replace(self._obligations[key], obsolete_at=at, obsolete_reason="skipped")
                self._put(key, left, at=at)
        self._base = replace(self._base, offers={**self._base.offers, event.step: event})
        started = ev.StepStarted(
            step=event.step, partners=(event.partner,), planned_at=at, due_at=event.due_at
        )
        self._start(started, at=at)
        key = (event.step, event.partner)
        self._put(key, replace(self._obligations[key], first_contact=event.contact), at=at)

    def _take_lead(self, event: ev.Acknowledged) -> None:
        offered = self._base.offers.get(event.step)
        if offered is not None:
            leads = led(self._base.leads, offered, event)
            self._base = replace(self._base, leads=leads)

    def _ask_ad_hoc(self, event: ev.AdHocAsked, *, at: datetime) -> None:
        self._step_by_id[event.step] = ad_hoc_step(event, like=self._base.playbook.stand_down)
        started = ev.StepStarted(
            step=event.step, partners=(event.partner,), planned_at=at, due_at=event.due_at
        )
        self._start(started, at=at)
