"""Issuing a bulletin from a partner's link; the duty officer's page is in `routes/desk.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from crisis.core.event import Mode
from crisis.errors import NotFoundError, PersonalDataError, RefusedError, UsageError
from crisis.usecases.reading import Desk
from crisis.web.bulletin_act import Issuer, bulletin_act
from crisis.web.desk_act import DeskAct, read_act
from crisis.web.door import DeskHere, FormPosted, admitted_to_page, nothing_here
from crisis.web.form_view import form_view
from crisis.web.forms import Posted, without
from crisis.web.pages import page, to_page
from crisis.web.routes.partner import Visit, too_late, visit_of

router = APIRouter(include_in_schema=False, dependencies=[Depends(admitted_to_page)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A partner at the form of a bulletin."""

    visit: Visit
    act: DeskAct


@router.api_route("/p/{token}/bulletins/{step}", methods=["GET", "HEAD"])
def read(token: str, step: str, request: Request, desk: DeskHere) -> Response:
    """Show what is asked of whoever issues a bulletin; nothing changes by looking."""
    return _show(_writing(token, step, request, desk))


@router.post("/p/{token}/bulletins/{step}")
def act(token: str, step: str, request: Request, desk: DeskHere, posted: FormPosted) -> Response:
    """Issue a bulletin in the name of the partner whose link this is."""
    writing = _writing(token, step, request, desk)
    visit, doing = writing.visit, writing.act
    if posted.get("number", "") != doing.number:
        raise too_late(visit)
    reading = read_act(doing, posted, visit.say)
    if reading.errors:
        return _show(writing, posted=without(posted, reading.personal), errors=reading.errors)
    try:
        doing.do(reading.answers)
    except (PersonalDataError, UsageError) as wrong:
        return _show(writing, errors={"": str(wrong)})
    except (NotFoundError, RefusedError) as refused:
        raise too_late(visit) from refused
    return to_page(request, visit.address, anchor="#bulletins", done="issued")


def _writing(token: str, step: str, request: Request, desk: Desk) -> Writing:
    """
    Return who writes what.

    Raises:
        Notice: 404, the link is not known, or its partner issues no bulletins over this step.
    """
    visit = visit_of(token, request, desk)
    place = visit.place
    issuer = Issuer(by=place.contact, partner=place.partner, contact=place.contact)
    doing = bulletin_act(desk, visit.incident, step, issuer, say=visit.say)
    if doing is None:
        raise nothing_here(request)
    return Writing(visit=visit, act=doing)


def _show(
    writing: Writing, *, posted: Posted | None = None, errors: Mapping[str, str] | None = None
) -> Response:
    visit, doing = writing.visit, writing.act
    values = {
        "back": visit.address,
        "code_word": visit.incident.opened.code_word,
        "exercise": visit.incident.opened.mode is Mode.EXERCISE,
        "title": doing.title,
        "notes": doing.notes,
        "form": form_view(doing.form, posted or {}, errors or {}, say=visit.say),
        "error": (errors or {}).get("", ""),
        "button": doing.button,
        "action": doing.action,
        "number": doing.number,
    }
    return page(visit.request, "partner_act.html", values=values, status=422 if errors else 200)
