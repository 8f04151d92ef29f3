"""The little Markdown that the reference pages need."""

from collections.abc import Iterable, Sequence

WRITTEN = "Written by `make reference` from the code. Do not edit."


def head(title: str) -> str:
    """Return the top of a page."""
    return f"# {title}\n\n{WRITTEN}\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table after an empty line, or nothing if it has no rows."""
    lines = [_row(row) for row in rows]
    if not lines:
        return ""
    return "".join(("\n", _row(columns), "|---" * len(columns), "|\n", *lines))


def cell(text: str) -> str:
    """Return a text as it may stand in a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell(text) for text in cells)} |\n"
