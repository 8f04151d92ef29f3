"""The whole demo, from an empty folder to the last line."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from crisis.core.availability import ZONE
from crisis.core.event import ReportDrafted
from crisis.core.incident import Incident
from crisis.demo.cast import BOUNCING
from crisis.demo.exercise import DUTY, Exercise, Say
from crisis.demo.prefect_watch import PrefectWatch
from crisis.demo.summary import Shown, lines
from crisis.demo.surroundings import Surroundings, surroundings
from crisis.demo.visitor import Visitor
from crisis.errors import FindingsError
from crisis.loading.library import FileLibrary
from crisis.simulated.sinks.smtp_script import Fault, Stage
from crisis.usecases import steering
from crisis.wiring import SystemClock, World, open_world

# The Friday evening before Christmas of `playbooks.md` §7.4, in Dresden.
OCCURRED = datetime(2026, 12, 18, 19, 2, tzinfo=ZONE)
TRIGGERED = OCCURRED + timedelta(minutes=18)
# The house starts before the trigger, on the exercise's clock; starting must not run into it.
WARM_UP = timedelta(hours=1)
REGION = "14612"
# Not secret: the demo's pages are served on this machine only, for as long as it runs.
PASSWORD = "nur für diese Übung"  # noqa: S105 -- shown on the screen, see above


def require_playbook(shipped: Path, playbook: str) -> None:
    """
    Refuse a playbook that does not come with crisis, before anything is started.

    Raises:
        NotFoundError: there is none of this id; the message lists what exists.
    """
    library = FileLibrary(
        playbooks=shipped / "playbooks",
        contacts=shipped / "contacts" / "example",
        clock=SystemClock(),
    )
    library.playbook(playbook)


def show(
    folder: Path,
    *,
    shipped: Path,
    playbook: str,
    say: Say,
) -> None:
    """
    Play the exercise in an empty folder and print what it shows.

    Raises:
        UnreachableError: the house does not come up, or no longer moves.
        FindingsError: something that the demo promises was not seen.
    """
    say(f"An exercise of {playbook} in Dresden begins; everything is kept in {folder}")
    with (
        surroundings(
            folder,
            shipped=shipped,
            start=TRIGGERED - WARM_UP,
            password=PASSWORD,
        ) as around,
        open_world(around.settings) as world,
        Visitor(around.settings.own_url) as visitor,
    ):
        say(f"The house is up: pages {around.settings.own_url}, Prefect {_prefect_page(around)}")
        watch = PrefectWatch(around.settings.prefect_url)
        try:
            shown = _played(around, world, visitor, watch, playbook=playbook, say=say)
        finally:
            watch.close()
    for line in lines(shown):
        say(line)
    _require_promises(shown)


def _played(
    around: Surroundings,
    world: World,
    visitor: Visitor,
    watch: PrefectWatch,
    *,
    playbook: str,
    say: Say,
) -> Shown:
    if world.skipping is None:
        message = "the demo needs the exercise clock"
        raise FindingsError(message)
    desk = world.desk
    visitor.sign_in(DUTY, around.password)
    bouncing = desk.house.addresses.address(BOUNCING)
    if bouncing is not None:
        gone = Fault(at=Stage.RCPT, reply="550 5.1.1 mailbox unknown")
        around.mails.script(bouncing.removeprefix("mailto://"), gone)
    exercise = Exercise(
        around=around,
        desk=desk,
        clock=world.skipping,
        visitor=visitor,
        say=say,
        calm=watch.is_calm,
    )
    world.skipping.skip_to(TRIGGERED)
    opened = exercise.open(playbook, region=REGION, occurred_at=OCCURRED)
    say(f"{opened.opened.code_word} is open: {opened.id}")
    incident = exercise.play(until=_is_over)
    incident = steering.close(desk, incident.id, reason="Übung beendet", by=DUTY)
    entries = desk.incidents.entries(incident.id)
    report = _report(around, incident.id)
    _verify(around)
    return Shown(
        incident=incident,
        entries=entries,
        runs=watch.flow_runs(incident.id),
        mails=len(around.mails.mails),
        posts=len(around.posts.posts),
        folder=around.folder,
        report=report,
    )


def _is_over(incident: Incident) -> bool:
    return any(
        run.report is not None and run.report.status == "final" for run in incident.steps.values()
    )


def _report(around: Surroundings, incident_id: str) -> Path:
    """Let the real command write the report, and return where."""
    folder = around.folder / "report"
    for kind in ("html", "json", "md"):
        options = ("--format", kind, "--status", "final", "--out", str(folder))
        _run(around, "report", "build", incident_id, *options)
    return min(folder.glob("*.html"))


def _verify(around: Surroundings) -> None:
    _run(around, "log", "verify")


def _run(around: Surroundings, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 -- our own command, our own arguments
        [sys.executable, "-m", "crisis", *arguments],
        cwd=around.folder,
        env={"PATH": "/usr/bin:/bin", **around.settings.environment()},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        message = f"`crisis {' '.join(arguments)}` ended with {done.returncode}: {done.stderr}"
        raise FindingsError(message)


def _prefect_page(around: Surroundings) -> str:
    return around.settings.prefect_url.removesuffix("/api")


def _require_promises(shown: Shown) -> None:
    """
    Refuse to end well if something was not seen that this demo is there to show.

    Raises:
        FindingsError: the message lists what was missing.
    """
    part, whole = shown.tracked
    levels = {rise.level for o in shown.incident.obligations.values() for rise in o.rises}
    states = {o.state.value for o in shown.incident.obligations.values()}
    drafted = any(isinstance(entry.event, ReportDrafted) for entry in shown.entries)
    missing = [
        promise
        for promise, kept in (
            ("every attempt carried out by a Prefect flow", part == whole > 0),
            ("mails over SMTP", shown.mails > 0),
            ("posts over HTTP", shown.posts > 0),
            ("escalations up to the lead", levels >= {1, 2, 3, 4}),
            ("a partner who declines", "declined" in states),
            ("a partner who is never reached", "handed_to_person" in states),
            ("the reflection report", drafted and shown.report.is_file()),
        )
        if not kept
    ]
    if missing:
        message = f"the exercise ran, but this was not seen: {'; '.join(missing)}"
        raise FindingsError(message)
