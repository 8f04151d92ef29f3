"""`crisis incident stand-down | close`: how it ends."""

from typing import TypedDict, Unpack

import click

from crisis.cli import option


class Ending(TypedDict):
    """Why it ends."""

    incident_id: str
    by: str
    as_json: bool
    reason: str


@click.command("stand-down")
@option.incident_id
@option.reason
@option.by
@option.as_json
def stand_down(**given: Unpack[Ending]) -> None:
    """
    End the response, tell everyone.

    Everyone who was contacted is told, and each one's answer is waited for.
    """
    from crisis.cli.aftermath import finish, known_id
    from crisis.cli.door import open_world
    from crisis.usecases import steering

    with open_world() as world:
        incident = steering.stand_down(
            world.desk,
            known_id(world, given["incident_id"]),
            reason=given["reason"],
            by=given["by"],
        )
        finish(world, incident, f"{incident.id}: stood down.", as_json=given["as_json"])


@click.command()
@option.incident_id
@option.reason
@option.by
@option.as_json
def close(**given: Unpack[Ending]) -> None:
    """
    End the record.

    Refused (exit code 4) while a partner has not answered and is in nobody's
    hands; the partners are listed.
    """
    from crisis.cli.aftermath import finish, known_id
    from crisis.cli.door import open_world
    from crisis.usecases import steering

    with open_world() as world:
        incident = steering.close(
            world.desk,
            known_id(world, given["incident_id"]),
            reason=given["reason"],
            by=given["by"],
        )
        finish(world, incident, f"{incident.id}: closed.", as_json=given["as_json"])
