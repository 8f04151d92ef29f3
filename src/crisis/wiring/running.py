"""The house as processes: started, looked at, refused."""

from collections.abc import Callable

from crisis.errors import RefusedError
from crisis.launch.status import (
    Status,
    engine_status,
    just_started,
    processes,
    standing,
)
from crisis.launch.supervisor import serve as run_house
from crisis.render.report_html import report_html
from crisis.settings import Settings
from crisis.store.log import DatabaseEventLog
from crisis.usecases.reading import Desk, Incidents
from crisis.usecases.reports import build
from crisis.wiring.clock import SystemClock
from crisis.wiring.world import refuse_fast_clock_over_live


def serve(settings: Settings, *, started_all: Callable[[], None] = lambda: None) -> None:
    """
    Run the pages, the engine and Prefect until asked to stop.

    `started_all` is called once, when nothing was refused and all of them were started.

    Raises:
        RefusedError: another one runs here, or the settings ask for what is not built yet.
        UnreachableError: folder, ports or database are not as they must be.
    """
    require_embedded(settings)
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
        beat = log.beats().get("engine")
        found = incidents.gather(log.open_incidents())
        members, now = processes(settings.data_dir), SystemClock().now()
        return Status(
            processes=members,
            engine=engine_status(beat.at, beat.data, now=now) if beat else None,
            standing=standing(found.incidents, damaged=found.damaged),
            log=log.label,
            just_started=just_started(members, now=now),
        )


def require_embedded(settings: Settings) -> None:
    """
    Refuse a launcher that is not built yet.

    Raises:
        RefusedError: it is.
    """
    if settings.launcher != "embedded":
        raise RefusedError(
            f"CRISIS_LAUNCHER={settings.launcher} is not built yet: today flows run in the engine"
            " of `crisis serve`. Set CRISIS_LAUNCHER=embedded; to use a Prefect server that runs"
            " already, set CRISIS_PREFECT_API_URL."
        )


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
