"""Complaints behind a partner's link: making one, and the tasks of the complaint office."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from crisis.core.complaint import is_office
from crisis.core.steer import Result
from crisis.errors import PersonalDataError, RefusedError, UsageError
from crisis.usecases.calling import results_of
from crisis.usecases.complaining import work_on_task
from crisis.web.act_page import Entry, carry_out, show
from crisis.web.complaint_act import own_complaint_act
from crisis.web.door import DeskHere, FormPosted, admitted_to_page, nothing_here
from crisis.web.pages import to_page
from crisis.web.routes.partner import Draft, again, too_late, visit_of

router = APIRouter(include_in_schema=False, dependencies=[Depends(admitted_to_page)])


def entry_of(token: str, request: Request, desk: DeskHere) -> Entry:
    """
    Return the complaint that a partner may send from its page.

    Raises:
        Notice: the link leads nowhere, or there is nothing to complain about here.
    """
    visit = visit_of(token, request, desk)
    act = own_complaint_act(desk, visit.incident, visit.place, say=visit.say)
    if act is None:
        raise nothing_here(request)
    return Entry(request=request, incident=visit.incident, act=act, home=visit.address)


Wanted = Annotated[Entry, Depends(entry_of)]


@router.api_route("/p/{token}/complaint", methods=["GET", "HEAD"])
def read(entry: Wanted) -> Response:
    """Show to whom a complaint goes and what is asked for; nothing changes by looking."""
    return show(entry)


@router.post("/p/{token}/complaint")  # noqa: FAST003 -- the entry reads it
def send(entry: Wanted, posted: FormPosted) -> Response:
    """Send a complaint to the complaint office."""
    return carry_out(entry, posted)


@router.post("/p/{token}/tasks/{task_id:path}")
def report_on_task(
    token: str, task_id: str, request: Request, desk: DeskHere, posted: FormPosted
) -> Response:
    """Write down what the complaint office did about a task of a complaint."""
    visit = visit_of(token, request, desk)
    task = visit.incident.tasks.get(task_id)
    if task is None or not is_office(visit.incident, visit.place.partner):
        raise nothing_here(request)
    result = posted.get("result", "")
    if result not in results_of(task):
        errors = {"page": visit.say("Bitte wählen Sie, was dabei herauskam.")}
        return again(visit, Draft(errors=errors))
    try:
        work_on_task(
            desk,
            visit.incident.id,
            partner=visit.place.partner,
            task=task_id,
            result=cast("Result", result),
            note=posted.get("note", "").strip(),
            by=visit.place.contact,
        )
    except (PersonalDataError, UsageError) as refused:
        return again(visit, Draft(errors={"page": str(refused)}))
    except RefusedError as refused:
        raise too_late(visit) from refused
    return to_page(request, visit.address, anchor="#tasks")
