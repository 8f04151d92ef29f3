"""`crisis agreement`: what was agreed with whom, and whether it still counts."""

from typing import TYPE_CHECKING

import click

from crisis.cli import option, output
from crisis.cli.agreement_calendar import calendar
from crisis.cli.agreement_review import dossier, due, on_day, review
from crisis.cli.lazy import Group

if TYPE_CHECKING:
    from datetime import date

    from crisis.core.register import Register

_NONE = (
    "The register holds no agreement here. Write one file for each into a folder `agreements`"
    " beside your contacts."
)


@click.group(cls=Group)
def agreement() -> None:
    """
    Look up agreements, and have them reviewed.

    The register is the folder `agreements` below CRISIS_CONTACTS_DIR: one file for
    each agreement, with its parties, its clauses and what it supersedes. Steps of
    playbooks cite its clauses as their `basis`.
    """


@agreement.command("list")
@on_day
@click.option(
    "--region", metavar="R", help="Only what holds there: an official key (AGS) or a name."
)
@click.option("--clauses", is_flag=True, help="List every clause with its content.")
@option.language
@option.as_json
def list_agreements(
    on: str | None, region: str | None, language: str, *, clauses: bool, as_json: bool
) -> None:
    """List the agreements, and whether they count on a day."""
    from crisis.cli.agreement_words import COLUMNS, row_of, shown
    from crisis.cli.region import read_region

    register, day = _register(on)
    key = None if region is None else read_region(region)
    found = [each for each in register.agreements if key is None or each.holds_in(key)]
    if as_json:
        agreements = [shown(each, register, day) for each in found]
        output.json_out({"on": day, "region": key, "agreements": agreements})
    elif clauses:
        listed = [
            (clause.id, each.id, clause.text.in_language(language))
            for each in found
            for clause in each.clauses
        ]
        output.table(("clause", "agreement", "content"), listed, empty=_NONE)
    else:
        rows = [row_of(each, register, day, language) for each in found]
        output.table(COLUMNS, rows, empty=_NONE)


@agreement.command()
@click.argument("agreement_id", metavar="ID")
@on_day
@option.language
@option.as_json
def show(agreement_id: str, on: str | None, language: str, *, as_json: bool) -> None:
    """Show one agreement with its parties, clauses, attachments and reviews."""
    from crisis.cli.agreement_words import facts_of, shown
    from crisis.errors import NotFoundError

    register, day = _register(on)
    each = register.by_id.get(agreement_id)
    if each is None:
        listed = ", ".join(register.by_id) or "none"
        raise NotFoundError(f"there is no agreement `{agreement_id}`; there are: {listed}")
    if as_json:
        output.json_out({"on": day, **shown(each, register, day)})
        return
    output.say(each.title.in_language(language))
    output.say()
    output.pairs(facts_of(each, register, day, language))
    output.say()
    output.table(
        ("party", "name", "signatory", "roles", "signed as"),
        [
            (
                party.organisation,
                party.name.in_language(language),
                party.signatory.in_language(language),
                ", ".join(party.roles),
                party.signed_as or party.organisation,
            )
            for party in each.parties
        ],
    )
    output.say()
    output.table(
        ("clause", "content"),
        [(clause.id, clause.text.in_language(language)) for clause in each.clauses],
        empty="The register holds no clause of it; steps cite it by its id.",
    )


@agreement.command()
@option.region
@on_day
@option.language
@option.as_json
def overlaps(region: str, on: str | None, language: str, *, as_json: bool) -> None:
    """
    Show which agreements speak of the same with the same in a region.

    Two are listed if both count on the day, share a subject, and bind a common role or
    organisation. `beside` in their files says which is followed; an overlap that
    nobody has settled ends the command with exit code 1.
    """
    from crisis.cli.agreement_words import overlap_row, overlap_shown
    from crisis.cli.region import read_region
    from crisis.core.region import name_of

    key = read_region(region)
    register, day = _register(on)
    found = register.overlaps(key, on=day)
    if as_json:
        listed = [overlap_shown(each) for each in found]
        output.json_out({"on": day, "region": key, "overlaps": listed})
    else:
        output.say(f"Agreements beside each other in {key} {name_of(key)} on {day}")
        output.say()
        output.table(
            ("older", "newer", "subjects", "in common", "which is followed"),
            [overlap_row(each, language) for each in found],
            empty="No two agreements overlap here.",
        )
    if any(each.rule is None for each in found):
        raise click.exceptions.Exit(1)


@agreement.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@option.as_json
def diff(before: str, after: str, *, as_json: bool) -> None:
    """
    Tell what changed between two agreements, or two versions of one.

    A and B are ids of the register or paths to files. Parties, signatories, roles,
    regions and clauses are compared. Ends with exit code 0 if nothing that was agreed
    became weaker, and with 1 if something did, or may have because it was worded anew.
    """
    from crisis.cli.comparison import show_comparison
    from crisis.cli.door import workshop
    from crisis.workshop.comparison import compare_agreements

    show_comparison(compare_agreements(workshop(), before, after), as_json=as_json)


@agreement.command()
@option.as_json
def check(*, as_json: bool) -> None:
    """
    Check the files of agreements and their attachments.

    `crisis contacts check` reports the same beside the contacts. Every mistake is
    listed with its place, its rule and what to do. Mistakes end with exit code 1,
    warnings and notices with 0.
    """
    from crisis.cli.door import workshop
    from crisis.cli.finding import show_findings

    show_findings(workshop().check_agreements(), as_json=as_json)


@agreement.command()
def schema() -> None:
    """
    Print the JSON Schema of files of agreements.

    For editors that complete and check while a file is written.
    """
    from crisis.workshop import agreement_schema

    output.say(agreement_schema().rstrip("\n"))


for command in (due, dossier, review, calendar):
    agreement.add_command(command)


def _register(on: str | None) -> "tuple[Register, date]":
    from crisis.cli.agreement_words import read_day
    from crisis.cli.door import workshop

    shop = workshop()
    return shop.library.register(around=shop.now), read_day(on, now=shop.now)
