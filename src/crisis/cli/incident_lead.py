"""`crisis incident hand-over`: the lead passes to somebody else."""

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from crisis.cli import option

if TYPE_CHECKING:
    from datetime import datetime

    from crisis.core.form import Answer
    from crisis.core.incident import Incident


class HandingOver(option.Given):
    """To whom, why, and with which brief."""

    to: str
    reason: str
    assignments: tuple[str, ...]
    file: Path | None
    within: str | None
    happened: str | None


@click.command("hand-over")
@option.incident_id
@click.option(
    "--to",
    required=True,
    metavar="WHO",
    help="Who is to lead: a partner, one of its functions, or a role that one partner holds.",
)
@option.reason
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="FIELD=VALUE",
    help="One answer of the brief; may be repeated.",
)
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A YAML or JSON file with the brief, `field: value` lines; --set outranks it.",
)
@click.option(
    "--within",
    metavar="TIME",
    help="How long the other side has: 30m, 1h30m, 2d.  [default: no deadline]",
)
@option.by
@option.at
@option.as_json
def hand_over(**given: Unpack[HandingOver]) -> None:
    """
    Hand the lead over.

    Both confirm: this command is the word of who leads. Who is to lead gets a
    message and the brief, and leads as soon as it takes over; until then nothing
    changes. There is exactly one lead at any time. What lies on the lead's desk
    goes to the new one. To take an offer back, leave its step out (`skip`).
    """
    from crisis.cli.aftermath import finish, known_id, late
    from crisis.cli.door import open_world
    from crisis.cli.span import read_span
    from crisis.core.hand_over import Handing
    from crisis.usecases import steering

    within = None if given["within"] is None else read_span(given["within"])
    with open_world() as world:
        incident_id = known_id(world, given["incident_id"])
        brief = _brief(
            world.desk.incidents.current(incident_id), given, now=world.desk.house.clock.now()
        )
        incident = steering.hand_over(
            world.desk,
            incident_id,
            Handing(to=given["to"], reason=given["reason"], brief=brief, within=within),
            by=given["by"],
            happened_at=late(world, given["happened"]),
        )
        step, offered = list(incident.offers.items())[-1]
        done = f"{step} {offered.partner}: the lead is offered to {offered.contact}."
        finish(world, incident, done, as_json=given["as_json"])


def _brief(incident: "Incident", given: HandingOver, *, now: "datetime") -> "dict[str, Answer]":
    from crisis.cli.answer_file import read_given
    from crisis.errors import UsageError

    wanted = incident.playbook.lead.brief
    form = next((one for one in incident.playbook.forms if one.id == wanted), None)
    if form is None:
        if given["assignments"] or given["file"] is not None:
            message = "this playbook asks for no brief at a hand-over; say it in the reason"
            raise UsageError(message)
        return {}
    return read_given(given["assignments"], given["file"], form, now=now)
