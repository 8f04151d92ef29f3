"""
Complaints about a run: who deals with one, and what nobody else may do to it.

S3.2, S3.11: a complaint is a run of its own, known to whoever complains and to the
complaint office only. Both act on their own pages; the desk, which may be the one that is
complained about, neither reads it nor changes it. The run complained about counts it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from crisis.core import event as ev
from crisis.core.allowed import Allowed, Rule
from crisis.core.contact import Directory, Partner, holders
from crisis.core.event import Entry, Event, IncidentOpened
from crisis.core.incident import Incident
from crisis.core.opening import extract
from crisis.errors import RefusedError

# The playbook of every complaint; a house may change it like any other.
PLAYBOOK = "complaint"
# The office's role in the contacts, and the one that is bound when a complaint is made.
OFFICE = "BST"
COMPLAINANT = "COMPLAINANT"
CATEGORY = "category"
OUTCOME = "outcome"


class ComplaintState(StrEnum):
    """How far a complaint is, as far as the run complained about may know."""

    MADE = "made"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCount:
    """How many complaints of one category a run knows of, with the entries that say so."""

    category: str
    open: int
    closed: int
    evidence: tuple[int, ...]


def complaint_counts(entries: Iterable[Entry]) -> tuple[ComplaintCount, ...]:
    """Return the complaints that a run's log counts, by category in alphabetical order."""
    counted = [(entry.seq, entry.event) for entry in entries]
    own = [(seq, event) for seq, event in counted if isinstance(event, ev.ComplaintCounted)]
    numbers = Counter((event.category, event.state) for _, event in own)
    return tuple(
        ComplaintCount(
            category=category,
            open=numbers[category, "made"] - numbers[category, "closed"],
            closed=numbers[category, "closed"],
            evidence=tuple(seq for seq, event in own if event.category == category),
        )
        for category in sorted({event.category for _, event in own})
    )


def is_complaint(incident: Incident) -> bool:
    """Return whether a run is a complaint, which the desk may not read."""
    return bool(incident.opened.complaint_on)


def require_other(playbook_id: str) -> None:
    """Raise RefusedError if a run of a playbook would be a complaint about nothing."""
    if playbook_id == PLAYBOOK:
        message = (
            f"{playbook_id} is opened by a complaint about a run, never by itself: "
            "crisis incident complain ID --about PARTNER --from PARTNER --category WORD"
        )
        raise RefusedError(message)


def bound(known: Directory, *, complainant: Partner, about: Partner, region: str) -> Directory:
    """
    Return the directory of a complaint: the complaint office and whoever complains.

    `known` is the house's directory, `region` that of the run complained about.

    Raises:
        RefusedError: nobody is the complaint office there, it or the complainant is of the
            organisation complained about, or a message could reach that organisation.
    """
    offices = holders(known, OFFICE, region=region)
    if not offices:
        raise RefusedError(f"nobody holds {OFFICE}, the complaint office, in {region}")
    if about.organisation in {one.organisation for one in (*offices, complainant)}:
        message = (
            f"{about.organisation} is complained about: it can be neither the complaint office "
            "nor the one that complains"
        )
        raise RefusedError(message)
    asked = (
        *(replace(one, roles=(OFFICE,)) for one in offices),
        replace(complainant, roles=(COMPLAINANT,), regions=(region,), member_of=()),
    )
    found = extract(replace(known, partners=asked), region=region)
    theirs = {one.contact for one in known.partners if one.organisation == about.organisation}
    reached = [name for name in found.contacts if name in theirs]
    if reached:
        message = (
            f"{', '.join(reached)} of {about.organisation} would be asked in place of the "
            "complaint office or the complainant; give them another deputy or superior"
        )
        raise RefusedError(message)
    return found


def by_desk(incident: Incident, events: tuple[Event, ...]) -> Allowed:
    """
    Allow what the desk steers, save in a complaint, which it neither reads nor changes.

    Raises:
        RefusedError: it is a complaint.
    """
    if is_complaint(incident):
        raise _not_yours(incident)
    return Allowed(events=events)


def by_partner(incident: Incident, events: tuple[Event, ...]) -> Allowed:
    """
    Allow what a partner says, in a complaint only what its two sides say on their pages.

    The office closes a complaint by taking over its last step, once it has recorded an
    outcome; the run complained about counts that in the same breath.

    Raises:
        RefusedError: somebody else would change a complaint, it is closed, or the office
            would close it without an outcome.
    """
    if not is_complaint(incident):
        return Allowed(events=events)
    if incident.closed_at is not None:
        raise RefusedError("the complaint is closed; nothing was changed")
    if not events:
        return Allowed(events=events)
    said = events[0]  # what may follow it, such as a task, comes of what was said
    if not isinstance(said, _OWN) or said.via is not ev.Via.PAGE:
        raise _not_yours(incident)
    return _with_end(incident, events)


def by_office(partner: str) -> Rule:
    """Return the rule for what lies on the desk of a complaint: its office's, nobody else's."""

    def rule(incident: Incident, events: tuple[Event, ...]) -> Allowed:
        if not is_office(incident, partner):
            raise _not_yours(incident)
        return _with_end(incident, events)

    return rule


def is_office(incident: Incident, partner: str) -> bool:
    """Return whether a partner is the complaint office of a complaint."""
    known = {one.id: one.roles for one in incident.opened.directory.partners}
    return is_complaint(incident) and OFFICE in known.get(partner, ())


def complainants(incident: Incident) -> tuple[Partner, ...]:
    """Return who complains; empty where the run is no complaint."""
    partners = incident.opened.directory.partners if is_complaint(incident) else ()
    return tuple(one for one in partners if COMPLAINANT in one.roles)


def _with_end(incident: Incident, events: tuple[Event, ...]) -> Allowed:
    """Add the end of a complaint where the office takes over its last step."""
    last = incident.playbook.steps[-1].id
    if not any(isinstance(event, ev.Acknowledged) and event.step == last for event in events):
        return Allowed(events=events)
    if outcome_of(incident) is None:
        raise RefusedError("record the outcome first, then close the complaint")
    return Allowed(
        events=(*events, ev.IncidentClosed(reason="closed by the complaint office")),
        beside=counted(incident.opened, ComplaintState.CLOSED),
    )


def counted(complaint: IncidentOpened, state: ComplaintState) -> dict[str, tuple[Event, ...]]:
    """Return what the run complained about is told: that there is a complaint, or one less."""
    category = str(complaint.attributes[CATEGORY])
    told = ev.ComplaintCounted(category=category, state=state.value)
    return {complaint.complaint_on: (told,)}


def outcome_of(incident: Incident) -> str | None:
    """Return the outcome that the complaint office recorded last, None before it has."""
    said = [
        one.answer
        for one in incident.obligations.values()
        if one.answer is not None and OUTCOME in one.answer.answers
    ]
    last = max(said, key=lambda answer: answer.happened_at, default=None)
    return None if last is None else str(last.answers[OUTCOME])


def _not_yours(incident: Incident) -> RefusedError:
    return RefusedError(
        f"{incident.id} is a complaint: only the complaint office and whoever complains can "
        "change it, each on the page behind its own link"
    )


_OWN = ev.Acknowledged | ev.Declined | ev.Answered
