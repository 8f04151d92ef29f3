"""`crisis log`: is the record still what was written."""

import click

from crisis.cli import option, output
from crisis.cli.lazy import Group


@click.group(cls=Group)
def log() -> None:
    """
    Verify the log.

    Everything that happened stands in one append-only log; each entry carries the
    hash of the one before.
    """


@log.command()
@click.argument("incident", metavar="[ID]", required=False)
@option.as_json
def verify(incident: str | None, *, as_json: bool) -> None:
    """
    Check every hash of one incident's log, or of all.

    ID is an incident's id, or `last` for the one that was opened last.
    Ends with exit code 1 if an entry was altered, removed or put in afterwards;
    each such entry is listed.
    """
    from dataclasses import asdict

    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world
    from crisis.errors import NotFoundError

    with open_world() as world:
        known = world.log.incidents()
        incident = None if incident is None else known_id(world, incident)
        if incident is not None and incident not in known:
            listed = ", ".join(known) or "none yet"
            raise NotFoundError(f"there is no incident `{incident}`; there are: {listed}")
        faults = world.log.verify(incident)
    count = len(known) if incident is None else 1
    if as_json:
        output.json_out(
            {"ok": not faults, "incidents": count, "faults": [asdict(fault) for fault in faults]}
        )
    elif faults:
        output.table(
            ("incident", "version", "seq", "what is wrong"),
            [(f.incident, str(f.version), str(f.seq), f.reason) for f in faults],
        )
    else:
        output.say(f"The log is intact: {count} {'incident' if count == 1 else 'incidents'}.")
    if faults:
        raise click.exceptions.Exit(1)
