"""`crisis incident consent`: record that somebody agreed, did not, or took it back."""

from typing import TYPE_CHECKING, Unpack

import click

from crisis.cli import option

if TYPE_CHECKING:
    from crisis.core.incident import Incident
    from crisis.wiring import World


class Consent(option.Given):
    """A record of consent."""

    scope: str | None
    recipient: str | None
    days: int | None
    form: str
    refused: bool
    revoked: str | None
    happened: str | None


@click.command()
@option.incident_id
@click.option("--scope", metavar="SCOPE", help="What it is about, as the playbook names it.")
@click.option("--to", "recipient", metavar="PARTNER", help="The partner that may be told.")
@click.option(
    "--days", type=click.IntRange(1, 3650), help="For how many days it holds; without: no end."
)
@click.option(
    "--form",
    type=click.Choice(["oral", "written"]),
    default="oral",
    show_default=True,
    help="How it was given; the policy of the Land may want it in writing.",
)
@click.option("--refused", is_flag=True, help="Somebody did not agree: a normal end.")
@click.option("--revoked", metavar="CODE", help="A consent was taken back, such as E-01.")
@option.by
@option.at
@option.as_json
def consent(**given: Unpack[Consent]) -> None:
    """
    Record a consent: a code, never who it is.

    The house gives out the code (E-01). Whoever keeps the file of the person
    affected notes it there. Steps behind a consent gate ask only whom a consent
    names; one that is taken back stops what has not gone and tells who had it.
    """
    from crisis.cli.aftermath import finish, known_id
    from crisis.cli.door import open_world

    with open_world() as world:
        incident_id = known_id(world, given["incident_id"])
        incident, done = _recorded(world, incident_id, given)
        finish(world, incident, done, as_json=given["as_json"])


def _recorded(world: "World", incident_id: str, given: Consent) -> "tuple[Incident, str]":
    from datetime import timedelta

    from crisis.cli.aftermath import late
    from crisis.errors import UsageError
    from crisis.usecases import consenting

    happened_at = late(world, given["happened"])
    scope, recipient = given["scope"], given["recipient"]
    if given["revoked"] is not None:
        incident = consenting.revoke(
            world.desk, incident_id, code=given["revoked"], by=given["by"], happened_at=happened_at
        )
        return incident, f"{given['revoked']}: taken back."
    if scope is None or (recipient is None and not given["refused"]):
        raise UsageError("say --scope and --to, or --scope and --refused, or --revoked CODE")
    record = consenting.Consenting(
        incident=incident_id,
        scope=scope,
        by=given["by"],
        form=given["form"],
        happened_at=happened_at,
    )
    if given["refused"] or recipient is None:
        incident = consenting.refuse(world.desk, record)
        return incident, f"{list(incident.consents)[-1]}: no consent; nothing is passed on."
    days = given["days"]
    until = None if days is None else world.desk.house.clock.now() + timedelta(days=days)
    incident = consenting.give(world.desk, record, recipient=recipient, expires_at=until)
    return incident, f"{list(incident.consents)[-1]}: consent recorded."
