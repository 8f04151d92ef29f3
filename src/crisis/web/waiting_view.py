"""Who still owes an answer, as plain values: what is late first, then what is due next."""

from datetime import UTC, datetime

from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.web.joint_view import stands
from crisis.web.moments import left, short_moment
from crisis.web.naming import Names
from crisis.web.texts import Texts

View = dict[str, object]
# What has no deadline comes last.
_NEVER = datetime.max.replace(tzinfo=UTC)


def waiting_view(incident: Incident, *, names: Names, now: datetime, say: Texts) -> list[View]:
    """Return a line for every partner and step that still owes an answer, by deadline."""
    return [
        {
            "partner": names.partner(one.partner),
            "step": one.step,
            "title": names.step(one.step),
            "state": stands(incident, one, say=say),
            **deadline_view(one, now=now, say=say),
        }
        for one in _owed(incident)
    ]


def deadline_view(one: Obligation | None, *, now: datetime, say: Texts) -> View:
    """Return by when an open obligation is due, how long that is, and whether it is late."""
    due = None if one is None or one.is_settled else one.due_at
    if due is None:
        return {"due": "", "left": "", "late": False}
    return {
        "due": short_moment(due, now=now, say=say),
        "left": left(due, now=now, say=say),
        "late": now >= due,
    }


def _owed(incident: Incident) -> list[Obligation]:
    owed = (one for one in incident.obligations.values() if not one.is_telling)
    still_open = (one for one in owed if not one.is_settled)
    return sorted(still_open, key=lambda one: one.due_at or _NEVER)
