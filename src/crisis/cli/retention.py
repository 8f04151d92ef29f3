"""`crisis retention`: erase by law what closed incidents need no longer hold."""

import click

from crisis.cli import option, output
from crisis.cli.lazy import Group


@click.group(cls=Group)
def retention() -> None:
    """
    Erase closed incidents' texts after their periods.

    The periods are settings (`CRISIS_RETENTION_..._DAYS`, -1 for never) and count
    from the closing. What is erased keeps its place in the chain, which still
    verifies; backups made before still hold it.
    """


@retention.command()
@click.option("--dry-run", is_flag=True, help="Show what would be erased, and change nothing.")
@option.as_json
def run(*, dry_run: bool, as_json: bool) -> None:
    """
    Erase what is to be erased now.

    Ends with exit code 1 if an incident could not be looked at; the others are done.
    """
    from dataclasses import asdict

    from crisis import wiring
    from crisis.cli.door import open_world
    from crisis.cli.moment import local
    from crisis.usecases import retention as retaining

    with open_world() as world:
        act = retaining.foreseen if dry_run else retaining.run
        now = world.desk.house.clock.now()
        done = act(world.log, wiring.periods(world.settings), now=now)
        if done.erasures and not dry_run:
            world.log.scrub()
    if as_json:
        output.json_out({"dry_run": dry_run, **asdict(done)})
    else:
        output.table(
            ("incident", "period", "days", "since", "entries"),
            [
                (one.incident, one.rule, str(one.days), local(one.due_at), str(len(one.versions)))
                for one in done.erasures
            ],
            empty="Nothing is to be erased.",
        )
        if done.erasures:
            output.say(_WOULD if dry_run else _DONE)
    for incident, reason in done.problems:
        output.complain(f"{incident} was left as it is: {reason}")
    if done.problems:
        raise click.exceptions.Exit(1)


_WOULD = "This would be erased; nothing was changed."
_DONE = "Erased. Throw away backups that were made before."
