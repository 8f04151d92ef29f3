"""What the duty officer enters on pages of their own: a fact, a publication, a hand-over."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from crisis.core.event import Mode
from crisis.core.incident import Incident
from crisis.errors import NotFoundError, PersonalDataError, RefusedError, UsageError
from crisis.usecases.reading import Desk
from crisis.web.bulletin_act import Issuer, bulletin_act
from crisis.web.desk_act import DeskAct, read_act
from crisis.web.door import DeskHere, DutyOfficer, FormPosted, nothing_here
from crisis.web.fact_act import fact_act
from crisis.web.form_view import form_view
from crisis.web.forms import MORE_ROWS, Posted, as_posted, without
from crisis.web.lead_act import lead_act
from crisis.web.pages import Notice, page, speaker, to_page
from crisis.web.publication_act import publication_act
from crisis.web.routes.duty import found_incident
from crisis.web.start_act import move_act, start_act

router = APIRouter(include_in_schema=False)

MORE = "more-rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One request for a page of this kind: by whom, about which incident, to do what."""

    request: Request
    incident: Incident
    who: str
    act: DeskAct


@router.api_route("/incidents/{incident_id}/facts/{name}", methods=["GET", "HEAD"])
def show_fact(
    incident_id: str, name: str, request: Request, desk: DeskHere, who: DutyOfficer
) -> Response:
    """Show what is known of a fact and how to enter another value."""
    return _show(_fact(incident_id, name, request, desk, who))


@router.post("/incidents/{incident_id}/facts/{name}")
def enter_fact(
    incident_id: str,
    name: str,
    request: Request,
    desk: DeskHere,
    who: DutyOfficer,
    posted: FormPosted,
) -> Response:
    """Write down a fact that became known."""
    return _carry_out(_fact(incident_id, name, request, desk, who), posted)


@router.api_route("/incidents/{incident_id}/publications/{step}", methods=["GET", "HEAD"])
def show_publication(
    incident_id: str, step: str, request: Request, desk: DeskHere, who: DutyOfficer
) -> Response:
    """Show whether something may come out, and who has not agreed yet."""
    return _show(_publication(incident_id, step, request, desk, who))


@router.post("/incidents/{incident_id}/publications/{step}")
def enter_publication(
    incident_id: str,
    step: str,
    request: Request,
    desk: DeskHere,
    who: DutyOfficer,
    posted: FormPosted,
) -> Response:
    """Write down that something was published."""
    return _carry_out(_publication(incident_id, step, request, desk, who), posted)


@router.api_route("/incidents/{incident_id}/lead", methods=["GET", "HEAD"])
def show_hand_over(
    incident_id: str, request: Request, desk: DeskHere, who: DutyOfficer
) -> Response:
    """Show to whom the lead may be offered."""
    return _show(_hand_over(incident_id, request, desk, who))


@router.post("/incidents/{incident_id}/lead")
def offer_lead(
    incident_id: str, request: Request, desk: DeskHere, who: DutyOfficer, posted: FormPosted
) -> Response:
    """Offer the lead to somebody."""
    return _carry_out(_hand_over(incident_id, request, desk, who), posted)


@router.api_route("/incidents/{incident_id}/start", methods=["GET", "HEAD"])
def show_start(incident_id: str, request: Request, desk: DeskHere, who: DutyOfficer) -> Response:
    """Show when a planned run is to begin, and ask whether it has."""
    return _show(_start(incident_id, request, desk, who))


@router.post("/incidents/{incident_id}/start")
def confirm_start(
    incident_id: str, request: Request, desk: DeskHere, who: DutyOfficer, posted: FormPosted
) -> Response:
    """Write down that a planned run has begun."""
    return _carry_out(_start(incident_id, request, desk, who), posted)


@router.api_route("/incidents/{incident_id}/planned", methods=["GET", "HEAD"])
def show_planned(incident_id: str, request: Request, desk: DeskHere, who: DutyOfficer) -> Response:
    """Show when a planned run is to begin, and to when it may be moved."""
    return _show(_planned(incident_id, request, desk, who))


@router.post("/incidents/{incident_id}/planned")
def move_start(
    incident_id: str, request: Request, desk: DeskHere, who: DutyOfficer, posted: FormPosted
) -> Response:
    """Move the T0 of a planned run."""
    return _carry_out(_planned(incident_id, request, desk, who), posted)


