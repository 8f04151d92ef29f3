"""Deciding on the incident, and writing the events that follow."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from crisis.core.allowed import Allowed, Rule
from crisis.core.event import Event
from crisis.core.incident import Incident
from crisis.core.overtaken import is_overtaken
from crisis.core.refusal import require_sign
from crisis.errors import CrisisError, LogMovedOnError
from crisis.usecases.reading import Desk

Deciding = Callable[[Incident, datetime], tuple[Event, ...]]
# The engine writes to a hot incident many times a second; a person's answer must still get in.
MOST_TRIES = 50


def record(desk: Desk, incident_id: str, deciding: Deciding, *, by: str, rule: Rule) -> Incident:
    """
    Decide on the incident and append what follows; decide anew if that was overtaken.

    What others answer meanwhile about other obligations does not count as overtaking.
    The first decision is made on what this process remembers: the log refuses it where
    something came since that matters. What memory refuses, or finds nothing to do about, is
    decided on what the log holds now.

    Takes a function from the incident and the present moment to events, and the rule that
    says which of them may be recorded here. Returns the incident with them.

    Raises:
        NotFoundError: there is no such incident.
        UsageError: `by` is no short sign.
        LogMovedOnError: others kept writing; nothing was appended.
        CrisisError: whatever the deciding function or the rule refuses with.
    """
    require_sign(by)
    recorded = _from_memory(desk, incident_id, deciding, by=by, rule=rule)
    tries = 1
    while recorded is None and tries < MOST_TRIES:
        tries += 1
        incident = desk.incidents.current(incident_id)
        now = desk.house.clock.now()
        allowed = rule(incident, deciding(incident, now))
        recorded = _appended(desk, incident, allowed, at=now, by=by)
    if recorded is None:
        message = f"incident {incident_id} is being written to without pause; try again"
        raise LogMovedOnError(message)
    return recorded


def _from_memory(
    desk: Desk, incident_id: str, deciding: Deciding, *, by: str, rule: Rule
) -> Incident | None:
    incident = desk.incidents.remembered(incident_id)
    now = desk.house.clock.now()
    try:
        allowed = rule(incident, deciding(incident, now))
    except CrisisError:
        return None
    return _appended(desk, incident, allowed, at=now, by=by) if allowed.events else None


def _appended(
    desk: Desk, incident: Incident, allowed: Allowed, *, at: datetime, by: str
) -> Incident | None:
    """Append what was decided on an incident and return it with that, None if overtaken."""
    try:
        entries = desk.house.log.append(
            incident.id,
            allowed.events,
            actor=by,
            at=at,
            expected_version=incident.version,
            minds=partial(is_overtaken, allowed.events),
            beside=allowed.beside,
        )
    except LogMovedOnError:
        return None
    return desk.incidents.after(incident, entries)
