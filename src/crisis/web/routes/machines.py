"""What programs ask: is the house well, in figures, and incidents as JSON."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, PlainTextResponse, Response

from crisis.core.complaint import is_complaint
from crisis.core.event import Mode
from crisis.errors import CrisisError, NotFoundError
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.reading import Desk
from crisis.usecases.showing import Shown, show, summary
from crisis.web.door import DeskHere, DutyProgram, SiteHere
from crisis.web.metrics_text import engines_text, metrics_text
from crisis.web.site import Site
from crisis.web.watch_text import watch_text

router = APIRouter()

FRESH = timedelta(seconds=10)
STATUS = {2: 422, 3: 404, 4: 409, 5: 503}


class NewIncident(BaseModel):
    """What opens an incident; the same as `crisis incident open` takes."""

    model_config = ConfigDict(extra="forbid")

    playbook: str
    region: str
    mode: Mode = Mode.LIVE
    attributes: dict[str, str | int | list[str]] = Field(default_factory=dict)
    occurred_at: AwareDatetime | None = None
    label: str = ""
    accept_gaps: bool = False
    planned_for: AwareDatetime | None = None
    begun_by: str = ""


@router.api_route("/healthz", methods=["GET", "HEAD"], include_in_schema=False)
def healthz(site: SiteHere) -> Response:
    """Say 200 only if the log can be written and the engine is alive, else 503 and why."""
    found = {"log": _log(site), "engine": _engine(site, now=site.wall.now())}
    well = all(state == "ok" for state in found.values())
    engines = _engines(site)
    said = {
        "status": "ok" if well else "unwell",
        **found,
        **({"engines": engines} if engines else {}),
        **_watcher(site),
    }
    return JSONResponse(said, status_code=200 if well else 503)


@router.api_route("/metrics", methods=["GET", "HEAD"], include_in_schema=False)
def metrics(desk: DeskHere, site: SiteHere) -> Response:
    """Give the figures Prometheus collects."""
    found = desk.incidents.gather(desk.house.log.open_incidents())
    text = metrics_text(
        tuple(one for one in found.incidents if not is_complaint(one)),
        damaged=len(found.damaged),
        heartbeat=site.heartbeat(),
        now=site.wall.now(),
        moment=desk.house.clock.now(),
    )
    text += engines_text(site.engines())
    if site.watch is not None:
        text += watch_text(site.watch())
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4")


def caller(who: DutyProgram) -> str:
    """
    Return who calls the interface.

    Raises:
        HTTPException: 401, nobody is signed in and there is no right token.
    """
    if who is None:
        raise HTTPException(
            401,
            "Sign in, or send the token of CRISIS_API_TOKEN as a bearer token.",
            headers={"www-authenticate": "Bearer"},
        )
    return who


Caller = Annotated[str, Depends(caller)]


@router.get("/api/v1/incidents")
def list_incidents(desk: DeskHere, _who: Caller) -> list[Shown]:
    """List all incidents, oldest first."""
    found = desk.incidents.gather(desk.house.log.incidents())
    return [summary(incident) for incident in found.incidents if not is_complaint(incident)]


@router.get("/api/v1/incidents/{incident_id}")
def show_incident(incident_id: str, desk: DeskHere, _who: Caller) -> Shown:
    """Show one incident as `crisis incident show --json` does."""
    return _shown(desk, incident_id)


@router.post("/api/v1/incidents", status_code=201)
def open_new_incident(new: NewIncident, desk: DeskHere, who: Caller) -> Shown:
    """Open an incident."""
    attributes = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in new.attributes.items()
    }
    opening = Opening(
        playbook=new.playbook,
        region=new.region,
        mode=new.mode,
        by=who,
        attributes=attributes,
        occurred_at=new.occurred_at,
        label=new.label,
        accept_gaps=new.accept_gaps,
        planned_for=new.planned_for,
        begun_by=new.begun_by,
    )
    try:
        opened = open_incident(desk, opening)
    except CrisisError as refused:
        raise HTTPException(STATUS.get(refused.exit_code, 422), str(refused)) from refused
    return show(opened, now=desk.house.clock.now())


def _shown(desk: Desk, incident_id: str) -> Shown:
    try:
        found = desk.incidents.current(incident_id)
    except NotFoundError as missing:
        raise HTTPException(404, str(missing)) from missing
    if is_complaint(found):
        raise HTTPException(404, "A complaint is read by the complaint office only.")
    return show(found, now=desk.house.clock.now())


def _watcher(site: Site) -> dict[str, str]:
    """Return what the watcher says; it is told, and does not make the house unwell."""
    if site.watch is None:
        return {}
    try:
        return {"watcher": site.watch().words}
    except CrisisError:
        return {"watcher": "unknown"}


def _log(site: Site) -> str:
    return "ok" if site.log_is_writable() else "cannot be written"


def _engines(site: Site) -> dict[str, str]:
    """Return every engine by its name; one that is alive is enough for the house."""
    try:
        return {each.name: "; ".join(each.reasons) or "ok" for each in site.engines()}
    except CrisisError:
        return {}


def _engine(site: Site, *, now: datetime) -> str:
    try:
        beat = site.heartbeat()
    except CrisisError:
        return "unknown"
    if beat is None:
        return "no heartbeat"
    age = (now - beat).total_seconds()
    return "ok" if age < FRESH.total_seconds() else f"last heartbeat {age:.0f} s ago"
