"""Deciding on the incident as it is, and writing the events that follow."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from crisis.core.event import Event
from crisis.core.incident import Incident
from crisis.core.overtaken import is_overtaken
from crisis.core.refusal import require_sign
from crisis.errors import LogMovedOnError
from crisis.usecases.reading import Desk

Deciding = Callable[[Incident, datetime], tuple[Event, ...]]
# The engine writes to a hot incident many times a second; a person's answer must still get in.
MOST_TRIES = 50


def record(desk: Desk, incident_id: str, deciding: Deciding, *, by: str) -> Incident:
    """
    Decide on the newest state and append what follows; decide anew if that was overtaken.

    What others answer meanwhile about other obligations does not count as overtaking.

    Takes a function from the incident and the present moment to events. Returns
    the incident with them.

    Raises:
        NotFoundError: there is no such incident.
        UsageError: `by` is no short sign.
        LogMovedOnError: others kept writing; nothing was appended.
        CrisisError: whatever the deciding function refuses with.
    """
    require_sign(by)
    for _ in range(MOST_TRIES):
        incident = desk.incidents.current(incident_id)
        now = desk.house.clock.now()
        events = deciding(incident, now)
        try:
            entries = desk.house.log.append(
                incident_id,
                events,
                actor=by,
                at=now,
                expected_version=incident.version,
                minds=partial(is_overtaken, events),
            )
        except LogMovedOnError:
            continue
        return desk.incidents.after(incident, entries)
    message = f"incident {incident_id} is being written to without pause; try again"
    raise LogMovedOnError(message)
