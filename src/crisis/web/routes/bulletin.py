"""Issuing a bulletin from a partner's link; the duty officer's page is in `routes/desk.py`."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from crisis.web.act_page import Entry, carry_out, show
from crisis.web.bulletin_act import Issuer, bulletin_act
from crisis.web.door import DeskHere, FormPosted, admitted_to_page, nothing_here
from crisis.web.routes.partner import visit_of

router = APIRouter(include_in_schema=False, dependencies=[Depends(admitted_to_page)])


def entry_of(token: str, step: str, request: Request, desk: DeskHere) -> Entry:
    """
    Return which bulletin a partner may issue from its page.

    Raises:
        Notice: 404, the link is not known, or its partner issues no bulletins over this step.
    """
    visit = visit_of(token, request, desk)
    place = visit.place
    issuer = Issuer(by=place.contact, partner=place.partner, contact=place.contact)
    act = bulletin_act(desk, visit.incident, step, issuer, say=visit.say)
    if act is None:
        raise nothing_here(request)
    return Entry(request=request, incident=visit.incident, act=act, home=visit.address)


Wanted = Annotated[Entry, Depends(entry_of)]


@router.api_route("/p/{token}/bulletins/{step}", methods=["GET", "HEAD"])
def read(entry: Wanted) -> Response:
    """Show what is asked of whoever issues a bulletin; nothing changes by looking."""
    return show(entry)


@router.post("/p/{token}/bulletins/{step}")  # noqa: FAST003 -- the entry reads them
def issue(entry: Wanted, posted: FormPosted) -> Response:
    """Issue a bulletin in the name of the partner whose link this is."""
    return carry_out(entry, posted)
