"""`crisis incident publish`: what was cleared has come out."""

from typing import Unpack

import click

from crisis.cli import option


class Publishing(option.Given):
    """What was published, and why before all had signed, if so."""

    step: str
    uncleared: str
    happened: str | None


@click.command()
@option.incident_id
@click.argument("step")
@click.option(
    "--uncleared",
    default="",
    metavar="TEXT",
    help="It came out although not all had signed: why. The report says so.",
)
@option.by
@option.at
@option.as_json
def publish(**given: Unpack[Publishing]) -> None:
    """
    Enter that something came out.

    STEP is a step whose partners sign before anything is published. While one of
    them has not signed, or does not agree, this is refused and says who is missing.
    """
    from crisis.cli.aftermath import finish, known_id, late
    from crisis.cli.door import open_world
    from crisis.usecases import steering

    with open_world() as world:
        incident = steering.publish(
            world.desk,
            known_id(world, given["incident_id"]),
            step=given["step"],
            uncleared=given["uncleared"],
            by=given["by"],
            happened_at=late(world, given["happened"]),
        )
        finish(world, incident, f"{given['step']}: published.", as_json=given["as_json"])
