"""What a hub enters for its members: the same page, opened from the hub's own."""

from dataclasses import replace

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from crisis.usecases.ports import LinkPlace
from crisis.usecases.reading import Desk
from crisis.web.door import DeskHere, FormPosted, admitted_to_page, nothing_here
from crisis.web.routes.partner import Visit, carry_out, look, visit_of

router = APIRouter(include_in_schema=False, dependencies=[Depends(admitted_to_page)])


@router.api_route("/p/{token}/members/{member}", methods=["GET", "HEAD"])
def read(token: str, member: str, request: Request, desk: DeskHere) -> Response:
    """Show what is asked of a member; nothing changes by looking."""
    return look(_for_member(token, member, request, desk))


@router.post("/p/{token}/members/{member}")
def act(token: str, member: str, request: Request, desk: DeskHere, posted: FormPosted) -> Response:
    """Carry out what the pressed button names, in the member's name and by the hub's hand."""
    return carry_out(_for_member(token, member, request, desk), posted)


def _for_member(token: str, member: str, request: Request, desk: Desk) -> Visit:
    """
    Return the visit of a member's page by its hub.

    Raises:
        Notice: 404, the link is not that of this member's hub.
    """
    visit = visit_of(token, request, desk)
    hub = visit.place
    cascade = visit.obligation.cascade
    if cascade is None or member not in cascade.members:
        raise nothing_here(request)
    contact = visit.incident.opened.directory.partner(member).contact
    place = LinkPlace(incident=hub.incident, step=hub.step, partner=member, contact=contact)
    return replace(visit, place=place, hub=hub)
