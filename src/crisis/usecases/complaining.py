"""Complaining about a run: the complaint goes to the complaint office, and only there (S3.2)."""

from dataclasses import dataclass

from crisis.core.complaint import (
    CATEGORY,
    PLAYBOOK,
    ComplaintCount,
    ComplaintState,
    bound,
    by_office,
    complainants,
    complaint_counts,
    counted,
    is_complaint,
)
from crisis.core.contact import Partner
from crisis.core.event import IncidentOpened
from crisis.core.incident import Incident
from crisis.core.opening import digest
from crisis.core.refusal import require_no_person, require_sign
from crisis.core.register import drawn_on
from crisis.core.steer import Result, checked_value, finish_task
from crisis.core.value_words import word_label
from crisis.core.words import Words
from crisis.errors import NotFoundError, RefusedError
from crisis.usecases.opening import write_first
from crisis.usecases.reading import Desk
from crisis.usecases.recording import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """
    What is said when somebody complains: about which partner of which run, and of what kind.

    What happened is not part of it: that goes to the complaint office by the
    complainant's own way; `matter` is a sentence at most, which only the office reads.
    `by` is who writes this down.
    """

    incident: str
    about: str
    complainant: str
    category: str
    by: str
    matter: str = ""


def complain(desk: Desk, complaint: Complaint) -> Incident:
    """
    Open the run of a complaint and return it; the run complained about counts it.

    What is sent twice is made once: while the same is open under the same sign, that is
    returned.

    Raises:
        NotFoundError: there is no such run or partner in it, or no playbook for complaints.
        RefusedError: the run is itself a complaint, nobody is the complaint office, or the
            organisation complained about would get to know.
        PersonalDataError: the matter seems to name a person; nothing was stored.
        UsageError: the category is none of the playbook's.
        FindingsError: the playbook's or the directory's files hold mistakes.
        LogMovedOnError: every id that was drawn is another run's.
    """
    require_sign(complaint.by)
    if complaint.matter:
        require_no_person("matter", complaint.matter)
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
    made = _made_already(desk, complaint)
    if made is not None:
        return made
    event = IncidentOpened(
        code_word=house.ids.code_word(),
        label="",
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
        occasion=complaint.matter,
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


def categories(desk: Desk) -> dict[str, Words]:
    """
    Return the categories of complaints in this house, with what people read for them.

    Raises:
        NotFoundError: there is no playbook for complaints.
        FindingsError: its file holds mistakes.
    """
    playbook = desk.house.library.playbook(PLAYBOOK)
    found = next(one for one in playbook.attributes if one.id == CATEGORY)
    return {word: word_label(playbook, CATEGORY, word) for word in found.values}


def work_on_task(
    desk: Desk,
    incident_id: str,
    *,
    partner: str,
    task: str,
    result: Result,
    note: str,
    by: str,
) -> Incident:
    """
    Record what the complaint office did about what lies on the desk of a complaint.

    `partner` is who says so, by the link it was given.

    Raises:
        NotFoundError: there is no such task.
        RefusedError: it is no complaint or not this partner's, the task was done before, or
            the complaint would be closed without an outcome.
        PersonalDataError: the note seems to name a person; nothing was stored.
    """
    return record(
        desk,
        incident_id,
        lambda incident, now: finish_task(
            incident, task=task, result=result, note=note, happened_at=now, now=now
        ),
        by=by,
        rule=by_office(partner),
    )


def _made_already(desk: Desk, complaint: Complaint) -> Incident | None:
    """Return the open complaint that says the same under the same sign, if there is one."""
    wanted = (complaint.incident, complaint.about, complaint.category, complaint.by)
    for one in desk.incidents.gather(desk.house.log.open_incidents()).incidents:
        opened = one.opened
        own = (opened.complaint_on, opened.complaint_about, opened.attributes.get(CATEGORY))
        who = [partner.id for partner in complainants(one)]
        if (*own, one.opened_by) == wanted and who == [complaint.complainant]:
            return one
    return None


def _partner(run: Incident, name: str) -> Partner:
    known = run.opened.directory.partners
    found = next((one for one in known if one.id == name), None)
    if found is None:
        listed = ", ".join(one.id for one in known)
        message = f"there is no partner {name!r} in {run.id}; there are: {listed}"
        raise NotFoundError(message)
    return found
