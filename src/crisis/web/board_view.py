"""The duty officer's board as plain values."""

from datetime import datetime

from crisis.core.desk import open_tasks
from crisis.core.event import Mode
from crisis.core.incident import Incident
from crisis.core.obligation import ObligationState
from crisis.web.custody_view import restored_words
from crisis.web.held_view import held_line
from crisis.web.joint_view import board_notes
from crisis.web.labels import INCIDENT_STATES
from crisis.web.moments import long_moment
from crisis.web.naming import Names
from crisis.web.state_view import counts_view
from crisis.web.texts import Texts
from crisis.web.waiting_view import waiting_view

View = dict[str, object]
# So many of those who still have to answer are named on a card.
NEXT = 3
_EYES_FIRST = (ObligationState.OVERDUE, ObligationState.UNKNOWN)


def board_view(
    incidents: tuple[Incident, ...], *, damaged: tuple[str, ...] = (), now: datetime, say: Texts
) -> View:
    """
    Return all open incidents, those with something overdue or unknown first.

    `damaged` are the ids of those whose log cannot be read.
    """
    ranked = sorted(incidents, key=_rank)
    return {
        "now": long_moment(now, say),
        "damaged": damaged,
        "restored": [restored_words(one, say=say) for one in ranked if one.restored_at],
        "degraded": [one.opened.code_word for one in ranked if one.degraded],
        "incidents": [_incident(one, now=now, say=say) for one in ranked],
    }


def _rank(incident: Incident) -> tuple[int, ...]:
    states = [one.state for one in incident.obligations.values()]
    urgent = (-states.count(state) for state in _EYES_FIRST)
    live_first = incident.opened.mode is Mode.EXERCISE
    return (int(live_first), *urgent, -int(incident.opened_at.timestamp()))


def _incident(incident: Incident, *, now: datetime, say: Texts) -> View:
    names = Names(incident, say)
    return {
        "id": incident.id,
        "code_word": incident.opened.code_word,
        "label": incident.opened.label,
        "exercise": incident.opened.mode is Mode.EXERCISE,
        "kind": names.kind(),
        "district": names.district(),
        "lead": names.lead(),
        "state": say(INCIDENT_STATES[incident.state]),
        "opened": long_moment(incident.opened_at, say),
        "begun_by": names.partner(incident.opened.begun_by),
        "counts": counts_view(list(incident.obligations.values()), say),
        "waiting": waiting_view(incident, names=names, now=now, say=say)[:NEXT],
        "tasks": len(open_tasks(incident)),
        "held": held_line(incident, now=now, say=say),
        "notes": board_notes(incident, now=now, say=say),
    }
