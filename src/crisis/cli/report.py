"""`crisis report`: the reflection report, computed from the log."""

import click


@click.group()
def report() -> None:
    """
    Write the reflection report.

    It is computed from the log alone: the same log gives the same report, byte
    for byte.
    """
