"""What follows when a command wrote to an incident: who was asked, and where to look."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crisis.cli import output
from crisis.core.event import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from crisis.core.incident import Incident
    from crisis.usecases.reading import Desk
    from crisis.wiring import World


def known_id(world: "World", given: str) -> str:
    """
    Return the id a person means; `last` is the incident that was opened last.

    Raises:
        NotFoundError: no incident was ever opened, or the id is that of a complaint, which
            the desk does not read (S3.2).
    """
    from crisis.errors import NotFoundError

    if given != "last":
        if _is_complaint(world, given):
            raise NotFoundError(f"{given} is a complaint: only the complaint office reads it")
        return given
    for name in reversed(world.log.incidents()):
        if not _is_complaint(world, name):
            return name
    raise NotFoundError("there is no incident yet; open one with `crisis incident open`")


def _is_complaint(world: "World", incident_id: str) -> bool:
    from crisis.core.event import IncidentOpened

    first = world.log.read(incident_id, most=1)
    return any(isinstance(e.event, IncidentOpened) and e.event.complaint_on for e in first)


def late(world: "World", happened: str | None) -> "datetime | None":
    """Return when something happened that is entered now, or None for now itself."""
    from crisis.cli.moment import read_optional

    return read_optional(happened, now=world.desk.house.clock.now())


def carry_on(world: "World", incident_id: str) -> bool:
    """
    Do what is due, unless an engine runs that does it anyway; return whether one does.

    Messages must not wait for a house that is not running. Claims in the log
    make it safe if an engine comes up in the same moment.
    """
    if world.engine_runs():
        return True
    from concurrent.futures import ThreadPoolExecutor

    from crisis.usecases.tick import tick

    with ThreadPoolExecutor(max_workers=world.desk.house.in_flight) as pool:
        tick(world.desk, incident_id, pool=pool)
    return False


def finish(world: "World", incident: "Incident", done: str, *, as_json: bool) -> None:
    """Carry an incident on after a command, and print what was done and what followed."""
    engine_runs = carry_on(world, incident.id)
    if as_json:
        show_json(world.desk, incident.id, engine_runs=engine_runs)
        return
    output.say(done)
    show_sent(world.desk.incidents.entries(incident.id)[incident.version :], incident)
    warn(engine_runs=engine_runs or incident.closed_at is not None)


def show_json(desk: "Desk", incident_id: str, *, engine_runs: bool) -> None:
    """Print an incident's stable keys, with where to look and whether an engine runs."""
    from crisis.usecases.showing import show

    shown = show(desk.incidents.current(incident_id), now=desk.house.clock.now())
    output.json_out({**shown, "url": page_of(desk, incident_id), "engine_runs": engine_runs})


def page_of(desk: "Desk", incident_id: str) -> str:
    """Return the address of an incident's page."""
    return f"{desk.house.base_url}/incidents/{incident_id}"


def show_sent(entries: Sequence[Entry], incident: "Incident") -> None:
    """Print whom these entries asked, over what, and what became of it."""
    from crisis.cli.timeline import beats
    from crisis.core.event import AttemptEnded, AttemptStarted

    attempts = [e for e in entries if isinstance(e.event, AttemptStarted | AttemptEnded)]
    moments = beats(attempts, directory=incident.opened.directory)
    sent = [moment for moment in moments if moment.kind == "attempt-started"]
    if sent:
        output.say()
        output.table(
            ("step", "partner", "contact", "channel", "outcome"),
            [
                (m.step, m.partner, m.contact, m.channel_kind, _outcome(m.outcome, m.code))
                for m in sent
            ],
        )


def _outcome(outcome: str | None, code: str | None) -> str:
    # The code of what was accepted says nothing that a person could act upon.
    if outcome is None or outcome == "accepted":
        return outcome or "on its way"
    return f"{outcome} ({code})" if code else outcome


def warn(*, engine_runs: bool) -> None:
    """Say on stderr that nobody carries the incident on, if so."""
    if not engine_runs:
        output.complain(
            "No engine runs here: this command sent what is due now."
            " Later steps and escalations need `crisis serve`."
        )
