"""Write figures down: one flat object for programs, one table for people."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bench.figure import Figure

MARKS = {True: "✓ kept", False: "✗ missed", None: ""}


def write_result(
    file: Path, figures: Sequence[Figure], *, machine: str, commit: str, at: datetime
) -> None:
    """Write the figures that were measured, with where and when, as one flat object."""
    measured = {each.key: each.value for each in figures if each.value is not None}
    result = {**measured, "machine": machine, "commit": commit, "at": at.isoformat()}
    write_whole(file, json.dumps(result, indent=2, ensure_ascii=False) + "\n")


def write_whole(file: Path, text: str) -> None:
    """Replace a file in one go, so that nobody reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def heading() -> str:
    """Return the line above the rows."""
    return f"{'figure':<34}{'measured':>14}{'target':>14}"


def row(figure: Figure) -> str:
    """Return one figure as a line: measured, target, kept or missed, and what it is."""
    said = "  ".join(filter(None, (MARKS[figure.is_met], figure.note)))
    return f"{figure.key:<34}{measured(figure):>14}{target(figure):>14}  {said}".rstrip()


def measured(figure: Figure) -> str:
    """Return the value with its unit, or `none`."""
    return "none" if figure.value is None else f"{figure.value:g} {figure.unit}".rstrip()


def target(figure: Figure) -> str:
    """Return the target with its direction and unit, empty where there is none."""
    if figure.target is None:
        return ""
    sign = "≥" if figure.at_least else "≤"
    return f"{sign} {figure.target:g} {figure.unit}".rstrip()
