"""One incident as scripts read it: the keys of `incident show --json`, which stay stable."""

from collections import Counter
from datetime import datetime

from crisis.core.both_sides import sides
from crisis.core.bulletin import BulletinIssued
from crisis.core.clearance import clearance_of
from crisis.core.contact import holders
from crisis.core.deadline import deadline_words
from crisis.core.desk import is_open, open_tasks
from crisis.core.incident import Incident, StepRun, Task
from crisis.core.leading import lead_now, open_offer
from crisis.core.obligation import Attempt, Obligation
from crisis.core.outlook import needed_answers
from crisis.core.plan import plan
from crisis.core.playbook import Step
from crisis.core.state import Consent
from crisis.usecases.answers_shown import answers_shown

Shown = dict[str, object]


def show(incident: Incident, *, now: datetime) -> Shown:
    """
    Return an incident as plain JSON values.

    Moments are ISO 8601 with offset, absent ones None; obligations stand in the
    order in which their steps began. `now` (UTC) decides about `next_wake_at` and `held`.
    """
    return {
        "id": incident.id,
        **_opening(incident),
        "state": incident.state,
        "lead": lead(incident),
        "attributes": {name: _plain(value) for name, value in incident.attributes.items()},
        "decisions": dict(incident.decisions),
        "degraded": incident.degraded,
        "stood_down_at": _moment(incident.stood_down_at),
        "closed_at": _moment(incident.closed_at),
        "next_wake_at": None
        if incident.closed_at is not None
        else _moment(plan(incident, now=now).wake_at),
        **answers_shown(incident),
        "consents": [_consent(consent) for consent in incident.consents.values()],
        "bulletins": [_bulletin(incident, one, now=now) for one in incident.bulletins.values()],
        "occasions": {name: _moment(came) for name, came in incident.occasions.items()},
        "steps": [
            {**_step(step, run), **_joint(incident, step)} for step, run in incident.steps.items()
        ],
        "obligations": [
            _obligation(obligation, now=now)
            for step in incident.steps
            for obligation in incident.obligations_of(step)
        ],
        "tasks": [_task(incident, task) for task in incident.tasks.values()],
    }


def summary(incident: Incident) -> Shown:
    """Return an incident in one row of a list."""
    return {
        "id": incident.id,
        "code_word": incident.opened.code_word,
        "label": incident.opened.label,
        "mode": incident.opened.mode.value,
        "playbook": incident.playbook.id,
        "region": incident.opened.region,
        "opened_at": _moment(incident.opened_at),
        "t0": _moment(incident.t0),
        "planned": incident.is_ahead,
        "state": incident.state,
        "degraded": incident.degraded,
        "obligations": state_counts(incident),
        "tasks_open": len(open_tasks(incident)),
    }


def lead(incident: Incident) -> Shown:
    """Return who leads: the role, the partners that hold it here, and the deputies' roles."""
    role, post, offer = incident.playbook.lead.role, lead_now(incident), open_offer(incident)
    found = holders(incident.opened.directory, role, region=incident.opened.region)
    return {
        "role": role,
        "partners": [incident.leads[-1].partner] if incident.leads else [one.id for one in found],
        "contact": None if post is None else post.contact,
        "since": None if post is None else _moment(post.since),
        "offered_to": None if offer is None else offer.contact,
        "deputies": list(incident.playbook.lead.deputies),
    }


def state_counts(incident: Incident) -> dict[str, int]:
    """Return how many obligations stand in each state; states that do not occur are absent."""
    return dict(Counter(one.state.value for one in incident.obligations.values()))


def _consent(consent: Consent) -> Shown:
    return {
        "consent": consent.code,
        "scope": consent.scope,
        "recipient": consent.recipient,
        "form": consent.form,
        "refused": consent.refused,
        "expires_at": _moment(consent.expires_at),
        "revoked_at": _moment(consent.revoked_at),
    }


def _bulletin(incident: Incident, bulletin: BulletinIssued, *, now: datetime) -> Shown:
    asked = incident.asked_about(bulletin.bulletin)
    return {
        "bulletin": bulletin.bulletin,
        "step": bulletin.step,
        "about": bulletin.about.value,
        "countries": list(bulletin.countries),
        "valid_until": bulletin.valid_until.isoformat(),
        "expired": bulletin.is_expired(now),
        "replaces": bulletin.replaces or None,
        "partner": bulletin.partner or None,
        "text": bulletin.text or None,
        "issued_at": _moment(bulletin.happened_at),
        "asked": [one.partner for one in asked],
        "confirmed": [one.partner for one in asked if one.acknowledgement is not None],
    }


