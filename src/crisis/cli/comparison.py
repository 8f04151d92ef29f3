"""What differs between two versions, as a table or as JSON, with its exit code."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from crisis.cli import output

if TYPE_CHECKING:
    from crisis.workshop.comparison import Comparison

# A sign at a glance; the word beside it says the same.
_SIGNS = {"weaker": "- weaker", "unclear": "? read it", "stricter": "+ stricter", "neutral": ""}
_COLUMNS = ("binding", "where", "what", "before", "after")


def show_comparison(found: "Comparison", *, as_json: bool) -> None:
    """Print a comparison, and leave with 1 if anything that binds became or may be weaker."""
    if as_json:
        output.json_out(_shown(found))
    else:
        _say(found)
    if found.became_weaker:
        raise click.exceptions.Exit(1)


def _say(found: "Comparison") -> None:
    from crisis.core.region import name_of

    output.say(f"{found.before} -> {found.after}")
    if found.region:
        output.say(f"Partners are those of {found.region} {name_of(found.region)}.")
    if not found.differences:
        output.say("They say the same.")
        return
    output.say()
    output.table(_COLUMNS, _rows(found))
    output.say()
    told = ", ".join(f"{count} {word}" for word, count in found.counts.items())
    number = len(found.differences)
    output.say(f"{number} {'difference' if number == 1 else 'differences'}: {told}.")


def _rows(found: "Comparison") -> Iterator[tuple[str, ...]]:
    # Five languages that are new in one step are one line to read.
    alike = groupby(found.differences, key=lambda one: (one.where, one.kind, one.verdict, one.why))
    for (where, kind, verdict, why), group in alike:
        what = kind.replace("-", " ")
        listed = tuple(group)
        yield (
            _SIGNS[verdict],
            where,
            f"{what}: {why}" if why else what,
            ", ".join(one.before for one in listed if one.before) or "-",
            ", ".join(one.after for one in listed if one.after) or "-",
        )


def _shown(found: "Comparison") -> dict[str, object]:
    return {
        "before": found.before,
        "after": found.after,
        "region": found.region or None,
        "weaker": found.became_weaker,
        "differences": [
            {
                "where": one.where,
                "kind": one.kind,
                "verdict": one.verdict,
                "before": one.before or None,
                "after": one.after or None,
                "why": one.why or None,
            }
            for one in found.differences
        ],
    }
