"""`crisis demo`: an exercise from the trigger to the report, against local sinks."""

import os
from pathlib import Path

import click


@click.command()
@click.option(
    "--playbook",
    default="sn-mass-casualty",
    show_default=True,
    metavar="ID",
    help="The playbook to play: sn-mass-casualty or bpol-kok-control.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="DIR",
    help="An empty folder for everything the exercise leaves behind.  [default: demo-run/<time>]",
)
def demo(playbook: str, out: Path | None) -> None:
    """
    Run an exercise from the trigger to the reflection report.

    Real mails over SMTP and real posts over HTTP reach local sinks; simulated
    partners answer on their pages over HTTP: some late, one never, one declines,
    one mailbox bounces. Idle time is skipped. Nothing leaves this machine.
    """
    from crisis.cli import output
    from crisis.cli.shipped import shipped_root
    from crisis.demo.show import require_script, show
    from crisis.wiring import SystemClock

    shipped = shipped_root()
    script = require_script(shipped, playbook)
    folder = out or Path("demo-run") / f"{SystemClock().now().astimezone():%Y%m%d-%H%M%S}"
    _make_empty(folder)
    show(folder.absolute(), shipped=shipped, script=script, say=output.say)


def _make_empty(folder: Path) -> None:
    from tempfile import TemporaryFile

    from crisis.errors import RefusedError, UnreachableError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise RefusedError(f"{folder} is not empty; name another folder with --out")
        with TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise UnreachableError(
            f"{folder} cannot be written to: {os.strerror(error.errno or 0)}."
            " Give this user the right to, or name another folder with --out."
        ) from None
