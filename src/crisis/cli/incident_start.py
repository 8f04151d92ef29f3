"""`crisis incident move-start | start`: a run that was opened before its T0."""

from typing import Unpack

import click

from crisis.cli import option


class Moving(option.Given):
    """When it is to begin now, and why."""

    moment: str
    reason: str


class Starting(option.Given):
    """That it has begun, and when."""

    happened: str | None


@click.command("move-start")
@option.incident_id
@click.option(
    "--to",
    "moment",
    required=True,
    metavar="TIME",
    help="The new T0: 2026-12-18T04:00+01:00 or 2026-12-18 04:00 (Europe/Berlin).",
)
@option.reason
@option.by
@option.as_json
def move_start(**given: Unpack[Moving]) -> None:
    """
    Move the planned beginning (T0).

    Steps that have not begun and deadlines that count from T0 follow; whoever was
    asked is not asked again. The reason stands in the log.
    """
    from crisis.cli.aftermath import finish, known_id
    from crisis.cli.door import open_world
    from crisis.cli.moment import local, read_moment
    from crisis.usecases import scheduling

    with open_world() as world:
        incident = scheduling.move_start(
            world.desk,
            known_id(world, given["incident_id"]),
            planned_for=read_moment(given["moment"], now=world.desk.house.clock.now()),
            reason=given["reason"],
            by=given["by"],
        )
        finish(world, incident, f"T0 is now {local(incident.t0)}.", as_json=given["as_json"])


@click.command()
@option.incident_id
@option.by
@option.at
@option.as_json
def start(**given: Unpack[Starting]) -> None:
    """
    Enter that what was planned has begun.

    From now on T0 is real: the steps that count from it begin, and messages may say
    where it is. What was to be prepared and has not begun is left out as too late.
    """
    from crisis.cli.aftermath import finish, known_id, late
    from crisis.cli.door import open_world
    from crisis.cli.moment import local
    from crisis.usecases import scheduling

    with open_world() as world:
        incident = scheduling.confirm_start(
            world.desk,
            known_id(world, given["incident_id"]),
            by=given["by"],
            happened_at=late(world, given["happened"]),
        )
        finish(world, incident, f"Begun at {local(incident.t0)}.", as_json=given["as_json"])
