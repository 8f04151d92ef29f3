"""`crisis playbook diff`: what changed between two versions, and did anything become weaker?"""

import click

from crisis.cli import option


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@click.option(
    "--overlay",
    "overlays",
    metavar="NAME",
    multiple=True,
    help="B with an overlay, named by its id or its file; may be repeated.",
)
@click.option(
    "--region",
    metavar="R",
    help="B with the overlays of a region: an official key (AGS) such as 14626, or a name.",
)
@option.as_json
def diff(
    before: str, after: str | None, overlays: tuple[str, ...], region: str | None, *, as_json: bool
) -> None:
    """
    Tell what changed between two versions of a playbook.

    A and B are ids of playbooks or paths to their files. Without B it is A itself, with
    the overlays of --overlay or --region; then it is also told which partners are asked
    now, and which no longer.

    Each difference says what it does to what binds: `weaker`, `stricter`, or `read it`
    where no rule can tell (a condition or a message was written anew). Ends with exit
    code 0 if nothing binding became weaker, and with 1 if something did or may have.
    """
    from crisis.cli.comparison import show_comparison
    from crisis.cli.door import workshop
    from crisis.cli.region import read_region
    from crisis.errors import UsageError
    from crisis.workshop.comparison import compare_playbooks

    if after is None and not overlays and region is None:
        raise UsageError("name a second version, or an --overlay or a --region to lay over it")
    found = compare_playbooks(
        workshop(),
        before,
        after or before,
        overlays=overlays,
        region=read_region(region) if region else "",
    )
    show_comparison(found, as_json=as_json)
