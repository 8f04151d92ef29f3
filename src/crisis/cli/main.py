"""
The command line `crisis`: translate, never decide.

Every mistake ends here: a class of `crisis.errors` becomes its exit code and its
message on stderr; what nobody foresaw becomes one plain line and a file that
says where it happened.
"""

import gc
import os
import sys
from typing import Any, NoReturn

import click

from crisis.cli import output
from crisis.cli.lazy import LazyGroup, Place
from crisis.errors import CrisisError

UNFORESEEN = 1
OBJECTS_BEFORE_A_LOOK = 100_000


class House(LazyGroup):
    """The root group: ends with an exit code, never with a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- click's own signature
        """Run one command and leave the process with its exit code."""
        try:
            return super().main(*args, **kwargs)
        except CrisisError as error:
            output.complain(str(error))
            sys.exit(error.exit_code)
        except Exception as error:  # noqa: BLE001 -- the last door: people get a line, not a traceback
            _unforeseen(error)


def _unforeseen(error: Exception) -> NoReturn:
    if os.environ.get("CRISIS_DEBUG") == "1":
        raise error
    from crisis.cli.failure import report

    output.complain(report(error))
    sys.exit(UNFORESEEN)


@click.group(
    "crisis",
    cls=House,
    places={
        "init": Place("crisis.cli.init:init", "Make a working folder to begin with."),
        "demo": Place(
            "crisis.cli.demo:demo", "Run an exercise from the trigger to the reflection report."
        ),
        "password": Place("crisis.cli.password:password", "Hash a duty password for .env."),
        "serve": Place("crisis.cli.serve:serve", "Run the engine, the pages and Prefect."),
        "status": Place("crisis.cli.status:status", "Show what runs, what is late, what is down."),
        "playbook": Place("crisis.cli.playbook:playbook", "Check and rehearse playbooks."),
        "contacts": Place(
            "crisis.cli.contacts:contacts",
            "Check contacts, ask who holds what, prove that there is always somebody.",
        ),
        "agreement": Place(
            "crisis.cli.agreement:agreement", "Look up agreements, and have them reviewed."
        ),
        "incident": Place("crisis.cli.incident:incident", "Open, watch and steer incidents."),
        "report": Place("crisis.cli.report:report", "Write the reflection report."),
        "alarm": Place(
            "crisis.cli.alarm:alarm", "Test the second way, over which the watcher calls for help."
        ),
        "log": Place("crisis.cli.log:log", "Verify, save, put back and hand over the log."),
        "retention": Place(
            "crisis.cli.retention:retention",
            "Erase closed incidents' texts after their periods.",
        ),
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 99},
)
@click.version_option(package_name="crisis", message="%(prog)s %(version)s")
def crisis() -> None:
    """
    Coordinate organisations, never victims, after an attack or a mass accident.

    Begin with `crisis init DIR`, or watch an exercise with `crisis demo`.

    Moments are written as 2026-12-18T19:20+01:00, as local time 2026-12-18 19:20
    (Europe/Berlin), or as 19:40 for today.

    Exit codes: 0 done, 1 findings or not fulfilled, 2 usage, 3 not found,
    4 refused, 5 a needed service is unreachable.
    """


def main() -> None:
    """Run the command line; the entry point of the package."""
    # What a command reads it keeps until it ends: looking for garbage takes a tenth of it.
    gc.set_threshold(OBJECTS_BEFORE_A_LOOK)
    crisis(prog_name="crisis")
