"""Complaining about a run: the complaint goes to the complaint office, and only there (S3.2)."""

from dataclasses import dataclass

from crisis.core.complaint import (
    CATEGORY,
    PLAYBOOK,
    ComplaintCount,
    ComplaintState,
    bound,
    complaint_counts,
    counted,
    is_complaint,
)
from crisis.core.contact import Partner
from crisis.core.event import IncidentOpened
from crisis.core.incident import Incident
from crisis.core.opening import digest
from crisis.core.refusal import require_sign
from crisis.core.register import drawn_on
from crisis.core.steer import checked_value
from crisis.errors import NotFoundError, RefusedError
from crisis.usecases.opening import write_first
from crisis.usecases.reading import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """
    What is said when somebody complains: about which partner of which run, and of what kind.

    What happened is not part of it: that goes to the complaint office by the
    complainant's own way. `by` is who writes this down.
    """

    incident: str
    about: str
    complainant: str
    category: str
    by: str


def complain(desk: Desk, complaint: Complaint) -> Incident:
    """
    Open the run of a complaint and return it; the run complained about counts it.

    Raises:
        NotFoundError: there is no such run or partner in it, or no playbook for complaints.
        RefusedError: the run is itself a complaint, nobody is the complaint office, or the
            organisation complained about would get to know.
        UsageError: the category is none of the playbook's.
        FindingsError: the playbook's or the directory's files hold mistakes.
        LogMovedOnError: every id that was drawn is another run's.
    """
    require_sign(complaint.by)
    house = desk.house
    now = house.clock.now()
    run = desk.incidents.current(complaint.incident)
    if is_complaint(run):
        raise RefusedError(f"{run.id} is a complaint; only the complaint office deals with it")
    about, complainant = (_partner(run, each) for each in (complaint.about, complaint.complainant))
    opened = run.opened
    playbook = house.library.playbook(PLAYBOOK)
    category = checked_value(playbook, CATEGORY, complaint.category)
    directory = bound(
        house.library.directory(around=now),
        complainant=complainant,
        about=about,
        region=opened.region,
    )
    event = IncidentOpened(
        code_word=house.ids.code_word(),
        # For the complaint office's page; the desk reads neither.
        label=f"Beschwerde zu {run.id} über {about.id}, {category}",
        mode=opened.mode,
        region=opened.region,
        occurred_at=None,
        attributes={CATEGORY: category},
        playbook=playbook,
        directory=directory,
        layers=(f"{playbook.id} {playbook.version}",),
        digest=digest(playbook),
        pace=house.pace,
        agreements=drawn_on(playbook, house.library.register(around=now)),
        complaint_on=run.id,
        complaint_about=about.id,
    )
    told = counted(event, ComplaintState.MADE)
    name = write_first(house, event, by=complaint.by, now=now, beside=told)
    return desk.incidents.current(name)


def complaints(desk: Desk, incident_id: str) -> tuple[ComplaintCount, ...]:
    """
    Return how many complaints a run has, by category; of a complaint itself nothing is told.

    Raises:
        NotFoundError: there is no such run.
    """
    return complaint_counts(desk.incidents.entries(incident_id))


def _partner(run: Incident, name: str) -> Partner:
    known = run.opened.directory.partners
    found = next((one for one in known if one.id == name), None)
    if found is None:
        listed = ", ".join(one.id for one in known)
        message = f"there is no partner {name!r} in {run.id}; there are: {listed}"
        raise NotFoundError(message)
    return found
