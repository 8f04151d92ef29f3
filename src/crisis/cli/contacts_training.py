"""`crisis contacts training`: who is trained for what, and until when."""

from datetime import date
from typing import TYPE_CHECKING

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from crisis.core.training import TrainingRecord

COLUMNS = ("role", "partner", "function", "competence", "until", "standing")


@click.command()
@click.option("--role", metavar="R", help="Only what this role needs, such as PSNV-L.")
@option.as_json
def training(role: str | None, *, as_json: bool) -> None:
    """
    List which functions are trained for which competence, and until when.

    What roles need comes first, then what else functions are trained for. Functions
    are trained, never named persons.

    Ends with exit code 1 if a training that a role needs is missing or has ended, and
    with 3 if nobody in the directory holds the role at all.
    """
    from crisis.cli.door import workshop
    from crisis.cli.role import require_role
    from crisis.core.availability import local_day
    from crisis.core.training import Standing

    shop = workshop()
    today = local_day(shop.now)
    if role is not None:
        require_role(role, shop.library.directory(around=shop.now))
    found = [one for one in shop.library.training(around=shop.now) if role in {None, one.role}]
    if as_json:
        output.json_out([_shown(one, today) for one in found])
    else:
        output.table(COLUMNS, [_row(one, today) for one in found], empty="There is no training.")
    lacking = {Standing.MISSING, Standing.ENDED}
    if any(one.role and one.standing(today) in lacking for one in found):
        raise click.exceptions.Exit(1)


def _row(record: "TrainingRecord", today: date) -> tuple[str, ...]:
    return (
        record.role,
        record.partner,
        record.contact,
        record.competence,
        "" if record.until is None else record.until.isoformat(),
        record.standing(today).replace("-", " "),
    )


def _shown(record: "TrainingRecord", today: date) -> dict[str, object]:
    return {
        "role": record.role or None,
        "partner": record.partner or None,
        "function": record.contact,
        "competence": record.competence,
        "until": None if record.until is None else record.until.isoformat(),
        "standing": record.standing(today).value,
    }
