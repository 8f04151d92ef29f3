"""
The variables under which Prefect runs here: it tells nobody about itself.

Without them the server looks up a telemetry host and a code-hosting host when it
starts; `tests/launch/test_supervisor.py` spies on the resolver.
"""

from collections.abc import Mapping

from crisis.launch.place import Place

LOOPBACK = "127.0.0.1"

_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_LOGGING_COLORS": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
}
# Nothing here is paused or triggered by Prefect, so nobody need look for it.
_UNUSED = ("PAUSE_EXPIRATIONS", "TRIGGERS")
# These look after deployments, schedules and workers.
_FOR_DEPLOYMENTS = (
    "SCHEDULER",
    "LATE_RUNS",
    "FOREMAN",
    "REPOSSESSOR",
    "CANCELLATION_CLEANUP",
    "CLEANUP_RECONCILER",
)
# Without batches, 1,000 task runs keep SQLite busy for half a minute (research/prefect.md).
_BATCHES = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
}


def server_environment(place: Place) -> dict[str, str]:
    """Return the variables of our own Prefect server: SQLite in the data folder, loopback."""
    home = place.data_dir / "prefect"
    unused = _UNUSED if place.deploys else _UNUSED + _FOR_DEPLOYMENTS
    return {
        # Sixty sweeps ahead, as would be usual, help nobody.
        "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT5M",
        **_QUIET,
        **_BATCHES,
        **{f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in unused},
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_SERVER_API_HOST": LOOPBACK,
        "PREFECT_SERVER_API_PORT": str(place.prefect_port),
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
        **({"PREFECT_SERVER_API_AUTH_STRING": place.prefect_login} if place.prefect_login else {}),
    }


def client_environment(place: Place) -> dict[str, str]:
    """Return the variables of a process that calls flows."""
    login = {"PREFECT_API_AUTH_STRING": place.prefect_login} if place.prefect_login else {}
    return {
        **login,
        **_QUIET,
        "PREFECT_HOME": str(place.data_dir / "prefect"),
        "PREFECT_API_URL": place.prefect_url,
        # Where SQLite is locked, our server asks to come back in 0.1 s; five times is too few.
        "PREFECT_CLIENT_MAX_RETRIES": "10",
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
        "PREFECT_TASKS_DEFAULT_NO_CACHE": "true",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    }


def worker_environment(place: Place) -> dict[str, str]:
    """Return the variables of a worker, which its runs inherit."""
    return {
        **client_environment(place),
        # A run that is wanted now waits for the next look; ten seconds are the default.
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        # A run's process is started so many seconds ahead of its time, and waits.
        "PREFECT_WORKER_PREFETCH_SECONDS": "10",
        "PREFECT_WORKER_HEARTBEAT_SECONDS": "10",
    }


def without_prefect(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables without those that somebody set for another Prefect."""
    return {name: value for name, value in variables.items() if not name.startswith("PREFECT_")}
