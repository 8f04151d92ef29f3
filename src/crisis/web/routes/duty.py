"""The duty officer's pages: sign-in, board, one incident, and the result of a call."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from crisis.core.complaint import is_complaint
from crisis.core.incident import Incident
from crisis.core.refusal import SIGN
from crisis.core.steer import Result
from crisis.errors import NotFoundError, PersonalDataError, RefusedError, UsageError
from crisis.usecases import steering
from crisis.usecases.calling import results_of
from crisis.usecases.reading import Desk
from crisis.web import consent_form
from crisis.web.access import COOKIE, LASTS, LONGEST_NAME, is_password, seal
from crisis.web.board_view import board_view
from crisis.web.door import (
    DeskHere,
    DutyOfficer,
    FormPosted,
    SiteHere,
    admitted_to_sign_in,
    at_desk,
    nothing_here,
    visitor,
)
from crisis.web.engine_view import engines_view
from crisis.web.held_view import passed_over
from crisis.web.incident_view import incident_view
from crisis.web.pages import Notice, page, speaker, to_page
from crisis.web.report_policy import policy_for
from crisis.web.site import Site
from crisis.web.task_view import task_views
from crisis.web.watch_view import incident_watch_view, watch_view

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"], dependencies=[Depends(at_desk)])
def board(
    request: Request, desk: DeskHere, site: SiteHere, who: Annotated[str | None, Depends(visitor)]
) -> Response:
    """Show the board, or the sign-in to who has not signed in."""
    if who is None:
        return page(request, "sign_in.html", values={"who": "", "error": ""})
    log = desk.house.log
    found = desk.incidents.gather(log.open_incidents())
    shown = board_view(
        tuple(one for one in found.incidents if not is_complaint(one)),
        damaged=tuple(found.damaged),
        now=desk.house.clock.now(),
        say=speaker(request),
    )
    watch = [] if site.watch is None else watch_view(site.watch(), say=speaker(request))
    engines = site.engines()
    beside = {
        "watch": watch,
        "passed_over": passed_over(engines, say=speaker(request)),
        **engines_view(engines, say=speaker(request)),
    }
    return page(request, "board.html", values={"who": who, **beside, **shown})


@router.post("/", dependencies=[Depends(at_desk), Depends(admitted_to_sign_in)])
def sign_in(request: Request, site: SiteHere, posted: FormPosted) -> Response:
    """Check name and password and hand out a cookie for twelve hours."""
    say = speaker(request)
    who = posted.get("who", "").strip()
    right = is_password(posted.get("password", ""), password_hash=site.password_hash)
    error = ""
    if not right or not 0 < len(who) <= LONGEST_NAME:
        error = say("Das hat nicht gestimmt. Bitte Kürzel und Kennwort noch einmal eingeben.")
    elif SIGN.fullmatch(who) is None:  # else whatever they enter would be refused
        error = say("Bitte ein Kürzel ohne Leerzeichen und keinen Namen, zum Beispiel: dienst-1")
    if error:
        shown = {"who": who[:LONGEST_NAME], "error": error}
        return page(request, "sign_in.html", values=shown, status=401)
    answer = to_page(request, "/")
    answer.set_cookie(
        COOKIE,
        seal(who, key=site.session_key, now=site.wall.now()),
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """Take the cookie back."""
    answer = to_page(request, "/")
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


@router.api_route("/incidents/{incident_id}", methods=["GET", "HEAD"])
def incident(incident_id: str, request: Request, desk: DeskHere, who: DutyOfficer) -> Response:
    """Show one incident whole."""
    return _incident(request, desk, found_incident(request, desk, incident_id), who=who)


@router.post("/incidents/{incident_id}/tasks/{task_id:path}")
def report_on_task(
    incident_id: str,
    task_id: str,
    request: Request,
    desk: DeskHere,
    who: DutyOfficer,
    posted: FormPosted,
) -> Response:
    """Write down what came of a task."""
    found = found_incident(request, desk, incident_id)
    say = speaker(request)
    task = found.tasks.get(task_id)
    if task is None:
        raise nothing_here(request)
    result = posted.get("result", "")
    if result not in results_of(task):
        error = {task_id: say("Bitte wählen Sie, was dabei herauskam.")}
        return _incident(request, desk, found, who=who, errors=error)
    try:
        steering.finish_task(
            desk,
            incident_id,
            task=task_id,
            result=cast("Result", result),
            note=posted.get("note", "").strip(),
            by=who,
        )
    except (PersonalDataError, UsageError) as refused:
        return _incident(request, desk, found, who=who, errors={task_id: str(refused)})
    except RefusedError as refused:
        raise Notice(409, say("Das geht jetzt nicht mehr"), str(refused)) from refused
    return to_page(request, f"/incidents/{incident_id}", anchor="#tasks")


@router.post("/incidents/{incident_id}/consents")
def record_consent(
    incident_id: str, request: Request, desk: DeskHere, who: DutyOfficer, posted: FormPosted
) -> Response:
    """Write down that a consent was given, refused or taken back."""
    found, say = found_incident(request, desk, incident_id), speaker(request)
    action = consent_form.ACTIONS.get(posted.get("action", ""))
    if action is None:
        raise nothing_here(request)
    recorder = consent_form.Recorder(desk=desk, incident=found.id, by=who, partner="")
    try:
        action(recorder, posted)
    except (NotFoundError, RefusedError, UsageError) as refused:
        raise Notice(409, say("Das geht jetzt nicht mehr"), str(refused)) from refused
    return to_page(request, f"/incidents/{incident_id}", anchor="#consents")


@router.api_route("/reports/{incident_id}", methods=["GET", "HEAD"])
def report(
    incident_id: str, request: Request, desk: DeskHere, site: SiteHere, _who: DutyOfficer
) -> Response:
    """Show the reflection report as it stands now."""
    found = found_incident(request, desk, incident_id)
    say = speaker(request)
    if site.report is None:
        raise Notice(
            404,
            say("Noch kein Bericht"),
            say("Diese Seite kann keine Berichte erstellen; nehmen Sie: crisis report build"),
        )
    html = site.report(found.id, say.language)
    return HTMLResponse(html, headers={"content-security-policy": policy_for(html)})


def found_incident(request: Request, desk: Desk, incident_id: str) -> Incident:
    """
    Return the incident of this id.

    Raises:
        Notice: 404, there is none, or it is a complaint, which is not for the desk (S3.2).
    """
    try:
        found = desk.incidents.current(incident_id)
    except NotFoundError as missing:
        raise nothing_here(request) from missing
    if is_complaint(found):
        raise nothing_here(request)
    return found


def _incident(
    request: Request,
    desk: Desk,
    found: Incident,
    *,
    who: str,
    errors: dict[str, str] | None = None,
) -> Response:
    house, say = desk.house, speaker(request)
    now = house.clock.now()
    tasks = task_views(
        found, address=house.addresses.address, secret=house.secret, now=now, say=say
    )
    shown = incident_view(found, desk.incidents.entries(found.id), now=now, say=say)
    site = cast("Site", request.app.state.site)
    watch = [] if site.watch is None else incident_watch_view(site.watch(), found, say=say)
    values = {"who": who, "tasks": tasks, "errors": errors or {}, "watch": watch, **shown}
    return page(request, "incident.html", values=values, status=422 if errors else 200)
