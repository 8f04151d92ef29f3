"""A run that was opened before its T0: T0 is moved, and in the end it has begun."""

from datetime import datetime

from crisis.core import scheduling
from crisis.core.complaint import by_desk
from crisis.core.incident import Incident
from crisis.core.refusal import moment_of
from crisis.core.timing import require_utc
from crisis.usecases.reading import Desk
from crisis.usecases.recording import record


def move_start(
    desk: Desk, incident_id: str, *, planned_for: datetime, reason: str, by: str
) -> Incident:
    """Move T0 of a planned run; see `core.scheduling.move_start` for what is refused."""
    return record(
        desk,
        incident_id,
        lambda incident, now: scheduling.move_start(
            incident, planned_for=require_utc(planned_for), reason=reason, now=now
        ),
        by=by,
        rule=by_desk,
    )


def confirm_start(
    desk: Desk, incident_id: str, *, by: str, happened_at: datetime | None = None
) -> Incident:
    """Record that a planned run has begun; see `core.scheduling.confirm_start`."""
    return record(
        desk,
        incident_id,
        lambda incident, now: scheduling.confirm_start(
            incident, happened_at=moment_of(incident, happened_at, now=now), now=now
        ),
        by=by,
        rule=by_desk,
    )
