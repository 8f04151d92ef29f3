"""The house as processes: started, looked at, refused."""

from collections.abc import Callable

from crisis.errors import UsageError
from crisis.launch.deadman_status import deadman_statuses
from crisis.launch.engine_status import engine_statuses
from crisis.launch.namesake import refuse_namesake
from crisis.launch.status import Status, just_started, processes, standing
from crisis.launch.supervisor import serve as run_house
from crisis.launch.watcher_status import watcher_statuses
from crisis.launch.witness_file import lost_ones
from crisis.render.report_html import report_html
from crisis.settings import Settings
from crisis.store.log import DatabaseEventLog
from crisis.usecases.reading import Desk, Incidents
from crisis.usecases.reports import build
from crisis.wiring.clock import RealStopwatch, SystemClock, exercise_clock
from crisis.wiring.kept_clock import house_clock
from crisis.wiring.world import refuse_fast_clock_over_live, signs_of


def serve(settings: Settings, *, started_all: Callable[[], None] = lambda: None) -> None:
    """
    Run the pages, the engine and Prefect until asked to stop.

    `started_all` is called once, when nothing was refused and all of them were started.

    Raises:
        RefusedError: another one runs here.
        UsageError: hosts that are to work together lack what they must share.
        UnreachableError: folder, ports or database are not as they must be.
    """
    require_shared(settings)
    run_house(
        settings,
        clock=SystemClock(),
        check=lambda: _check_log(settings),
        started_all=started_all,
    )


def status(settings: Settings) -> Status:
    """
    Return what runs, since when, what is late and what is degraded.

    Raises:
        UnreachableError: the log does not answer.
    """
    with DatabaseEventLog(settings.database_address) as log:
        incidents = Incidents(log)
        found = incidents.gather(log.open_incidents())
        clock = house_clock(log, wall=SystemClock(), stopwatch=RealStopwatch())
        members, now = processes(settings.data_dir), clock.now()
        moment = exercise_clock(settings, wall=clock).now() if settings.sped_up else now
        return Status(
            processes=members,
            engines=engine_statuses(signs_of(log), now=now),
            standing=standing(
                found.incidents,
                now=moment,
                damaged=found.damaged,
                lost=lost_ones(settings.data_dir),
            ),
            log=log.label,
            just_started=just_started(members, now=now),
            watchers=watcher_statuses(signs_of(log), now=now),
            deadmen=deadman_statuses(signs_of(log), now=now),
        )


def require_shared(settings: Settings) -> None:
    """
    Refuse to be one of several hosts without what the hosts must share.

    Raises:
        UsageError: links or codes of one host would be worth nothing on another, or the
            others cannot reach the log.
    """
    on_one_machine = settings.database_address.startswith("sqlite")
    if settings.engine_only and on_one_machine:
        raise UsageError(
            "CRISIS_ENGINE_ONLY: the log is a SQLite file, which other hosts cannot share."
            " Set CRISIS_DATABASE_URL to the PostgreSQL of the house."
        )
    if on_one_machine or not (settings.deploys or settings.engine_only):
        return
    needed = {
        "CRISIS_SECRET": (settings.secret, "links and codes are keyed with it"),
        "CRISIS_BASE_URL": (settings.base_url, "links in messages begin with it"),
    }
    missing = [
        f"{name} is not set, but {why}: set the same on every host."
        for name, (value, why) in needed.items()
        if not value
    ]
    if missing:
        what = "CRISIS_ENGINE_ONLY" if settings.engine_only else "CRISIS_LAUNCHER=prefect"
        raise UsageError(f"{what} on several hosts:\n" + "\n".join(missing))


def report_page(desk: Desk, incident_id: str, language: str) -> str:
    """
    Return the reflection report as a whole HTML page, in English for `en`, else in German.

    Raises:
        NotFoundError: there is no such incident.
    """
    return report_html(build(desk, incident_id), language="en" if language == "en" else "de")


def _check_log(settings: Settings) -> None:
    """Bring the log up to date before three processes open it at once."""
    with DatabaseEventLog(settings.database_address) as log:
        refuse_fast_clock_over_live(settings, log, Incidents(log))
        engines = engine_statuses(signs_of(log), now=SystemClock().now())
        refuse_namesake(engines, name=settings.own_engine_name, place=log.label)
