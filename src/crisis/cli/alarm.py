"""`crisis alarm`: does the second way lead anywhere."""

import click

from crisis.cli import option, output
from crisis.cli.lazy import Group


@click.group(cls=Group)
def alarm() -> None:
    """
    Test the second way, over which the watcher calls for help.

    Its addresses are in CRISIS_ALARM_URLS.
    """


@alarm.command()
@option.as_json
def test(*, as_json: bool) -> None:
    """
    Send a marked test alarm to every address, and say what became of it.

    Ends with exit code 1 if one address could not be reached, with 2 if none is set.
    """
    from dataclasses import asdict

    from crisis import wiring
    from crisis.cli.door import settings
    from crisis.errors import UsageError

    delivered = wiring.try_alarm(settings())
    if not delivered:
        raise UsageError(
            "No second way is set. Name its addresses in CRISIS_ALARM_URLS, as Apprise URLs"
            " with a blank between them."
        )
    if as_json:
        output.json_out([asdict(each) for each in delivered])
    else:
        output.table(
            ("address", "outcome", "code"),
            [(each.name, each.outcome.kind.value, each.outcome.code) for each in delivered],
        )
    if not all(each.arrived for each in delivered):
        output.complain("Not every address was reached; the numbers count CRISIS_ALARM_URLS.")
        raise click.exceptions.Exit(1)
