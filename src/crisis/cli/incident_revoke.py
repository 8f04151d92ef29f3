"""`crisis incident revoke`: a link fell into wrong hands, its page is closed."""

from typing import Unpack

import click

from crisis.cli import option


class Revoking(option.Given):
    """Whose pages are closed, and why."""

    step: str
    partner: str | None
    contact: str | None
    reason: str


@click.command()
@option.incident_id
@click.argument("step")
@option.partner
@click.option(
    "--contact",
    metavar="ID",
    help="Close the page of this function only.  [default: those of all who were asked]",
)
@option.reason
@option.by
@option.as_json
def revoke(**given: Unpack[Revoking]) -> None:
    """
    Close the pages behind the links of a step.

    For a link that fell into wrong hands. The page no longer opens, for good; what
    was answered there stays. The partner's next messages about this step hold the
    same closed link, so take what they say by telephone from now on.
    """
    from crisis.cli.aftermath import finish, known_id
    from crisis.cli.door import open_world
    from crisis.usecases.revoking import revoke as close_pages

    with open_world() as world:
        incident, contacts = close_pages(
            world.desk,
            known_id(world, given["incident_id"]),
            step=given["step"],
            partner=given["partner"],
            contact=given["contact"],
            reason=given["reason"],
            by=given["by"],
        )
        done = f"{given['step']}: closed the page of {', '.join(contacts)}."
        finish(world, incident, done, as_json=given["as_json"])
