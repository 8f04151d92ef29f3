"""`crisis incident bulletin`: issue news that concerns safety."""

from typing import TYPE_CHECKING, Unpack

import click

from crisis.cli import option

if TYPE_CHECKING:
    from crisis.core.form import Answer


class Bulletin(option.Given):
    """What is issued."""

    step: str
    about: str
    country: tuple[str, ...]
    until: str
    text: str | None
    replaces: str | None
    partner: str | None
    happened: str | None


@click.command()
@option.incident_id
@click.argument("step")
@click.option(
    "--about",
    required=True,
    metavar="CLASS",
    help="affected | counsellors | country-of-origin | victim-protection | general, as far as"
    " the step carries it.",
)
@click.option(
    "--country",
    multiple=True,
    metavar="CODE",
    help="A country it is about, by its code of two letters (ISO 3166), such as RO; may be"
    " repeated.",
)
@click.option(
    "--until", required=True, metavar="DAY", help="Its last day, such as 2026-12-31 or 31.12.2026."
)
@click.option(
    "--text",
    metavar="TEXT",
    help="What it says; nothing about a person. Refused where it is told by word of mouth only.",
)
@click.option("--replaces", metavar="NUMBER", help="The one it takes the place of, such as H-01.")
@click.option(
    "--partner",
    metavar="ID",
    help="The partner that issues it, if you enter it for one.  [default: the lead]",
)
@option.by
@option.at
@option.as_json
def bulletin(**given: Unpack[Bulletin]) -> None:
    """
    Issue news that concerns safety: everybody it goes to confirms it.

    The house gives out the number (H-01). Messages say what it is about and until
    when it holds; its text stands on the pages of those who are asked. What is
    told by word of mouth only is stored nowhere: everybody is telephoned, and the
    log holds that they were told.
    """
    from crisis.cli.aftermath import finish, known_id, late
    from crisis.cli.door import open_world
    from crisis.core.answer import iso_day
    from crisis.usecases import issuing

    answers: dict[str, Answer] = {
        "about": given["about"],
        "countries": [code.upper() for code in given["country"]],
        "valid_until": iso_day(given["until"]),
        "text": given["text"] or "",
        "replaces": given["replaces"] or "",
    }
    with open_world() as world:
        incident_id = known_id(world, given["incident_id"])
        incident = issuing.issue(
            world.desk,
            issuing.Bulletin(
                incident=incident_id,
                step=given["step"],
                answers=answers,
                partner=given["partner"] or "",
                by=given["by"],
                happened_at=late(world, given["happened"]),
            ),
        )
        number = list(incident.bulletins)[-1]
        finish(world, incident, f"{number}: bulletin issued.", as_json=given["as_json"])
