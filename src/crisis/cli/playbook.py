"""`crisis playbook`: check, explain, simulate."""

from pathlib import Path

import click

from crisis.cli import option, output
from crisis.cli.lazy import Group
from crisis.cli.playbook_diff import diff
from crisis.cli.playbook_explain import explain
from crisis.cli.playbook_new import new
from crisis.cli.playbook_rehearse import rehearse
from crisis.cli.playbook_show import show
from crisis.cli.playbook_simulate import simulate


@click.group(cls=Group)
def playbook() -> None:
    """
    Check and rehearse playbooks.

    A playbook is a YAML file that says which partners are asked for what, in
    which order, over which channels, by when, and what happens when nobody
    answers.
    """


@playbook.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--watch",
    is_flag=True,
    help="Go on, and check again whenever one of the files changes, until Ctrl-C.",
)
@option.as_json
def check(paths: tuple[Path, ...], *, watch: bool, as_json: bool) -> None:
    """
    Check playbook files.

    Without a PATH every playbook and overlay in the folder of
    CRISIS_PLAYBOOKS_DIR is checked, against the contacts of CRISIS_CONTACTS_DIR.
    Every mistake is listed with its place, its rule and what to do. Mistakes end
    with exit code 1, warnings and notices with 0; with --watch it is always 0.
    """
    from crisis.cli.door import workshop
    from crisis.cli.finding import show_findings

    if watch:
        from crisis.cli.playbook_watch import check_again_and_again

        if as_json:
            raise click.UsageError("--watch is for people; leave --json out")
        check_again_and_again(workshop(), paths)
        return
    show_findings(workshop().check_playbooks(paths), as_json=as_json)


@playbook.command()
@click.option("--overlay", is_flag=True, help="Of overlays, instead of playbooks.")
def schema(*, overlay: bool) -> None:
    """
    Print the JSON Schema of playbook files.

    For editors that complete and check while a file is written.
    """
    from crisis.workshop import playbook_schema

    output.say(playbook_schema(overlay=overlay).rstrip("\n"))


playbook.add_command(new)
playbook.add_command(rehearse)
playbook.add_command(explain)
playbook.add_command(diff)
playbook.add_command(show)
playbook.add_command(simulate)
