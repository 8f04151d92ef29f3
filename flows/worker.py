"""
A worker: `python -m flows.worker`.

Prefect's own process worker under the house's settings: it takes runs from the work
pool, each in a process of its own that inherits what is set here.
"""

import logging
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx

from crisis.errors import CrisisError, NotFoundError, UnreachableError
from crisis.launch.prefect_environment import without_prefect, worker_environment
from crisis.launch.premises import check_folder
from crisis.settings import Settings, load_settings, variable
from crisis.wiring import require_shared

log = logging.getLogger("crisis.worker")

_FOLDERS = ("data_dir", "playbooks_dir", "contacts_dir")
_WITHIN = 5.0


def check_pool(settings: Settings) -> None:
    """
    See that there is a work pool to take runs from.

    Raises:
        UnreachableError: Prefect does not answer, or not to us.
        NotFoundError: there is no such pool.
    """
    user, _, password = settings.prefect_login.partition(":")
    try:
        answer = httpx.get(
            f"{settings.prefect_url}/work_pools/{settings.work_pool}",
            auth=(user, password) if user else None,
            timeout=_WITHIN,
            trust_env=False,
        )
    except httpx.HTTPError as error:
        raise UnreachableError(
            f"Prefect does not answer at {settings.prefect_url} ({type(error).__name__})."
            " Start its server, or set CRISIS_PREFECT_API_URL right."
        ) from None
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise NotFoundError(
            f"Prefect has no work pool {settings.work_pool}."
            " Run `python -m flows.deploy` once, or set CRISIS_WORK_POOL right."
        )
    if answer.is_error:
        raise UnreachableError(
            f"Prefect answers {answer.status_code} at {settings.prefect_url}."
            " See its log; is CRISIS_PREFECT_AUTH right?"
        )


def command(settings: Settings) -> tuple[str, ...]:
    """Return the command line of the worker proper."""
    return (
        sys.executable,
        *("-m", "prefect", "worker", "start"),
        *("--pool", settings.work_pool, "--type", "process"),
        *("--name", f"{settings.own_engine_name}-{os.getpid()}"),
        *("--limit", str(settings.worker_runs)),
        *("--install-policy", "never", "--no-create-pool-if-not-found"),
    )


def own_temporary(settings: Settings) -> Path:
    """Return the folder for what the worker and its runs put aside."""
    return settings.data_dir.absolute() / "prefect" / "tmp"


def environment(settings: Settings, given: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of the worker and of its runs, which work in folders of their own."""
    folders = {variable(name): str(getattr(settings, name)) for name in _FOLDERS}
    path = os.pathsep.join((str(Path(sys.executable).parent), given.get("PATH", os.defpath)))
    return {
        **without_prefect(given),
        **settings.environment(),
        **folders,
        **worker_environment(settings),
        "PATH": path,
        "PYTHONUNBUFFERED": "1",
        # Prefect's worker keeps one folder in the common one, and fails where another user has it.
        "TMPDIR": str(own_temporary(settings)),
        # One name for all that this host does, whoever asks for it.
        variable("engine_name"): settings.engine_name or socket.gethostname(),
    }


def main() -> None:
    """Become a worker of the pool that the settings name."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        settings = load_settings()
        require_shared(settings)
        check_folder(settings)
        check_pool(settings)
    except CrisisError as error:
        log.error("%s", error)  # noqa: TRY400 -- it says what to do; the trace does not
        sys.exit(error.exit_code)
    own_temporary(settings).mkdir(parents=True, exist_ok=True)
    words = command(settings)
    os.execve(words[0], words, environment(settings, os.environ))  # noqa: S606 -- our own words, no shell


if __name__ == "__main__":
    main()
