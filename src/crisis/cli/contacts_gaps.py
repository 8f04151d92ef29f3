"""`crisis contacts gaps`: in which districts nobody holds a role."""

import click

from crisis.cli import option, output


@click.command()
@click.argument("role")
@option.region
@option.as_json
def gaps(role: str, region: str, *, as_json: bool) -> None:
    """
    List the districts in which nobody holds ROLE.

    The region is a Land, a district, or 00 for all districts that this house knows.
    Whoever holds the role for the whole Land or the federation counts in each district.

    Ends with exit code 1 if there is such a district, and with 3 if nobody in the
    directory holds the role at all.
    """
    from crisis.cli.door import workshop
    from crisis.cli.region import read_region
    from crisis.cli.role import require_role
    from crisis.core.district import districts_in
    from crisis.core.region import name_of
    from crisis.core.uncovered import uncovered
    from crisis.errors import NotFoundError

    key = read_region(region)
    districts = districts_in(key)
    if not districts:
        raise NotFoundError(
            f"the districts of {key} {name_of(key)} are not known here; those of 05 and 14 are"
        )
    shop = workshop()
    directory = shop.library.directory(around=shop.now)
    require_role(role, directory)
    found = uncovered(directory, role, districts=districts)
    if as_json:
        output.json_out(
            {"role": role, "region": key, "districts": len(districts), "gaps": list(found)}
        )
    else:
        output.say(f"{role} in {key} {name_of(key)}: {_count(len(found), len(districts))}")
        if found:
            output.say()
            output.table(
                ("district", "name"),
                [(one, name if (name := name_of(one)) != name_of(key) else "") for one in found],
            )
    if found:
        raise click.exceptions.Exit(1)


def _count(gaps: int, districts: int) -> str:
    if not gaps:
        return f"held in all {districts} districts."
    return f"nobody holds it in {gaps} of {districts} districts."
