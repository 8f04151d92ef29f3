"""`crisis log verify` and `accept`: is the record still what was written, and what if not."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from crisis.core.event import Entry


@click.command()
@click.argument("incident", metavar="[ID]", required=False)
@option.as_json
def verify(incident: str | None, *, as_json: bool) -> None:
    """
    Check every hash of one incident's log, or of all.

    ID is an incident's id, or `last` for the one that was opened last.
    Ends with exit code 1 if an entry was altered, removed or put in afterwards;
    each such entry is listed. Breaks that were accepted, and what was erased after
    its period, are no faults, but are said.
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
        befell = [] if faults else _befell(world.log.custody(incident))
    count = len(known) if incident is None else 1
    if as_json:
        output.json_out(
            {
                "ok": not faults,
                "incidents": count,
                "faults": [asdict(fault) for fault in faults],
                "befell": befell,
            }
        )
    elif faults:
        output.table(
            ("incident", "version", "seq", "what is wrong"),
            [(f.incident, str(f.version), str(f.seq), f.reason) for f in faults],
        )
    else:
        output.say(f"The log is intact: {count} {'incident' if count == 1 else 'incidents'}.")
        for one in befell:
            output.say(f"{one['incident']}, entry {one['version']}: {one['what']}.")
    if faults:
        raise click.exceptions.Exit(1)


@click.command()
@option.incident_id
@click.option(
    "--accept-broken-chain",
    "sure",
    is_flag=True,
    help="Say that you mean it: from here on the chain counts as whole again.",
)
@option.reason
@option.by
@option.as_json
def accept(incident_id: str, *, sure: bool, reason: str, by: str, as_json: bool) -> None:
    """
    Go on with a log whose chain is broken.

    For when there is no backup. An entry is added that fixes every fault as it was
    found; the break stays visible for good. Refused where what is left cannot be
    followed any more.
    """
    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world
    from crisis.errors import UsageError
    from crisis.usecases.accepting import accept_break

    if not sure:
        raise UsageError(
            "Nothing was accepted. Restore a backup if there is one; without one, say"
            " --accept-broken-chain and give the --reason."
        )
    with open_world() as world:
        known = known_id(world, incident_id)
        now = world.desk.house.clock.now()
        version = accept_break(world.log, known, reason=reason, by=by, now=now)
        [said] = _befell(entry for entry in world.log.custody(known) if entry.version == version)
    if as_json:
        output.json_out(said)
    else:
        output.say(f"{known}, entry {version}: {said['what']}.")


def _befell(entries: Iterable["Entry"]) -> list[dict[str, Any]]:
    from crisis.cli.moment import local
    from crisis.cli.telling import tell

    return [
        {
            "incident": entry.incident,
            "version": entry.version,
            "kind": entry.event.kind,
            "at": entry.at,
            "by": entry.actor,
            "what": f"{tell(entry.event)} ({entry.actor}, {local(entry.at)})",
        }
        for entry in entries
    ]
