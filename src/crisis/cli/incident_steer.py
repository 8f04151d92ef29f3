"""`crisis incident decide | set | skip`: what the duty officer steers by."""

from typing import Unpack

import click

from crisis.cli import option


class Deciding(option.Given):
    """A decision."""

    step: str
    option_id: str
    reason: str
    happened: str | None


class Setting(option.Given):
    """Facts that became known."""

    assignments: tuple[str, ...]
    source: str
    happened: str | None


class Skipping(option.Given):
    """A step that is left out."""

    step: str
    partner: str | None
    reason: str


@click.command()
@option.incident_id
@click.argument("step")
@click.argument("option_id", metavar="OPTION")
@option.reason
@option.by
@option.at
@option.as_json
def decide(**given: Unpack[Deciding]) -> None:
    """
    Enter a decision.

    STEP is a step that asks for a decision, OPTION one of its ways to come out.
    A decision may be changed later; every one stays in the log. An option that
    stands the incident down does so at once and for good: everyone who was
    contacted is told, and no later decision takes it back.
    """
    from crisis.cli.aftermath import finish, known_id, late
    from crisis.cli.door import open_world
    from crisis.usecases import steering

    with open_world() as world:
        incident = steering.decide(
            world.desk,
            known_id(world, given["incident_id"]),
            step=given["step"],
            option=given["option_id"],
            reason=given["reason"],
            by=given["by"],
            happened_at=late(world, given["happened"]),
        )
        finish(
            world,
            incident,
            f"{given['step']}: decided {given['option_id']}.",
            as_json=given["as_json"],
        )


@click.command("set")
@option.incident_id
@click.argument("assignments", metavar="NAME=VALUE...", nargs=-1, required=True)
@click.option(
    "--source",
    default="duty-officer",
    show_default=True,
    metavar="FUNCTION",
    help="From whom it is known: a function or a partner, never a person's name.",
)
@option.by
@option.at
@option.as_json
def set_(**given: Unpack[Setting]) -> None:
    """
    Enter what became known.

    NAME is an attribute of the playbook: choices and yes | no | unknown as words,
    counts as numbers, lists separated by commas. Steps that begin or no longer
    apply because of it follow at once. If one value is not allowed, none is set.
    """
    from crisis.cli.aftermath import finish, known_id, late
    from crisis.cli.assignment import read_attributes
    from crisis.cli.door import open_world
    from crisis.core.chronicle import in_words
    from crisis.core.steer import checked_value
    from crisis.usecases import steering

    with open_world() as world:
        incident_id = known_id(world, given["incident_id"])
        incident = world.desk.incidents.current(incident_id)
        values = read_attributes(given["assignments"], incident.playbook.attributes)
        for name, value in values.items():
            checked_value(incident.playbook, name, value)
        happened_at = late(world, given["happened"])
        for name, value in values.items():
            incident = steering.set_attribute(
                world.desk,
                incident_id,
                name=name,
                value=value,
                source=given["source"],
                by=given["by"],
                happened_at=happened_at,
            )
        done = "\n".join(f"{name} = {in_words(value)}" for name, value in values.items())
        finish(world, incident, done, as_json=given["as_json"])


@click.command()
@option.incident_id
@click.argument("step")
@option.partner
@option.reason
@option.by
@option.as_json
def skip(**given: Unpack[Skipping]) -> None:
    """
    Leave a step out.

    With --partner only this partner of the step is left out. The reason stands
    in the report.
    """
    from crisis.cli.aftermath import finish, known_id
    from crisis.cli.door import open_world
    from crisis.usecases import steering

    with open_world() as world:
        incident = steering.skip(
            world.desk,
            known_id(world, given["incident_id"]),
            step=given["step"],
            partner=given["partner"],
            reason=given["reason"],
            by=given["by"],
        )
        whom = f" {given['partner']}" if given["partner"] else ""
        finish(world, incident, f"{given['step']}{whom}: left out.", as_json=given["as_json"])
