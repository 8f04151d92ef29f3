"""
The one place that prints.

Answers go to stdout, everything about them (mistakes, hints, progress) to stderr,
so that a pipe carries data only. Rich is loaded when a table is drawn.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum

import click

# Wide enough that a pipe never gets a wrapped line: what is not read by a person is searched.
PIPE_WIDTH = 10_000
# On a narrow screen these stay whole: half a time is misread, half an id not found.
_WHOLE = frozenset(
    {"time", "T+", "by", "step", "partner", "contact", "channel", "task"}
    | {"level", "since", "due", "done", "state", "engine", "Prefect"}
)


def say(text: str = "") -> None:
    """Print one answer to stdout."""
    click.echo(text)


def complain(text: str) -> None:
    """Print what is wrong, or what to know beside the answer, to stderr."""
    click.echo(text, err=True)


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


def drawn(columns: Sequence[str], rows: Sequence[Sequence[str]], *, width: int) -> str:
    """Return a table as plain lines no longer than `width`, without a final newline."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    for column in columns:
        grid.add_column(column, overflow="fold", no_wrap=column in _WHOLE)
    for row in rows:
        # Text, not str: square brackets such as `[ÜBUNG]` are no markup.
        grid.add_row(*(Text(cell) for cell in row))
    paper = StringIO()
    Console(file=paper, width=width, color_system=None, highlight=False).print(grid)
    return "\n".join(line.rstrip() for line in paper.getvalue().rstrip("\n").split("\n"))


def width() -> int:
    """Return how many columns a line may have: the terminal's, or plenty in a pipe."""
    import sys
    from shutil import get_terminal_size

    return get_terminal_size().columns if sys.stdout.isatty() else PIPE_WIDTH


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
