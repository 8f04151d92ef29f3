"""`crisis log backup`, `restore` and `export`: the record outside the house's database."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from crisis.wiring import World

_FILE = click.Path(dir_okay=False, path_type=Path)
# Below so many rows it is over before anybody wonders.
_MANY = 20_000


@click.command()
@click.argument("file", type=_FILE)
@option.as_json
def backup(file: Path, *, as_json: bool) -> None:
    """
    Save the whole log while the house runs.

    The copy in FILE is of one moment, is checked entry by entry before it gets its name,
    and overwrites nothing. It goes back into SQLite and PostgreSQL alike. Secrets,
    playbooks and contacts are not in it.
    """
    from dataclasses import asdict

    from crisis.cli.door import open_world

    with open_world() as world:
        made = world.log.backup(file, at=world.wall.now(), progress=_progress)
    if as_json:
        output.json_out({"file": str(file), **asdict(made)})
    else:
        output.say(
            f"Saved {made.entries} entries of {made.incidents} incidents in {file}, and checked."
        )
    if made.faults:
        output.complain(
            f"The log has {made.faults} faults, and so has the copy; `crisis log verify` lists"
            " them."
        )


@click.command()
@click.argument("file", type=_FILE)
@click.option(
    "--into",
    metavar="URL",
    help="The database to restore into.  [default: that of CRISIS_DATABASE_URL]",
)
@option.by
@option.as_json
def restore(file: Path, *, into: str | None, by: str, as_json: bool) -> None:
    """
    Put a backup into an empty database.

    It happens whole or not at all. Stop the house first. FILE is checked before, the
    database afterwards. Incidents that were open get an entry: what was sent after
    the backup is not known, and is asked again with a mark.
    """
    from dataclasses import asdict

    from crisis import wiring
    from crisis.cli.door import settings
    from crisis.core.refusal import require_sign

    require_sign(by)
    done = wiring.restore_log(settings(), file, into=into, by=by, progress=_progress)
    if as_json:
        output.json_out({"file": str(file), **asdict(done.manifest), "marked": done.marked})
        return
    output.say(
        f"Restored {done.manifest.entries} entries of {done.manifest.incidents} incidents,"
        f" as of {done.manifest.at}, and checked."
    )
    if done.marked:
        output.say(
            f"Open, and marked as restored: {', '.join(done.marked)}."
            " What they ask now may be a repeat, and says so."
        )


@click.command()
@option.incident_id
@click.option(
    "--out", type=_FILE, metavar="FILE", help="Where to write it.  [default: standard output]"
)
def export(incident_id: str, *, out: Path | None) -> None:
    """
    Hand one incident's log over to be checked.

    Whoever gets these lines of JSON can check them with thirty lines of Python and without this
    program: see docs/how-to/verify-an-export.md. They hold the whole log, also what a form
    keeps from the lead.
    """
    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world
    from crisis.errors import NotFoundError, RefusedError, UnreachableError

    if out is not None and out.exists():
        raise RefusedError(f"{out} exists already; an export overwrites nothing. Name another.")
    with open_world() as world:
        known, ids = known_id(world, incident_id), world.log.incidents()
        if known not in ids:
            listed = ", ".join(ids) or "none yet"
            raise NotFoundError(f"there is no incident `{known}`; there are: {listed}")
        _warn_of_confidence(world, known)
        lines = world.log.export(known, at=world.wall.now())
        if out is None:
            for line in lines:
                output.say(line)
            return
        try:
            count = _write(out, lines)
        except OSError as error:
            out.unlink(missing_ok=True)
            raise UnreachableError(
                f"{out} cannot be written: {error.strerror}. Nothing was left behind."
            ) from None
    output.say(f"Exported {count} entries of {known} to {out}.")


def _warn_of_confidence(world: "World", incident_id: str) -> None:
    """Say on stderr that the export holds what the lead itself may not read, if so."""
    from crisis.core.visibility import holds_confidence

    incidents = world.desk.incidents
    incident = incidents.current(incident_id)
    kept = sum(holds_confidence(incident, entry) for entry in incidents.entries(incident_id))
    if kept:
        output.complain(
            f"{kept} {'answer in it is' if kept == 1 else 'answers in it are'} for others than"
            " the lead. Hand it to nobody but those who check the log, over a way that keeps a"
            " secret."
        )


def _write(out: Path, lines: Iterable[str]) -> int:
    count = 0
    with out.open("x", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for line in lines:
            file.write(f"{line}\n")
            count += 1
    # The first line says what the file is, the last one seals it.
    return count - 2


def _progress(done: int, of: int) -> None:
    if of >= _MANY:
        output.complain(f"{done} of {of} rows")
