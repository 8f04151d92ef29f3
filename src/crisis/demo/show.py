"""The whole demo, from an empty folder to the last line."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from crisis.core.event import ReportDrafted
from crisis.core.incident import Incident
from crisis.core.region import name_of
from crisis.demo.confidence import listen
from crisis.demo.exercise import DUTY, Exercise, Say
from crisis.demo.prefect_watch import PrefectWatch
from crisis.demo.saxony import SAXONY
from crisis.demo.script import Script
from crisis.demo.summary import Shown, lines
from crisis.demo.surroundings import Surroundings, surroundings
from crisis.demo.trafficking import TRAFFICKING
from crisis.demo.visitor import Visitor
from crisis.errors import FindingsError, NotFoundError
from crisis.loading.library import FileLibrary
from crisis.simulated.sinks.smtp_script import Fault, Stage
from crisis.usecases import steering
from crisis.wiring import SystemClock, World, open_world

SCRIPTS: Mapping[str, Script] = MappingProxyType(
    {script.playbook: script for script in (SAXONY, TRAFFICKING)}
)
# The house starts before the trigger, on the exercise's clock; starting must not run into it.
WARM_UP = timedelta(hours=1)
# Not secret: the demo's pages are served on this machine only, for as long as it runs.
PASSWORD = "nur für diese Übung"  # noqa: S105 -- shown on the screen, see above


def require_script(shipped: Path, playbook: str) -> Script:
    """
    Return the exercise of a playbook that comes with crisis, before anything is started.

    Raises:
        NotFoundError: there is no playbook of this id, or no exercise of it; the message
            lists what exists.
    """
    library = FileLibrary(
        playbooks=shipped / "playbooks",
        contacts=shipped / "contacts" / "example",
        clock=SystemClock(),
    )
    library.playbook(playbook)
    if playbook not in SCRIPTS:
        message = f"there is no exercise of `{playbook}`; there are: {', '.join(SCRIPTS)}"
        raise NotFoundError(message)
    return SCRIPTS[playbook]


def show(
    folder: Path,
    *,
    shipped: Path,
    script: Script,
    say: Say,
) -> None:
    """
    Play the exercise in an empty folder and print what it shows.

    Raises:
        UnreachableError: the house does not come up, or no longer moves.
        FindingsError: something that the demo promises was not seen.
    """
    where = name_of(script.region)
    say(f"An exercise of {script.playbook} in {where} begins; everything is kept in {folder}")
    with (
        surroundings(
            folder,
            shipped=shipped,
            start=script.triggered_at - WARM_UP,
            password=PASSWORD,
        ) as around,
        open_world(around.settings) as world,
        Visitor(around.settings.own_url) as visitor,
    ):
        say(f"The house is up: pages {around.settings.own_url}, Prefect {_prefect_page(around)}")
        watch = PrefectWatch(around.settings.prefect_url)
        try:
            shown = _played(around, world, visitor, watch, script=script, say=say)
        finally:
            watch.close()
    for line in lines(shown, more=script.facts(shown)):
        say(line)
    _require_promises(shown, script)


def _played(
    around: Surroundings,
    world: World,
    visitor: Visitor,
    watch: PrefectWatch,
    *,
    script: Script,
    say: Say,
) -> Shown:
    if world.skipping is None:
        message = "the demo needs the exercise clock"
        raise FindingsError(message)
    desk = world.desk
    visitor.sign_in(DUTY, around.password)
    bouncing = desk.house.addresses.address(script.bouncing)
    if bouncing is not None:
        gone = Fault(at=Stage.RCPT, reply="550 5.1.1 mailbox unknown")
        around.mails.script(bouncing.removeprefix("mailto://"), gone)
    exercise = Exercise(
        script=script,
        around=around,
        desk=desk,
        clock=world.skipping,
        visitor=visitor,
        say=say,
        calm=watch.is_calm,
    )
    world.skipping.skip_to(script.triggered_at)
    opened = exercise.open()
    say(f"{opened.opened.code_word} is open: {opened.id}")
    incident = exercise.play(until=_is_over)
    # On a closed incident nobody's page shows its own answers any more, so she comes twice.
    before = listen(around, visitor, incident, exercise.pages, script)
    incident = steering.close(desk, incident.id, reason="Übung beendet", by=DUTY)
    entries = desk.incidents.entries(incident.id)
    report = _report(around, incident.id)
    _verify(around)
    overheard = before.and_then(listen(around, visitor, incident, exercise.pages, script))
    return Shown(
        incident=incident,
        entries=entries,
        runs=watch.flow_runs(incident.id),
        mails=len(around.mails.mails),
        posts=len(around.posts.posts),
        folder=around.folder,
        report=report,
        searched=overheard.searched,
        leaks=overheard.leaks,
        kept=overheard.kept,
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


def _require_promises(shown: Shown, script: Script) -> None:
    """
    Refuse to end well if something was not seen that this demo is there to show.

    Raises:
        FindingsError: the message lists what was missing.
    """
    part, whole = shown.tracked
    drafted = any(isinstance(entry.event, ReportDrafted) for entry in shown.entries)
    missing = [
        promise
        for promise, kept in (
            ("every attempt carried out by a Prefect flow", part == whole > 0),
            ("mails over SMTP", shown.mails > 0),
            ("posts over HTTP", shown.posts > 0),
            *script.promises(shown),
            ("the reflection report", drafted and shown.report.is_file()),
        )
        if not kept
    ]
    if missing:
        message = f"the exercise ran, but this was not seen: {'; '.join(missing)}"
        raise FindingsError(message)
