"""`crisis log`: keep the record, and prove that it is what was written."""

import click

from crisis.cli.lazy import LazyGroup, Place

_CHECK = "crisis.cli.log_check"
_FILE = "crisis.cli.log_file"


@click.group(
    cls=LazyGroup,
    places={
        "verify": Place(f"{_CHECK}:verify", "Check every hash of one incident's log, or of all."),
        "accept": Place(f"{_CHECK}:accept", "Go on with a log whose chain is broken."),
        "backup": Place(f"{_FILE}:backup", "Save the whole log while the house runs."),
        "restore": Place(f"{_FILE}:restore", "Put a backup into an empty database."),
        "export": Place(f"{_FILE}:export", "Hand one incident's log over to be checked."),
    },
)
def log() -> None:
    """
    Verify, save, put back and hand over the log.

    Everything that happened stands in one append-only log; each entry carries the
    hash of the one before.
    """
