"""`crisis incident ask | note | task`: what goes out from the lead's desk and comes back."""

from typing import Literal, Unpack

import click

from crisis.cli import option


class Asking(option.Given):
    """A question outside the playbook."""

    partner: str
    text: str
    reason: str
    within: str | None


class Noting(option.Given):
    """A remark."""

    text: str
    happened: str | None


class Reporting(option.Given):
    """What came of a task."""

    task_id: str
    result: Literal["reached", "wrong-number", "no-answer", "done"]
    note: str
    happened: str | None


@click.command()
@option.incident_id
@click.argument("partner")
@click.option("--text", required=True, metavar="TEXT", help="What is asked of the partner.")
@option.reason
@click.option(
    "--within",
    metavar="TIME",
    help="How long the partner has: 30m, 1h30m, 2d.  [default: no deadline]",
)
@option.by
@option.as_json
def ask(**given: Unpack[Asking]) -> None:
    """
    Ask a partner outside the playbook.

    The ask becomes a step of its own (X01, X02, …), with its own answer, and
    stands in the report as a deviation from the playbook.
    """
    from crisis.cli.aftermath import finish, known_id
    from crisis.cli.door import open_world
    from crisis.cli.span import read_span
    from crisis.usecases import steering

    within = None if given["within"] is None else read_span(given["within"])
    with open_world() as world:
        incident = steering.ask(
            world.desk,
            known_id(world, given["incident_id"]),
            partner=given["partner"],
            text=given["text"],
            reason=given["reason"],
            within=within,
            by=given["by"],
        )
        step = tuple(incident.step_by_id)[-1]
        finish(world, incident, f"{step} {given['partner']}: asked.", as_json=given["as_json"])


@click.command()
@option.incident_id
@click.argument("text")
@option.by
@option.at
@option.as_json
def note(**given: Unpack[Noting]) -> None:
    """
    Add a remark to the log.

    It stands in the report as it is written here.
    """
    from crisis.cli.aftermath import finish, known_id, late
    from crisis.cli.door import open_world
    from crisis.usecases import steering

    with open_world() as world:
        incident = steering.note(
            world.desk,
            known_id(world, given["incident_id"]),
            text=given["text"],
            by=given["by"],
            happened_at=late(world, given["happened"]),
        )
        finish(world, incident, "Noted.", as_json=given["as_json"])


@click.command()
@option.incident_id
@click.argument("task_id", metavar="TASK")
@click.argument(
    "result",
    type=click.Choice(["reached", "wrong-number", "no-answer", "done"]),
    metavar="RESULT",
)
@click.option("--note", default="", metavar="TEXT", help="A remark about it.")
@option.by
@option.at
@option.as_json
def task(**given: Unpack[Reporting]) -> None:
    """
    Report on a task, such as a telephone call.

    TASK is a task as `crisis incident show` lists it. RESULT is reached,
    wrong-number, no-answer or done: reached counts as the partner's
    acknowledgement, a wrong number moves on to the next channel at once.
    """
    from crisis.cli.aftermath import finish, known_id, late
    from crisis.cli.door import open_world
    from crisis.usecases import steering

    with open_world() as world:
        incident = steering.finish_task(
            world.desk,
            known_id(world, given["incident_id"]),
            task=given["task_id"],
            result=given["result"],
            by=given["by"],
            note=given["note"],
            happened_at=late(world, given["happened"]),
        )
        finish(
            world, incident, f"{given['task_id']}: {given['result']}.", as_json=given["as_json"]
        )
