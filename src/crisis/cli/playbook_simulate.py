"""`crisis playbook simulate`: who would be asked when, before anyone depends on it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import click

from crisis.cli import option, output, page, playbook_forecast

if TYPE_CHECKING:
    from crisis.usecases.rehearse import Simulation, Transcript
    from crisis.workshop import Workshop


class Given(TypedDict):
    """What the options say."""

    playbook_id: str
    region: str | None
    moment: str | None
    occurred: str | None
    planned_for: str | None
    until: str | None
    assignments: tuple[str, ...]
    answers: Path | None
    out: tuple[str, ...]
    page: Path | None
    language: Literal["de", "en"]
    runs: int | None
    seed: int
    times: Path | None
    learn: bool
    as_json: bool


@click.command()
@click.argument("playbook_id", metavar="ID")
@click.option(
    "--region",
    metavar="R",
    help="Where: an official key of 2, 5 or 8 digits (AGS) such as 14612, or a name such as"
    " Dresden. Needed unless --answers says it.",
)
@click.option(
    "--at",
    "moment",
    metavar="TIME",
    help="When the incident is opened (T0): 2026-12-18T19:20+01:00, 2026-12-18 19:20"
    " (Europe/Berlin) or 19:40 (today). Needed unless --answers says it.",
)
@click.option("--occurred", metavar="TIME", help="When it happened, if that is known.")
@click.option(
    "--planned-for",
    metavar="TIME",
    help="T0 of a run that is opened before it, at --at; it begins as planned.",
)
@click.option(
    "--until",
    metavar="TIME",
    help="Where the simulation ends.  [default: when nothing more will happen]",
)
@option.sets
@click.option(
    "--answers",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A rehearsal file that says what people do, and when. Without it nobody ever answers.",
)
@click.option(
    "--out",
    multiple=True,
    metavar="NAME",
    help="A provider, a kind of channel or a channel that takes no message; may be repeated.",
)
@playbook_forecast.options
@page.option
@option.language
@option.as_json
def simulate(**given: Unpack[Given]) -> None:
    """
    Show who is asked when, over what, and what happens if nobody answers.

    The same planner runs here as in a real incident, with the playbook and the
    contacts as they are now, in a world of its own: no message leaves, nothing is
    stored. The house's limits hold, so what they hold back is shown as well. ID is a
    playbook as it lies in the folder of CRISIS_PLAYBOOKS_DIR.
    Roles that nobody holds become tasks for the lead and are listed.

    With --runs people answer by chance instead, and it is told when 50, 90 and 99 % of the
    partners have been reached, in every wave and overall.
    """
    from crisis.cli.door import workshop

    shop = workshop()
    simulation = _simulation(shop, given)
    if given["runs"] is not None:
        _forecast(shop, simulation, given, given["runs"])
        return
    transcript = shop.simulate(simulation, out=given["out"])
    if given["page"] is not None:
        from crisis.workshop import simulation_page

        drawn = simulation_page(transcript, out=given["out"], language=given["language"])
        page.write_page(given["page"], drawn)
    if given["as_json"]:
        output.json_out(_shown(simulation, transcript))
    else:
        _show(simulation, transcript)


def _forecast(shop: "Workshop", simulation: "Simulation", given: Given, runs: int) -> None:
    times = playbook_forecast.read_times(shop, given["times"], learn=given["learn"])
    found = shop.forecast(simulation, times, runs=runs, seed=given["seed"], out=given["out"])
    if given["page"] is not None:
        from crisis.workshop import forecast_page

        page.write_page(given["page"], forecast_page(found, language=given["language"]))
    if given["as_json"]:
        output.json_out(playbook_forecast.shown(found))
    else:
        playbook_forecast.show(found)


def _simulation(shop: "Workshop", given: Given) -> "Simulation":
    from crisis.cli.assignment import read_attributes
    from crisis.cli.moment import read_optional
    from crisis.cli.region import read_region
    from crisis.usecases.rehearse import Cue

    begun = _begun(shop, given)
    region = begun.region if given["region"] is None else read_region(given["region"])
    attributes = shop.library.playbook(given["playbook_id"], region=region).attributes
    planned_for = read_optional(given["planned_for"], now=begun.at) or begun.planned_for
    # Without a file that says otherwise it begins as planned.
    starts = () if planned_for is None or begun.cues else (Cue(doing="start", at=planned_for),)
    return replace(
        begun,
        planned_for=planned_for,
        cues=(*begun.cues, *starts),
        region=region,
        occurred_at=read_optional(given["occurred"], now=begun.at) or begun.occurred_at,
        until=read_optional(given["until"], now=begun.at) or begun.until,
        attributes={**begun.attributes, **read_attributes(given["assignments"], attributes)},
    )


def _begun(shop: "Workshop", given: Given) -> "Simulation":
    from crisis.cli.moment import local, read_optional
    from crisis.errors import UsageError
    from crisis.usecases.rehearse import Simulation

    at = read_optional(given["moment"], now=shop.now)
    if given["answers"] is None:
        if at is None or given["region"] is None:
            raise UsageError("say where and when it begins: --region and --at, or --answers")
        return Simulation(playbook=given["playbook_id"], region="", at=at)
    written = shop.rehearsal(given["answers"])
    if written.playbook != given["playbook_id"]:
        raise UsageError(f"{given['answers']} rehearses the playbook {written.playbook}")
    if at not in {None, written.at}:
        raise UsageError(
            f"the timeline of {given['answers']} begins at {local(written.at)};"
            " leave --at out, or change the file"
        )
    return written


def _show(simulation: "Simulation", transcript: "Transcript") -> None:
    from crisis.cli.agenda import agenda
    from crisis.cli.moment import local
    from crisis.cli.timeline import COLUMNS, beats, fits, rows
    from crisis.core.region import name_of
    from crisis.usecases.showing import state_counts

    opened = transcript.incident.opened
    where = f"{opened.region} {name_of(opened.region)}"
    output.say(f"{' + '.join(opened.layers)} in {where}")
    t0 = simulation.planned_for or simulation.at
    output.say(f"T0 is {local(t0)}. Nothing was sent; this is a simulation.")
    if all(cue.doing == "start" for cue in simulation.cues):
        output.say("Nobody answers.")
    output.say()
    moments = beats(transcript.told, directory=opened.directory)
    origin, room = transcript.incident.t0, output.width()
    listed = list(rows(moments, origin=origin))
    if fits(listed, width=room):
        output.table(COLUMNS, listed)
    else:
        output.say(agenda(moments, origin=origin, width=room))
    output.say()
    counts = state_counts(transcript.incident)
    ended = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    output.say(f"At {local(transcript.ended_at)}: {ended or 'nobody was asked'}.")
    if opened.gaps:
        output.say(f"Nobody holds these roles here: {'; '.join(opened.gaps)}.")


def _shown(simulation: "Simulation", transcript: "Transcript") -> dict[str, object]:
    from dataclasses import asdict

    from crisis.cli.timeline import beats
    from crisis.usecases.showing import show

    opened = transcript.incident.opened
    moments = beats(transcript.told, directory=opened.directory)
    return {
        "playbook": simulation.playbook,
        "region": simulation.region,
        "at": simulation.at,
        "planned_for": simulation.planned_for,
        "ended_at": transcript.ended_at,
        "gaps": opened.gaps,
        "timeline": [asdict(beat) for beat in moments],
        "incident": show(transcript.incident, now=transcript.ended_at),
    }