def _opening(incident: Incident) -> Shown:
    opened = incident.opened
    return {
        "code_word": opened.code_word,
        "label": opened.label,
        "mode": opened.mode.value,
        "playbook": opened.playbook.id,
        "version": opened.playbook.version,
        "layers": list(opened.layers),
        "longer_deadlines": [
            {
                "step": one.step,
                "was": deadline_words(one.was).en,
                "now": deadline_words(one.now).en,
                "reason": {"de": one.reason.de, "en": one.reason.en},
                "layer": one.layer,
            }
            for one in opened.playbook.longer
        ],
        "digest": opened.digest,
        "region": opened.region,
        "opened_at": _moment(incident.opened_at),
        "t0": _moment(incident.t0),
        "planned": incident.is_ahead,
        "opened_by": incident.opened_by,
        "begun_by": incident.opened.begun_by,
        "occurred_at": _moment(opened.occurred_at),
        "gaps": list(opened.gaps),
    }


def _step(step_id: str, run: StepRun) -> Shown:
    return {
        "step": step_id,
        "planned_at": _moment(run.planned_at),
        "started_at": _moment(run.started_at),
        "due_at": _moment(run.due_at),
        "held_since": _moment(run.held_since),
        "obsolete_at": _moment(run.obsolete_at),
        "skipped_reason": run.skipped_reason,
        "decided": None if run.decided is None else run.decided.option,
        "report": None if run.report is None else run.report.status,
    }


def _joint(incident: Incident, step_id: str) -> Shown:
    step = incident.step_by_id[step_id]
    found, clearance = sides(incident, step), clearance_of(incident, step)
    return {
        "basis": list(step.basis),
        "agreements": [one.id for one in incident.opened.agreements if one.founds(step.basis)],
        "complete": _complete(incident, step),
        "sides_confirmed": sum(one.settled_at is not None for one in found) if found else None,
        "clearance": None
        if clearance is None
        else {
            "what": clearance.what.de,
            "signed": list(clearance.signed),
            "missing": list(clearance.missing),
            "dissents": list(clearance.dissents),
            "cleared_at": _moment(clearance.cleared_at),
            "published_at": None
            if clearance.published is None
            else _moment(clearance.published.happened_at),
        },
    }


def _complete(incident: Incident, step: Step) -> Shown:
    """Return how many must answer and how many have; a hub's members count, not the hub."""
    counting = incident.counting_of(step.id)
    return {
        "rule": step.completion.value,
        "needed": needed_answers(step, of=len(counting)),
        "fulfilled": sum(one.is_fulfilled for one in counting),
    }


def _obligation(obligation: Obligation, *, now: datetime) -> Shown:
    return {
        "step": obligation.step,
        "partner": obligation.partner,
        "through": None if obligation.membership is None else obligation.membership.hub,
        "members": _members(obligation),
        "state": obligation.state.value,
        "started_at": _moment(obligation.started_at),
        "due_at": _moment(obligation.due_at),
        "reached_at": _moment(obligation.reached_at),
        "done_at": _moment(obligation.done_at),
        "overdue_at": _moment(obligation.overdue_at),
        "level": obligation.level,
        "escalations": [{"level": r.level, "at": _moment(r.at)} for r in obligation.rises],
        "held": [
            {
                "contact": held.contact,
                "channel": held.channel,
                "until": _moment(held.until),
                "limit": held.limit,
            }
            for held in obligation.waiting(now)
        ],
        "attempts": [_attempt(attempt) for attempt in obligation.attempts],
    }


def _members(obligation: Obligation) -> Shown | None:
    cascade = obligation.cascade
    if cascade is None:
        return None
    return {
        "count": len(cascade.members),
        "answered": cascade.answered,
        "silent": list(cascade.silent),
    }


def _attempt(attempt: Attempt) -> Shown:
    return {
        "n": attempt.n,
        "channel": attempt.channel,
        "contact": attempt.contact,
        "purpose": attempt.purpose.value,
        "level": attempt.level,
        "at": _moment(attempt.started_at),
        "ended_at": _moment(attempt.ended_at),
        "outcome": None if attempt.outcome is None else attempt.outcome.value,
        "code": attempt.code,
        "provider": attempt.provider,
        "possible_repeat": attempt.possible_repeat,
    }


def _task(incident: Incident, task: Task) -> Shown:
    raised = task.raised
    return {
        "task": raised.task,
        "open": is_open(incident, task),
        "kind": raised.task_kind.value,
        "step": raised.step,
        "partner": raised.partner,
        "contact": raised.contact,
        "channel": raised.channel,
        "subject": raised.subject,
        "raised_at": _moment(task.raised_at),
        "done_at": _moment(task.done_at),
        "result": task.result,
        "note": task.note,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
