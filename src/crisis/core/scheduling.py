"""What the lead may do with a run that was opened before its T0; the refusals live here too."""

from datetime import datetime, timedelta

from crisis.core import event as ev
from crisis.core.availability import clock_text, local_day
from crisis.core.event import Event
from crisis.core.incident import Incident
from crisis.core.refusal import require_moment, require_running, require_text
from crisis.errors import RefusedError, UsageError

# A run is planned this far ahead at most, so that a wrong year is noticed.
LONGEST_AHEAD = timedelta(days=366)


def require_ahead(planned_for: datetime, *, now: datetime) -> None:
    """Raise UsageError if a planned T0 does not lie ahead, or further than a year."""
    if planned_for <= now:
        message = (
            f"{clock_text(planned_for)} does not lie ahead (it is {clock_text(now)}); "
            "what has begun is opened without --planned-for"
        )
        raise UsageError(message)
    if planned_for > now + LONGEST_AHEAD:
        message = f"{local_day(planned_for)} lies further ahead than a year; check the year"
        raise UsageError(message)


def move_start(
    incident: Incident, *, planned_for: datetime, reason: str, now: datetime
) -> tuple[Event, ...]:
    """
    Return that T0 was moved; what counts from it follows, and nobody is asked twice.

    Raises:
        RefusedError: the run has begun, or was never planned.
        UsageError: the new T0 does not lie ahead, or no reason is given.
    """
    require_running(incident)
    _require_planned(incident)
    require_text("reason", reason)
    require_ahead(planned_for, now=now)
    if planned_for == incident.t0:
        message = f"T0 is {clock_text(planned_for)} already; nothing was changed"
        raise RefusedError(message)
    return (ev.StartMoved(planned_for=planned_for, reason=reason),)


def confirm_start(
    incident: Incident, *, happened_at: datetime, now: datetime
) -> tuple[Event, ...]:
    """
    Return that a planned run has begun.

    Raises:
        RefusedError: it has begun before, or was never planned.
        UsageError: the moment lies in the future, or before the opening.
    """
    require_running(incident)
    _require_planned(incident)
    require_moment(incident, happened_at, now=now)
    return (ev.StartConfirmed(happened_at=happened_at),)


def _require_planned(incident: Incident) -> None:
    if not incident.is_ahead:
        message = f"incident {incident.id} has begun at {clock_text(incident.t0)}; T0 stays"
        raise RefusedError(message)
