"""`crisis contacts`: is the directory sound, who answers when, and is there always somebody."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crisis.cli import option, output
from crisis.cli.contacts_coverage import coverage
from crisis.cli.contacts_gaps import gaps
from crisis.cli.contacts_materials import materials
from crisis.cli.contacts_services import services
from crisis.cli.contacts_training import training
from crisis.cli.lazy import Group

if TYPE_CHECKING:
    from crisis.usecases.contacts import ContactAnswer, PartnerAnswer

COLUMNS = ("partner", "level", "contact", "on duty", "reachable", "channels")


@click.group(cls=Group)
def contacts() -> None:
    """
    Check contacts, ask who holds what, prove that there is always somebody.

    Contacts are organisations' functions, never named persons.
    """


@contacts.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@option.as_json
def check(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """
    Check the files of contacts and their rotas.

    Without a PATH the folder of CRISIS_CONTACTS_DIR is checked. Every mistake is
    listed with its place, its rule and what to do; `crisis playbook explain RULE`
    says why the rule exists. Mistakes end with exit code 1, warnings and notices
    with 0.
    """
    from crisis.cli.door import workshop
    from crisis.cli.finding import show_findings

    show_findings(workshop().check_contacts(paths), as_json=as_json)


@contacts.command()
@click.argument("role")
@option.region
@option.moment
@option.language
@option.as_json
def who(role: str, region: str, moment: str | None, language: str, *, as_json: bool) -> None:
    """
    Show who holds ROLE in a region, and who answers at a moment.

    The most local holders count: the municipality before the district, the
    district before the Land, the Land before the federation. For each the
    function that is asked first, its deputy and its superior are shown, with the
    channels that are answered then.

    Ends with exit code 3 if nobody in the directory holds the role at all, and
    with 1 if nobody holds it in this region.
    """
    from crisis.cli.door import workshop
    from crisis.cli.moment import local, read_moment
    from crisis.cli.region import read_region
    from crisis.cli.role import require_role
    from crisis.core.region import name_of
    from crisis.usecases import contacts as asking

    key = read_region(region)
    shop = workshop()
    at = shop.now if moment is None else read_moment(moment, now=shop.now)
    directory = shop.library.directory(around=at)
    require_role(role, directory)
    found = asking.who(directory, role, region=key, at=at)
    if as_json:
        output.json_out(_shown(role, key, at, found))
    else:
        output.say(f"{role} in {key} {name_of(key)} at {local(at)}")
        output.say()
        output.table(
            COLUMNS,
            [row for answer in found for row in _rows(answer, language)],
            empty="Nobody holds this role here: the lead would get the task.",
        )
    if not found:
        raise click.exceptions.Exit(1)


contacts.add_command(coverage)
contacts.add_command(gaps)
contacts.add_command(materials)
contacts.add_command(services)
contacts.add_command(training)


def _rows(answer: "PartnerAnswer", language: str) -> list[tuple[str, ...]]:
    levels = (("first", answer.first), ("deputy", answer.deputy), ("superior", answer.superior))
    return [
        (
            answer.partner if level == "first" else "",
            level,
            contact.contact,
            contact.on_duty or "nobody",
            contact.why.in_language(language),
            ", ".join(str(channel.kind) for channel in contact.channels if channel.is_open),
        )
        for level, contact in levels
        if contact is not None
    ]


def _shown(
    role: str, region: str, at: datetime, found: "tuple[PartnerAnswer, ...]"
) -> dict[str, object]:
    return {
        "role": role,
        "region": region,
        "at": at,
        "partners": [
            {
                "partner": answer.partner,
                "organisation": answer.organisation,
                "name": answer.name.de,
                "reachable": answer.reachable,
                "first": _contact(answer.first),
                "deputy": _contact(answer.deputy),
                "superior": _contact(answer.superior),
            }
            for answer in found
        ],
    }


def _contact(answer: "ContactAnswer | None") -> dict[str, object] | None:
    if answer is None:
        return None
    return {
        "contact": answer.contact,
        "on_duty": answer.on_duty,
        "title": answer.title.de,
        "reach": answer.reach,
        "reachable": answer.reachable,
        "channels": [
            {
                "channel": channel.id,
                "kind": channel.kind,
                "is_open": channel.is_open,
                "out_of_hours": channel.out_of_hours,
                "max_tlp": channel.max_tlp.name.lower().replace("_", "+"),
            }
            for channel in answer.channels
        ],
    }
