"""`crisis contacts services`: what those affected can be referred to."""

from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from crisis.cli import option, output
from crisis.core.service import NEEDS, Access, People

if TYPE_CHECKING:
    from crisis.core.service import Service

COLUMNS = ("service", "name", "for", "ages", "regions", "languages", "access", "line")


class Given(TypedDict):
    """What was typed."""

    need: str | None
    region: str | None
    spoken: str | None
    people: str | None
    age: int | None
    access: tuple[str, ...]
    language: str
    as_json: bool


@click.command()
@click.option(
    "--need", metavar="X", help="What is needed: court-support, or its name: Prozessbegleitung."
)
@click.option(
    "--region", metavar="R", help="Where: an official key (AGS) such as 14626, or a name."
)
@click.option("--speaks", "spoken", metavar="L", help="In which language: a tag such as pl.")
@click.option(
    "--for", "people", type=click.Choice([one.value for one in People]), help="For whom."
)
@click.option("--age", type=click.IntRange(0, 120), help="How old, in years.")
@click.option(
    "--access",
    type=click.Choice([one.value for one in Access]),
    multiple=True,
    help="With which access; may be given several times.",
)
@option.language
@option.as_json
def services(**given: Unpack[Given]) -> None:
    """
    Find the services that fit: by need, region, language, people, age and access.

    The most local come first. What is left out does not matter. A service with
    interpreters fits every language. A shelter has no address here, and work with
    perpetrators is found by its own need alone.

    Ends with exit code 1 if none fits.
    """
    from crisis.cli.door import workshop
    from crisis.cli.region import read_region
    from crisis.core.referral import Wish, matching

    people = given["people"]
    wish = Wish(
        need=_read_need(given["need"]),
        region="" if given["region"] is None else read_region(given["region"]),
        language=given["spoken"] or "",
        people=None if people is None else People(people),
        age=given["age"],
        access=tuple(Access(one) for one in given["access"]),
    )
    shop = workshop()
    found = matching(shop.library.services(around=shop.now), wish)
    if given["as_json"]:
        output.json_out([_shown(one) for one in found])
    else:
        output.table(COLUMNS, [_row(one, given["language"]) for one in found], empty="None fits.")
    if not found:
        raise click.exceptions.Exit(1)


def _read_need(text: str | None) -> str:
    from crisis.errors import NotFoundError

    wanted = (text or "").strip().casefold()
    if not wanted or wanted in NEEDS:
        return wanted
    for code, need in NEEDS.items():
        if wanted in {need.name.de.casefold(), need.name.en.casefold()}:
            return code
    listed = ", ".join(f"{code} ({need.name.de})" for code, need in NEEDS.items())
    raise NotFoundError(f"there is no need `{text}`; there are: {listed}")


def _row(service: "Service", language: str) -> tuple[str, ...]:
    return (
        service.id,
        service.name.in_language(language),
        ", ".join(service.people),
        "" if service.ages is None else "{}-{}".format(*service.ages),
        ", ".join(service.regions),
        ", ".join((*service.languages, *(["interpreters"] if service.interpreters else []))),
        ", ".join(service.access),
        service.line,
    )


def _shown(service: "Service") -> dict[str, object]:
    return {
        "service": service.id,
        "unit": service.unit,
        "kind": service.kind.value,
        "name": service.name.de,
        "needs": list(service.needs),
        "groups": sorted({NEEDS[need].group.value for need in service.needs}),
        "people": [one.value for one in service.people],
        "ages": None if service.ages is None else list(service.ages),
        "regions": list(service.regions),
        "languages": list(service.languages),
        "interpreters": service.interpreters,
        "access": [one.value for one in service.access],
        "line": service.line,
        "address": service.address,
        "standards": [{"name": one.name, "link": one.link} for one in service.standards],
    }
