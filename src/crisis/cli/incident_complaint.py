"""`crisis incident complain | complaints`: a complaint goes to the complaint office only."""

from typing import TypedDict, Unpack

import click

from crisis.cli import option, output


class Given(TypedDict):
    """What the options say."""

    incident_id: str
    about: str
    complainant: str
    category: str
    matter: str
    by: str
    as_json: bool


@click.command()
@option.incident_id
@click.option(
    "--about", required=True, metavar="PARTNER", help="Who is complained about, by partner id."
)
@click.option("--from", "complainant", required=True, metavar="PARTNER", help="Who complains.")
@click.option(
    "--category",
    required=True,
    metavar="WORD",
    help="conduct, delay, information, omission or other.",
)
@click.option(
    "--matter",
    default="",
    metavar="TEXT",
    help="One sentence for the complaint office alone; never a person's name.",
)
@option.by
@option.as_json
def complain(**given: Unpack[Given]) -> None:
    """
    Send a complaint to the independent complaint office.

    Say its kind, and a sentence at most: what happened goes to the complaint office by the
    complainant's own way, never into this house. The office and whoever complains are asked
    on pages of their own; the desk neither reads the complaint nor changes it, and the
    organisation complained about is asked nothing. The run counts its complaints by
    category, open and closed.

    Ends with exit code 4 if nobody is the complaint office in the run's region, or if
    the organisation complained about would get to know.
    """
    from crisis.cli.aftermath import carry_on, known_id, warn
    from crisis.cli.door import open_world
    from crisis.usecases.complaining import Complaint, complaints
    from crisis.usecases.complaining import complain as open_complaint

    with open_world() as world:
        known = known_id(world, given["incident_id"])
        complaint = Complaint(
            incident=known,
            about=given["about"],
            complainant=given["complainant"],
            category=given["category"],
            matter=given["matter"],
            by=given["by"],
        )
        opened = open_complaint(world.desk, complaint)
        runs = carry_on(world, opened.id)
        counted = complaints(world.desk, known)
    if given["as_json"]:
        output.json_out({"incident": known, "complaints": sum(c.open + c.closed for c in counted)})
        return
    output.say(f"The complaint about {known} is with the complaint office.")
    warn(engine_runs=runs)


@click.command()
@option.incident_id
@option.as_json
def complaints(incident_id: str, *, as_json: bool) -> None:
    """
    Count the complaints about a run.

    By category, open and closed. Nothing else of a complaint is told here: not who
    complains, about whom, or how it ended.
    """
    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world
    from crisis.usecases.complaining import complaints as counts_of

    with open_world() as world:
        known = known_id(world, incident_id)
        counted = counts_of(world.desk, known)
    if as_json:
        rows = [{"category": c.category, "open": c.open, "closed": c.closed} for c in counted]
        output.json_out({"incident": known, "complaints": rows})
        return
    output.table(
        ("category", "open", "closed"),
        [(one.category, str(one.open), str(one.closed)) for one in counted],
        empty="Nobody has complained about this run.",
    )
