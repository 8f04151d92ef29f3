"""`crisis contacts coverage`: is there always somebody left to reach?"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import click

from crisis.cli import option, output, page

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from crisis.core.coverage import Coverage
    from crisis.core.exposure import Weakness
    from crisis.core.hole import Hole

COLUMNS = ("opens", "until", "hours", "times", "in all", "partner", "steps", "why")


class Given(TypedDict):
    """What the options say."""

    playbook_id: str
    region: str
    since: str
    until: str
    page: Path | None
    language: Literal["de", "en"]
    as_json: bool


@click.command()
@click.argument("playbook_id", metavar="ID")
@option.region
@click.option(
    "--from",
    "since",
    metavar="TIME",
    required=True,
    help="Where the period begins: 2026-12-01 00:00 (Europe/Berlin), or a day such as 2026-12-01.",
)
@click.option(
    "--to",
    "until",
    metavar="TIME",
    required=True,
    help="Where it ends, not included; at most 570 days later, as far as rotas are read.",
)
@page.option
@option.language
@option.as_json
def coverage(**given: Unpack[Given]) -> None:
    """
    Prove that every binding step always finds somebody.

    At every hour of the period, for every mandatory step and every partner it asks: with
    any one provider out and any one person away, does a message still reach a contact
    before the lead is told? The planner itself is asked, with the playbook and the
    contacts as they are now. ID is a playbook.

    Each gap is listed with the hour at which it opens, how often it does, and why. Gaps end
    with exit code 1.
    """
    from crisis.cli.door import workshop
    from crisis.cli.moment import read_day_or_moment
    from crisis.cli.region import read_region

    region = read_region(given["region"])
    shop = workshop()
    since, until = (read_day_or_moment(given[end], now=shop.now) for end in ("since", "until"))
    proof = shop.coverage(given["playbook_id"], region=region, since=since, until=until)
    if given["page"] is not None:
        from crisis.workshop import coverage_page

        page.write_page(given["page"], coverage_page(proof, language=given["language"]))
    if given["as_json"]:
        output.json_out(_shown(proof))
    else:
        _show(proof)
    if not proof.is_covered:
        raise click.exceptions.Exit(1)


def _show(proof: "Coverage") -> None:
    from crisis.cli.moment import local
    from crisis.core.hole import holes
    from crisis.core.region import name_of

    playbook = proof.playbook
    where = f"{proof.region} {name_of(proof.region)}"
    covered = sum(step.is_covered for step in proof.steps)
    output.say(f"{' + '.join(playbook.layers)} in {where}")
    output.say(f"From {local(proof.since)} to {local(proof.until)}, with any one provider out")
    output.say("and any one person away:")
    output.say(f"{covered} of {len(proof.steps)} binding steps are covered.")
    found = holes(proof)
    if found:
        output.say()
        output.table(COLUMNS, [_row(proof, hole) for hole in found])


def _row(proof: "Coverage", hole: "Hole") -> tuple[str, ...]:
    from crisis.cli.moment import local

    return (
        local(hole.opens_at),
        local(hole.gaps[0].until),
        _kind(proof, hole.opens_at),
        str(len(hole.gaps)),
        _hours(hole.lasts),
        hole.partner or hole.role,
        ", ".join(hole.steps),
        "; ".join(map(_why, hole.weak)) if hole.partner else "nobody holds this role here",
    )


def _why(weak: "Weakness") -> str:
    out = f"with {weak.out} out " if weak.out else ""
    return f"{out}only {weak.left[0]} is left" if weak.left else f"{out}nobody is left"


def _hours(duration: "timedelta") -> str:
    return f"{duration.total_seconds() / 3600:.1f} h"


def _kind(proof: "Coverage", at: "datetime") -> str:
    from crisis.core.hour_kind import hour_kind
    from crisis.core.region import land_of

    holidays = proof.directory.holidays
    return str(hour_kind(at, land=land_of(proof.region), holidays=holidays))


def _shown(proof: "Coverage") -> dict[str, object]:
    from crisis.core.hole import holes

    return {
        "playbook": proof.playbook.id,
        "version": proof.playbook.version,
        "region": proof.region,
        "from": proof.since,
        "to": proof.until,
        "covered": proof.is_covered,
        "steps": [
            {
                "step": step.step.id,
                "mandatory": step.step.mandatory,
                "covered": step.is_covered,
                "unheld_roles": step.unheld,
                "partners": [
                    {"partner": one.partner, "gaps": len(one.gaps)} for one in step.partners
                ],
            }
            for step in proof.steps
        ],
        "gaps": [
            {
                "partner": hole.partner,
                "role": hole.role,
                "steps": hole.steps,
                "opens_at": hole.opens_at,
                "hours": _kind(proof, hole.opens_at),
                "duration": hole.lasts,
                "why": [{"out": weak.out, "left": weak.left} for weak in hole.weak],
                "periods": [{"from": gap.since, "to": gap.until} for gap in hole.gaps],
            }
            for hole in holes(proof)
        ],
    }
