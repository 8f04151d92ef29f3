"""A complaint on the pages of its two sides: what it is about, and the office's tasks."""

from crisis.core.complaint import CATEGORY, complainants, is_complaint, is_office
from crisis.core.incident import Incident
from crisis.errors import CrisisError
from crisis.usecases.reading import Desk
from crisis.web.naming import Names
from crisis.web.task_view import task_views
from crisis.web.texts import Texts

View = dict[str, object]


def complaint_view(desk: Desk, incident: Incident, partner: str, *, say: Texts) -> View | None:
    """Return what a side of a complaint reads of it, None for any other run."""
    if not is_complaint(incident):
        return None
    run, about = _complained_about(desk, incident, say=say)
    names, opened = Names(incident, say), incident.opened
    facts = [
        (say("Lauf"), run),
        (say("Stelle, um die es geht"), about),
        (say("Art der Beschwerde"), names.value(CATEGORY, opened.attributes[CATEGORY])),
    ]
    if not is_office(incident, partner):
        return {"facts": facts, "tasks": []}
    who = ", ".join(names.partner(one.id) for one in complainants(incident))
    house = desk.house
    return {
        "facts": [
            *facts,
            (say("Es beschwert sich"), who),
            (say("In einem Satz"), opened.occasion or say("nichts angegeben")),
        ],
        "tasks": []
        if incident.closed_at is not None
        else task_views(
            incident,
            address=house.addresses.address,
            secret=house.secret,
            now=house.clock.now(),
            say=say,
        ),
    }


def _complained_about(desk: Desk, incident: Incident, *, say: Texts) -> tuple[str, str]:
    """Return what the run and the partner complained about are called; their ids at least."""
    run, about = incident.opened.complaint_on, incident.opened.complaint_about
    try:
        found = desk.incidents.current(run)
    except CrisisError:  # its log is damaged: the complaint goes on all the same
        return run, about
    return f"{found.opened.code_word} ({run})", Names(found, say).partner(about)
