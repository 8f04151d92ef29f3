"""What the duty officer does while an incident runs."""

from datetime import datetime, timedelta

from crisis.core import decide as deciding
from crisis.core import publish as publishing
from crisis.core import steer
from crisis.core.complaint import by_desk
from crisis.core.condition import Value
from crisis.core.hand_over import Handing
from crisis.core.hand_over import hand_over as hand_over_lead
from crisis.core.incident import Incident
from crisis.core.refusal import moment_of
from crisis.core.steer import Result
from crisis.usecases.reading import Desk
from crisis.usecases.recording import record


def decide(
    desk: Desk,
    incident_id: str,
    *,
    step: str,
    option: str,
    reason: str,
    by: str,
    happened_at: datetime | None = None,
) -> Incident:
    """Record how a decision came out; see `core.decide.decide` for what is refused."""
    return record(
        desk,
        incident_id,
        lambda incident, now: deciding.decide(
            incident,
            step=step,
            option=option,
            reason=reason,
            happened_at=moment_of(incident, happened_at, now=now),
            now=now,
        ),
        by=by,
        rule=by_desk,
    )


def set_attribute(
    desk: Desk,
    incident_id: str,
    *,
    name: str,
    value: Value,
    source: str,
    by: str,
    happened_at: datetime | None = None,
) -> Incident:
    """Record a fact that became known; see `core.steer.set_attribute` for what is refused."""
    return record(
        desk,
        incident_id,
        lambda incident, now: steer.set_attribute(
            incident,
            name=name,
            value=value,
            source=source,
            happened_at=moment_of(incident, happened_at, now=now),
            now=now,
        ),
        by=by,
        rule=by_desk,
    )


def skip(
    desk: Desk, incident_id: str, *, step: str, reason: str, by: str, partner: str | None = None
) -> Incident:
    """Leave a step, or one partner of it, out with a reason."""
    return record(
        desk,
        incident_id,
        lambda incident, _now: steer.skip(incident, step=step, partner=partner, reason=reason),
        by=by,
        rule=by_desk,
    )


def ask(
    desk: Desk,
    incident_id: str,
    *,
    partner: str,
    text: str,
    reason: str,
    within: timedelta | None,
    by: str,
) -> Incident:
    """Ask a partner something outside the playbook; the engine carries it out like any step."""
    return record(
        desk,
        incident_id,
        lambda incident, now: steer.ask(
            incident, partner=partner, text=text, reason=reason, within=within, now=now
        ),
        by=by,
        rule=by_desk,
    )


def publish(
    desk: Desk,
    incident_id: str,
    *,
    step: str,
    by: str,
    uncleared: str = "",
    happened_at: datetime | None = None,
) -> Incident:
    """Record that what a step clears was published; see `core.publish` for what is refused."""
    return record(
        desk,
        incident_id,
        lambda incident, now: publishing.publish(
            incident,
            step=step,
            uncleared=uncleared,
            happened_at=moment_of(incident, happened_at, now=now),
            now=now,
        ),
        by=by,
        rule=by_desk,
    )


def hand_over(
    desk: Desk,
    incident_id: str,
    handing: Handing,
    *,
    by: str,
    happened_at: datetime | None = None,
) -> Incident:
    """Offer the lead to somebody; see `core.hand_over` for what is refused."""
    return record(
        desk,
        incident_id,
        lambda incident, now: hand_over_lead(
            incident, handing, happened_at=moment_of(incident, happened_at, now=now), now=now
        ),
        by=by,
        rule=by_desk,
    )


def note(
    desk: Desk, incident_id: str, *, text: str, by: str, happened_at: datetime | None = None
) -> Incident:
    """Add a remark to the log."""
    return record(
        desk,
        incident_id,
        lambda incident, now: steer.note(
            incident, text=text, happened_at=moment_of(incident, happened_at, now=now), now=now
        ),
        by=by,
        rule=by_desk,
    )


def stand_down(desk: Desk, incident_id: str, *, reason: str, by: str) -> Incident:
    """End the response; everyone who was contacted is told (A95)."""
    return record(
        desk,
        incident_id,
        lambda incident, now: steer.stand_down(incident, reason=reason, now=now),
        by=by,
        rule=by_desk,
    )


def close(desk: Desk, incident_id: str, *, reason: str, by: str) -> Incident:
    """End the record; refused while a partner waits in nobody's hands."""
    return record(
        desk,
        incident_id,
        lambda incident, _now: steer.close(incident, reason=reason),
        by=by,
        rule=by_desk,
    )


def finish_task(
    desk: Desk,
    incident_id: str,
    *,
    task: str,
    result: Result,
    by: str,
    note: str = "",
    happened_at: datetime | None = None,
) -> Incident:
    """Record what came of a task on the lead's desk, such as a telephone call."""
    return record(
        desk,
        incident_id,
        lambda incident, now: steer.finish_task(
            incident,
            task=task,
            result=result,
            note=note,
            happened_at=moment_of(incident, happened_at, now=now),
            now=now,
        ),
        by=by,
        rule=by_desk,
    )


def revoke_link(desk: Desk, incident_id: str, *, link_hash: str, reason: str, by: str) -> Incident:
    """Close one contact's page for good."""
    return record(
        desk,
        incident_id,
        lambda incident, _now: steer.revoke_link(incident, link_hash=link_hash, reason=reason),
        by=by,
        rule=by_desk,
    )
