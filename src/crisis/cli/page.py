"""`--page FILE`: what a command shows, as one page that needs nothing else."""

import os
from pathlib import Path

import click

from crisis.cli import output
from crisis.errors import UnreachableError

option = click.option(
    "--page",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write it, with pictures, as one HTML page that needs nothing else.",
)


def write_page(file: Path, content: bytes) -> None:
    """
    Write a page, and say where it lies on stderr.

    Raises:
        UnreachableError: the file cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise UnreachableError(
            f"{file} cannot be written: {os.strerror(error.errno or 0)}."
            " Name another file with --page."
        ) from None
    output.complain(f"{file}: written")
