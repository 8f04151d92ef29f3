"""`crisis incident open`: the moment everything starts from."""

from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from crisis.core.incident import Incident
    from crisis.usecases.opening import Opening
    from crisis.wiring import World


class Given(TypedDict):
    """What the options say."""

    playbook: str
    region: str
    assignments: tuple[str, ...]
    occurred: str | None
    planned_for: str | None
    exercise: bool
    begun_by: str
    label: str
    accept_gaps: bool
    by: str
    as_json: bool


@click.command("open")
@click.argument("playbook")
@option.region
@option.sets
@click.option(
    "--occurred",
    metavar="TIME",
    help="When it happened, if that is known: 2026-12-18T19:02+01:00, 2026-12-18 19:02"
    " (Europe/Berlin) or 19:02 (today).",
)
@click.option(
    "--planned-for",
    metavar="TIME",
    help="Open it before it begins: the planned T0. What prepares it begins at its time, the"
    " rest once `crisis incident start` says that it has begun.",
)
@click.option(
    "--begun-by",
    default="",
    metavar="PARTNER",
    help="The partner at whose word it is opened, if not the lead's: one with a role that the"
    " playbook lets begin it.",
)
@click.option(
    "--exercise",
    is_flag=True,
    help="A drill: every message begins with [ÜBUNG].",
)
@click.option(
    "--label",
    default="",
    metavar="TEXT",
    help="A code word of your own instead of one that is drawn; never a person's name.",
)
@click.option(
    "--accept-gaps",
    is_flag=True,
    help="Open although nobody holds a role that a binding step needs; each such role becomes"
    " a task for the lead.",
)
@option.by
@option.as_json
def open_(**given: Unpack[Given]) -> None:
    """
    Open an incident and ask the first partners.

    The playbook and the directory are pinned as they are now: editing a file
    never changes a running incident. If no engine runs, this command asks the
    first partners itself.

    Ends with exit code 3 if there is no such playbook, region, attribute or
    partner, and with 4 if somebody is missing for a binding step (see
    --accept-gaps), if --begun-by names a partner that may not begin it here, or
    if it is no exercise while the clock is sped up.
    """
    from crisis.cli.door import open_world
    from crisis.usecases.opening import open_incident

    with open_world() as world:
        incident = open_incident(world.desk, _opening(world, given))
        _show(world, incident, as_json=given["as_json"])


def _opening(world: "World", given: Given) -> "Opening":
    from crisis.cli.assignment import read_attributes
    from crisis.cli.moment import read_optional
    from crisis.cli.region import read_region
    from crisis.core.event import Mode
    from crisis.usecases.opening import Opening

    region = read_region(given["region"])
    written = world.library.playbook(given["playbook"], region=region)
    return Opening(
        playbook=given["playbook"],
        region=region,
        mode=Mode.EXERCISE if given["exercise"] else Mode.LIVE,
        by=given["by"],
        attributes=read_attributes(given["assignments"], written.attributes),
        occurred_at=read_optional(given["occurred"], now=world.desk.house.clock.now()),
        begun_by=given["begun_by"],
        label=given["label"],
        accept_gaps=given["accept_gaps"],
        planned_for=read_optional(given["planned_for"], now=world.desk.house.clock.now()),
    )


def _show(world: "World", incident: "Incident", *, as_json: bool) -> None:
    from crisis.cli import aftermath
    from crisis.cli.moment import local
    from crisis.core.region import name_of

    engine_runs = aftermath.carry_on(world, incident.id)
    _warn_of_example(world, incident)
    if as_json:
        aftermath.show_json(world.desk, incident.id, engine_runs=engine_runs)
        return
    opened = incident.opened
    output.say(f"{opened.code_word} is open.")
    output.say()
    output.pairs(
        {
            "Incident": f"{incident.id} ({opened.mode})",
            "Playbook": " + ".join(opened.layers),
            "Region": f"{opened.region} {name_of(opened.region)}",
            "Since": local(incident.opened_at),
            **({"Planned for": local(incident.t0)} if incident.is_ahead else {}),
            **({"Begun by": opened.begun_by} if opened.begun_by else {}),
            **({"Nobody for": ", ".join(opened.gaps)} if opened.gaps else {}),
            "Page": aftermath.page_of(world.desk, incident.id),
            "More": f"crisis incident show {incident.id}",
        }
    )
    if engine_runs:
        output.say()
        output.say("The engine asks the first partners now.")
    else:
        aftermath.show_sent(world.desk.incidents.entries(incident.id), incident)
    aftermath.warn(engine_runs=engine_runs)


def _warn_of_example(world: "World", incident: "Incident") -> None:
    from crisis.cli.shipped import is_example
    from crisis.core.event import Mode

    folder = world.settings.contacts_dir
    if incident.opened.mode is Mode.LIVE and is_example(folder):
        output.complain(
            f"WARNING: {incident.id} is LIVE, and all contacts are the invented example ones in"
            f" {folder}: no real partner is reached. If this was a trial, stand it down:\n"
            f'  crisis incident stand-down {incident.id} --reason "opened by mistake"\n'
            "Trials are opened with --exercise; contacts of your own belong beside the example,"
            " or in its place.\n"
        )
