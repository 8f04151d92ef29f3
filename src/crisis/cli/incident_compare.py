"""`crisis incident compare`: two runs beside each other."""

from typing import TYPE_CHECKING, Literal

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from crisis.core.figure import Quantity
    from crisis.core.report import ReflectionReport
    from crisis.core.run_comparison import RunComparison, StepTime


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@option.language
@option.as_json
def compare(first: str, second: str, language: Literal["de", "en"], *, as_json: bool) -> None:
    """
    Compare two runs: every figure, and where the time went.

    A and B are ids of incidents, live or exercises. Figures are those of the reflection
    report, each computed from its own log. Steps are compared where both runs are of the
    same playbook: how long each took, how many of its partners took over, how many late.
    """
    from crisis.cli.aftermath import known_id
    from crisis.cli.door import open_world
    from crisis.core.run_comparison import compare_runs
    from crisis.usecases.reports import build

    with open_world() as world:
        reports = [build(world.desk, known_id(world, name)) for name in (first, second)]
    found = compare_runs(*reports)
    if as_json:
        output.json_out(_shown(found))
    else:
        _say(found, language)


def _say(found: "RunComparison", language: Literal["de", "en"]) -> None:
    from crisis.workshop.run_rows import figure_rows, step_rows

    output.say(f"A  {_named(found.first)}")
    output.say(f"B  {_named(found.second)}")
    output.say()
    rows = figure_rows(found, language=language)
    output.table(("figure", "what", "A", "B", "B - A"), rows)
    output.say()
    if not found.same_playbook:
        output.say("The runs are of different playbooks; their steps are not compared.")
        return
    output.table(("step", "title", "A", "B", "B - A"), step_rows(found, language=language))


def _named(report: "ReflectionReport") -> str:
    from crisis.cli.moment import local

    cover = report.cover
    where = f"{cover.playbook} {cover.playbook_version} in {cover.region} {cover.region_name}"
    return f"{cover.incident} {cover.code_word}, {cover.mode}, {where}, {local(cover.opened_at)}"


def _shown(found: "RunComparison") -> dict[str, object]:
    return {
        "first": _run(found.first),
        "second": _run(found.second),
        "figures": [
            {
                "figure": pair.definition.id,
                "key": pair.key,
                "first": _plain(pair.first),
                "second": _plain(pair.second),
            }
            for pair in found.figures
        ],
        "steps": [
            {"step": pair.step, "first": _time(pair.first), "second": _time(pair.second)}
            for pair in found.steps
        ],
    }


def _run(report: "ReflectionReport") -> dict[str, object]:
    cover = report.cover
    return {
        "incident": cover.incident,
        "mode": cover.mode,
        "playbook": cover.playbook,
        "version": cover.playbook_version,
        "layers": cover.layers,
        "region": cover.region,
        "opened_at": cover.opened_at,
        "log_to": cover.log_to,
    }


def _plain(quantity: "Quantity") -> object:
    from crisis.core.figure import Share

    if isinstance(quantity, Share):
        return {"part": quantity.part, "whole": quantity.whole}
    return quantity


def _time(time: "StepTime | None") -> dict[str, object] | None:
    if time is None:
        return None
    return {"took": time.took, "asked": time.asked, "taken": time.taken, "late": time.late}