@router.api_route("/incidents/{incident_id}/bulletins/{step}", methods=["GET", "HEAD"])
def show_bulletin(
    incident_id: str, step: str, request: Request, desk: DeskHere, who: DutyOfficer
) -> Response:
    """Show what is asked of whoever issues a bulletin."""
    return _show(_bulletin(incident_id, step, request, desk, who))


@router.post("/incidents/{incident_id}/bulletins/{step}")
def issue_bulletin(
    incident_id: str,
    step: str,
    request: Request,
    desk: DeskHere,
    who: DutyOfficer,
    posted: FormPosted,
) -> Response:
    """Issue a bulletin."""
    return _carry_out(_bulletin(incident_id, step, request, desk, who), posted)


def _bulletin(incident_id: str, step: str, request: Request, desk: Desk, who: str) -> Entry:
    found = found_incident(request, desk, incident_id)
    act = bulletin_act(desk, found, step, Issuer(by=who), say=speaker(request))
    return _entry(request, found, who, act)


def _start(incident_id: str, request: Request, desk: Desk, who: str) -> Entry:
    found = found_incident(request, desk, incident_id)
    return _entry(request, found, who, start_act(desk, found, by=who, say=speaker(request)))


def _planned(incident_id: str, request: Request, desk: Desk, who: str) -> Entry:
    found = found_incident(request, desk, incident_id)
    return _entry(request, found, who, move_act(desk, found, by=who, say=speaker(request)))


def _fact(incident_id: str, name: str, request: Request, desk: Desk, who: str) -> Entry:
    found = found_incident(request, desk, incident_id)
    act = fact_act(desk, found, name, by=who, say=speaker(request))
    return _entry(request, found, who, act)


def _publication(incident_id: str, step: str, request: Request, desk: Desk, who: str) -> Entry:
    found = found_incident(request, desk, incident_id)
    act = publication_act(desk, found, step, by=who, say=speaker(request))
    return _entry(request, found, who, act)


def _hand_over(incident_id: str, request: Request, desk: Desk, who: str) -> Entry:
    found = found_incident(request, desk, incident_id)
    return _entry(request, found, who, lead_act(desk, found, by=who, say=speaker(request)))


def _entry(request: Request, found: Incident, who: str, act: DeskAct | None) -> Entry:
    if act is None:
        raise nothing_here(request)
    return Entry(request=request, incident=found, who=who, act=act)


def _carry_out(entry: Entry, posted: Posted) -> Response:
    say, act = speaker(entry.request), entry.act
    if posted.get("action") == MORE:
        return _show(entry, posted=posted, more_rows=MORE_ROWS)
    if (posted.get("action"), posted.get("number", "")) != (act.action, act.number):
        raise Notice(409, say("Das geht jetzt nicht mehr"), say("Nichts wurde gespeichert."))
    reading = read_act(act, posted, say)
    if reading.errors:
        return _show(entry, posted=without(posted, reading.personal), errors=reading.errors)
    try:
        act.do(reading.answers)
    except PersonalDataError as refused:
        return _show(entry, errors={"": str(refused)})  # what was typed is not shown again
    except UsageError as wrong:
        return _show(entry, posted=posted, errors={"": str(wrong)})
    except (NotFoundError, RefusedError) as refused:
        raise Notice(409, say("Das geht jetzt nicht mehr"), str(refused)) from refused
    return to_page(entry.request, f"/incidents/{entry.incident.id}", anchor=act.anchor)


def _show(
    entry: Entry,
    *,
    posted: Posted | None = None,
    errors: Mapping[str, str] | None = None,
    more_rows: int = 0,
) -> Response:
    act, opened = entry.act, entry.incident.opened
    filled = as_posted(act.form, act.held) if posted is None else posted
    shown = form_view(
        act.form, filled, errors or {}, say=speaker(entry.request), more_rows=more_rows
    )
    values = {
        "who": entry.who,
        "back": f"/incidents/{entry.incident.id}",
        "code_word": opened.code_word,
        "exercise": opened.mode is Mode.EXERCISE,
        "title": act.title,
        "notes": act.notes,
        "form": shown,
        "error": (errors or {}).get("", ""),
        "button": act.button,
        "action": act.action,
        "number": act.number,
    }
    return page(entry.request, "desk.html", values=values, status=422 if errors else 200)
