"""`crisis playbook show`: a playbook on a page, and what each partner has to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from crisis.cli import option, output
from crisis.cli.page import write_page

if TYPE_CHECKING:
    from datetime import timedelta

    from crisis.workshop.overview import Overview

_STEPS = ("step", "title", "begins", "by", "asked here")
_FEW = 4
_TASKS = ("partner", "step", "part", "title", "by")


@click.command()
@click.argument("playbook_id", metavar="ID")
@option.region
@click.option(
    "--role",
    metavar="X",
    help="The role cards of one role such as OHS, or of one partner, and nothing else.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it as one HTML page that needs nothing else: the picture of phases, steps,"
    " dependencies and deadlines, what each step is founded on, and a role card for each partner.",
)
@option.language
@option.as_json
def show(
    playbook_id: str,
    region: str,
    role: str | None,
    out: Path | None,
    language: Literal["de", "en"],
    *,
    as_json: bool,
) -> None:
    """
    Show a playbook as it holds in a region, with a role card for each partner.

    Who executes a step and who supports it follows from the competences of playbook and
    contacts; who is asked only because an earlier step asked it, and acknowledges, is
    informed. With --out the page is written as well.
    """
    from crisis.cli.door import workshop
    from crisis.cli.region import read_region
    from crisis.workshop.overview import overview

    found = overview(workshop(), playbook_id, region=read_region(region))
    if role is not None:
        found = found.of(role)
    if out is not None:
        write_page(out, found.page(language=language))
    if as_json:
        output.json_out(_shown(found))
    else:
        _say(found, language)


def _say(found: "Overview", language: str) -> None:
    from crisis.core.region import name_of

    layers = " + ".join(found.playbook.layers)
    output.say(f"{layers} in {found.region} {name_of(found.region)}")
    output.say()
    if found.only:
        output.table(_TASKS, _tasks(found, language))
        return
    output.table(_STEPS, _steps(found, language))
    for gap in found.gaps:
        output.say(f"Nobody holds {gap.role} here; it is asked in {', '.join(gap.steps)}.")


def _tasks(found: "Overview", language: str) -> Iterator[tuple[str, ...]]:
    from crisis.core.deadline import deadline_words

    for card in found.shown:
        for task in card.tasks:
            step = task.step
            yield (
                card.partner.id,
                step.id,
                task.part.value,
                step.title.in_language(language),
                deadline_words(step.within).en if step.within else "-",
            )


def _steps(found: "Overview", language: str) -> Iterator[tuple[str, ...]]:
    asked: dict[str, list[str]] = {}
    for card in found.cards:
        for task in card.tasks:
            asked.setdefault(task.step.id, []).append(card.partner.id)
    for one in found.planned:
        origin = one.origin or "T0"
        due = "-" if one.due is None else _moment(one.due, origin)
        yield (
            one.step.id,
            one.step.title.in_language(language),
            _moment(one.begins, origin),
            due,
            _named(asked.get(one.step.id, [])),
        )


def _named(partners: list[str]) -> str:
    if len(partners) > _FEW:
        return f"{len(partners)} partners"
    return ", ".join(partners) or "nobody"


def _moment(offset: "timedelta", origin: str) -> str:
    from crisis.core.deadline import duration_words

    if not offset:
        return origin
    sign = "+" if offset.total_seconds() > 0 else "-"
    return f"{origin}{sign}{duration_words(abs(offset)).en}"


def _shown(found: "Overview") -> dict[str, object]:
    return {
        "playbook": found.playbook.id,
        "version": found.playbook.version,
        "layers": found.playbook.layers,
        "region": found.region,
        "steps": [
            {
                "step": one.step.id,
                "phase": one.phase,
                "title": one.step.title.de,
                "origin": one.origin or "T0",
                "begins": one.begins,
                "due": one.due,
                "after": one.step.start.after,
                "mandatory": one.step.mandatory,
                "basis": one.step.basis,
                "benefit": one.step.benefit.de,
            }
            for one in found.planned
        ],
        "cards": [
            {
                "partner": card.partner.id,
                "name": card.partner.name.de,
                "roles": card.roles,
                "contact": card.contact.id,
                "deputy": None if card.deputy is None else card.deputy.id,
                "superior": None if card.superior is None else card.superior.id,
                "leads": card.leads,
                "competences": card.partner.competences,
                "must_not": card.partner.must_not,
                "tasks": [
                    {"step": task.step.id, "part": task.part, "hub": task.hub or None}
                    for task in card.tasks
                ],
            }
            for card in found.shown
        ],
        "gaps": [{"role": gap.role, "steps": gap.steps} for gap in found.gaps],
    }
