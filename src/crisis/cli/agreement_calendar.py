"""`crisis agreement calendar`: the dates that partners share, as a file for their calendars."""

from pathlib import Path
from typing import Literal

import click

from crisis.cli import option, output


@click.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The .ics file that is written.",
)
@option.language
@option.as_json
def calendar(out: Path, language: Literal["de", "en"], *, as_json: bool) -> None:
    """
    Write the dates that partners share into a calendar file.

    Standing duties of all playbooks as series (action days, exchanges, contact drills), and
    the days by which agreements and playbooks are reviewed. Titles name duties and roles,
    never an incident or a person. Calendars take the file in, or subscribe to it where you
    put it; write it anew when playbooks change.
    """
    from crisis.cli.door import open_world
    from crisis.core.almanac import reviews, standing_duties
    from crisis.core.availability import local_day
    from crisis.core.register import due as due_of
    from crisis.usecases.reviewing import reviews_held
    from crisis.workshop import calendar_file

    with open_world() as world:
        now = world.desk.house.clock.now()
        library = world.desk.house.library
        playbooks = [library.playbook(name) for name in library.playbook_ids()]
        register, known = library.register(around=now), reviews_held(world.desk)
    counting = [one for one in register.agreements if register.counts(one, on=local_day(now))]
    dues = [due_of(one, known.get(one.id, ())) for one in counting]
    dates = (*standing_duties(playbooks), *reviews(playbooks, dues))
    out.write_bytes(calendar_file(dates, made_at=now, language=language))
    if as_json:
        listed = [
            {
                "id": one.id,
                "title": one.title.in_language(language),
                "roles": one.roles,
                "starts_at": one.starts_at,
                "day": one.day,
                "rule": one.rule,
            }
            for one in dates
        ]
        output.json_out({"file": str(out), "dates": listed})
        return
    series = sum(bool(one.rule) for one in dates)
    output.say(f"{out}: {series} series and {len(dates) - series} single days.")
