"""What the duty officer enters on pages of their own: a fact, a publication, a hand-over."""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from crisis.core.incident import Incident
from crisis.usecases.reading import Desk
from crisis.web.act_page import Entry, carry_out, show
from crisis.web.bulletin_act import Issuer, bulletin_act
from crisis.web.complaint_act import complaint_act
from crisis.web.desk_act import DeskAct
from crisis.web.door import DeskHere, DutyOfficer, FormPosted, nothing_here
from crisis.web.fact_act import fact_act
from crisis.web.lead_act import lead_act
from crisis.web.pages import speaker
from crisis.web.publication_act import publication_act
from crisis.web.routes.duty import found_incident
from crisis.web.start_act import move_act, start_act
from crisis.web.texts import Texts

router = APIRouter(include_in_schema=False)


def bulletin_of(
    desk: Desk, incident: Incident, step_id: str, *, by: str, say: Texts
) -> DeskAct | None:
    """Return what issues a bulletin in the lead's name."""
    return bulletin_act(desk, incident, step_id, Issuer(by=by), say=say)


# What is entered about an incident, by the last word of the address.
ACTS: Mapping[str, Callable[..., DeskAct | None]] = {
    "complaint": complaint_act,
    "lead": lead_act,
    "planned": move_act,
    "start": start_act,
}
# What is entered about one thing in it, by the word before that thing's id.
ACTS_ON: Mapping[str, Callable[..., DeskAct | None]] = {
    "bulletins": bulletin_of,
    "facts": fact_act,
    "publications": publication_act,
}


def entry_of(
    incident_id: str, what: str, request: Request, desk: DeskHere, who: DutyOfficer
) -> Entry:
    """
    Return what is to be entered at an address.

    Raises:
        Notice: 404, there is no such incident, or nothing of that kind to enter now.
    """
    found = found_incident(request, desk, incident_id)
    on = request.path_params.get("on")
    make = (ACTS if on is None else ACTS_ON).get(what)
    about = () if on is None else (on,)
    act = make and make(desk, found, *about, by=who, say=speaker(request))
    if act is None:
        raise nothing_here(request)
    return Entry(request=request, incident=found, act=act, home=f"/incidents/{found.id}", who=who)


Wanted = Annotated[Entry, Depends(entry_of)]


@router.api_route("/incidents/{incident_id}/{what}", methods=["GET", "HEAD"])
@router.api_route("/incidents/{incident_id}/{what}/{on}", methods=["GET", "HEAD"])
def read(entry: Wanted) -> Response:
    """Show what stands and what can be entered; nothing changes by looking."""
    return show(entry)


@router.post("/incidents/{incident_id}/{what}")  # noqa: FAST003 -- the entry reads it
@router.post("/incidents/{incident_id}/{what}/{on}")
def enter(entry: Wanted, posted: FormPosted) -> Response:
    """Write down what was entered."""
    return carry_out(entry, posted)
