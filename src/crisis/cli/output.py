"""
The one place that prints.

Answers go to stdout, everything about them (mistakes, hints, progress) to stderr,
so that a pipe carries data only.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from typing import TextIO

import click

from crisis.cli.table import drawn

# Wide enough that a pipe never gets a wrapped line: what is not read by a person is searched.
PIPE_WIDTH = 10_000


def say(text: str = "") -> None:
    """Print one answer to stdout."""
    click.echo(text)


def complain(text: str) -> None:
    """Print what is wrong, or what to know beside the answer, to stderr."""
    wide = _columns(sys.stderr)
    for line in text.split("\n"):
        click.echo(folded(line, indent=2, width=wide), err=True)


def json_out(value: object) -> None:
    """Print a value as JSON: moments as ISO 8601 with offset, durations in seconds."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, empty: str = "") -> None:
    """Print rows under their headings, or `empty` where there are none."""
    listed = [tuple(row) for row in rows]
    if listed:
        click.echo(drawn(columns, listed, width=width()))
    elif empty:
        click.echo(empty)


def width() -> int:
    """Return how many columns a line may have: the terminal's, or plenty in a pipe."""
    return _columns(sys.stdout)


def _columns(stream: TextIO) -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns if stream.isatty() else PIPE_WIDTH


def pairs(facts: Mapping[str, str]) -> None:
    """Print facts one a line, their values aligned, also where a value takes several lines."""
    reach = max((len(name) for name in facts), default=0)
    for name, value in facts.items():
        click.echo(folded(f"{name:<{reach}}  {value}".rstrip(), indent=reach + 2, width=width()))


def folded(line: str, *, indent: int, width: int) -> str:
    """Return a line in parts no longer than `width`, all but the first indented."""
    from textwrap import fill

    if len(line) <= width:
        return line
    return fill(
        line,
        width,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def reasons(about: str, found: Sequence[str]) -> None:
    """Print to stderr why something is so: one reason behind a colon, several one a line."""
    if len(found) == 1:
        complain(f"{about}: {found[0]}.")
        return
    complain(f"{about}:")
    for reason in found:
        complain(folded(f"- {reason}", indent=2, width=width()))


def plain(value: object) -> object:
    """Return a value as what JSON knows."""
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(held) for key, held in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(held) for held in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value
