"""Where the page of clauses gets its words from: the data, and all that there is in the house."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from crisis.loading.contact_directory import load_contacts
from crisis.loading.located import read_yaml
from crisis.loading.rules import RULES
from tools.reference.clause import SEEDS, Known, Served
from tools.reference.command import root_command

DATA = Path(__file__).parent / "clauses.yaml"
# What the register holds does not depend on the day, but who stands for whom does.
_DAY = datetime(2026, 11, 28, tzinfo=UTC)
_TEST = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)
_ROUTE = re.compile(r"@router\.\w+\(\s*\"([^\"]+)\"")
_FLOW = re.compile(r"@flow\(\s*name=\"([^\"]+)\"")
_FIGURE = re.compile(r"\"(M\d+)\"")


def read_data(file: Path = DATA) -> Mapping[str, Served]:
    """
    Return what is said of every clause.

    Raises:
        LookupError: the file is no YAML, or says something that has no place.
    """
    document, problems = read_yaml(file, shown_as=file.name)
    if document is None:
        raise LookupError("; ".join(problem.message for problem in problems))
    return {clause: _served(clause, said) for clause, said in document.data.items()}


def _served(clause: str, said: Any) -> Served:  # noqa: ANN401 -- whatever stands in the file
    strange = sorted(set(said) - {"priority", "served", "proved", "lacks"})
    if strange:
        message = f"{clause} says {', '.join(strange)}, which has no place"
        raise LookupError(message)
    return Served(
        clause=clause,
        priority=said.get("priority", ""),
        served=tuple(said.get("served", ())),
        proved=tuple(said.get("proved", ())),
        lacks=said.get("lacks", ""),
    )


def read_known(root: Path) -> Known:
    """Return what there is in a checkout: steps, rules, commands, pages, routes, flows, tests."""
    register = load_contacts(root / "contacts" / "example", around=_DAY).register
    words = {
        "agreement": register.by_id.keys(),
        "command": _commands(root_command(), ()),
        "flow": _found(root / "flows", _FLOW),
        "page": _pages(root),
        "report": _found(root / "src/crisis/core", _FIGURE),
        "rule": RULES.keys(),
        "step": _steps(root / "playbooks"),
        "web": _found(root / "src/crisis/web/routes", _ROUTE),
    }
    return Known(
        words={kind: frozenset(names) for kind, names in words.items()},
        tests={
            file.relative_to(root).as_posix(): frozenset(_TEST.findall(file.read_text("utf-8")))
            for file in (root / "tests").rglob("test_*.py")
        },
        clauses={
            clause.id: clause.text.in_language("en")
            for agreement in register.agreements
            for clause in agreement.clauses
            if clause.id.partition(".")[0] in SEEDS
        },
    )


def _commands(group: click.Command, way: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(group, click.Group):
        yield " ".join(way)
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield from _commands(command, (*way, name))


def _found(folder: Path, pattern: re.Pattern[str]) -> set[str]:
    files = sorted(folder.rglob("*.py"))
    return {name for file in files for name in pattern.findall(file.read_text("utf-8"))}


def _pages(root: Path) -> Iterator[str]:
    for pattern in ("docs/**/*.md", "contacts/*.md", "playbooks/*.md", "*.md"):
        for file in root.glob(pattern):
            yield file.relative_to(root).as_posix()


def _steps(folder: Path) -> Iterator[str]:
    for file in sorted((*folder.glob("*.yaml"), *folder.glob("overlays/*.yaml"))):
        if file.name.endswith(".rehearsal.yaml"):
            continue
        document, _ = read_yaml(file, shown_as=file.name)
        for step in _ids(document.data if document else {}):
            yield f"{file.stem} {step}"


def _ids(data: object) -> Iterator[str]:
    """Yield the ids of steps, in phases, under `steps`, and of the stand-down."""
    if isinstance(data, dict):
        for key, held in data.items():
            if key == "stand_down" and isinstance(held, dict):
                yield str(held.get("id"))
            elif key == "steps" and isinstance(held, list):
                yield from (str(step["id"]) for step in held if isinstance(step, dict))
            yield from _ids(held)
    elif isinstance(data, list):
        for held in data:
            yield from _ids(held)
