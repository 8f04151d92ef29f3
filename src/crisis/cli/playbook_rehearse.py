"""`crisis playbook rehearse`: does it still do what was agreed?"""

from pathlib import Path

import click

from crisis.cli import option, output


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@option.as_json
def rehearse(files: tuple[Path, ...], *, as_json: bool) -> None:
    """
    Play rehearsals, and say where they showed something else than they must.

    Without a FILE all `*.rehearsal.yaml` beside the playbooks are played; a folder stands
    for those in it. Each is a timeline of what people do, and what must come of it: which
    messages leave when, and figures of the report. Nothing is sent, nothing is stored.

    Differences, and cues that the house refuses, end with exit code 1.
    """
    from crisis.cli.door import workshop
    from crisis.errors import CrisisError

    shop = workshop()
    played: dict[str, tuple[str, ...]] = {}
    for file in shop.rehearsals(files):
        try:
            played[str(file)] = shop.rehearse(file)
        except CrisisError as error:
            played[str(file)] = (str(error),)
    if as_json:
        output.json_out(
            [
                {"file": file, "ok": not found, "differences": found}
                for file, found in played.items()
            ]
        )
    else:
        for name, found in played.items():
            output.say(f"{name}: {'as expected' if not found else 'NOT as expected'}")
            for line in found:
                output.say(f"  {line}")
    if any(played.values()):
        raise click.exceptions.Exit(1)
