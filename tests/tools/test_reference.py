"""The page of commands, from a small command line of the test's own."""

import click

from tools.reference.command import page


@click.group("crisis")
def crisis() -> None:
    """Coordinate."""


@crisis.group()
def contacts() -> None:
    """Know who holds what."""


@contacts.command()
@click.argument("role")
@click.option("--region", required=True, metavar="R", help="AGS prefix, 00 | 14 | …")
def who(role: str, region: str) -> None:
    """Print who holds a role.\fNot for readers."""  # noqa: D301 -- click wants a real form feed
    click.echo(f"{role} {region}")


@crisis.command(hidden=True)
def inside() -> None:
    """Nothing to see."""


def test_page_describes_every_visible_command_once() -> None:
    assert page(crisis) == (
        "# Commands\n\n"
        "Written by `make reference` from the code. Do not edit.\n\n"
        "## crisis contacts who\n\n"
        "Print who holds a role.\n\n"
        "```\ncrisis contacts who [OPTIONS] ROLE\n```\n\n"
        "| option | meaning |\n|---|---|\n"
        "| `--region R` | AGS prefix, 00 \\| 14 \\| … [required] |\n"
    )
