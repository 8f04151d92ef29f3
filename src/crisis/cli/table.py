"""Rows as lines: columns side by side, or each row on several lines where a screen is narrow."""

from collections.abc import Iterator, Sequence

# Half a time is misread, half an id not found: these are never folded.
_WHOLE = frozenset(
    {"time", "T+", "by", "step", "partner", "contact", "channel", "task", "id", "why"}
    | {"level", "since", "due", "done", "state", "engine", "Prefect", "opens", "until"}
    | {"incident", "agreement", "code word", "in force from", "last review"}
)
# So many columns of text tell what happened in a few lines at most.
_LEAST = {"what": 30}
# These say of whom a row is, where they follow one another.
_NAMES = frozenset({"step", "partner", "state"})
_GAP = 2

Rows = Sequence[Sequence[str]]


def drawn(columns: Sequence[str], rows: Rows, *, width: int) -> str:
    """
    Return rows as plain lines no longer than `width`, without a final newline.

    No word is cut: where the columns do not fit side by side, what happened stands
    under its row, and if that is not enough, every cell stands behind its heading.
    """
    widths = _widths(columns, rows, width=width)
    if widths:
        return "\n".join(_side_by_side([columns, *rows], widths=widths))
    if columns[-1] == "what" and (beside := _widths(columns[:-1], rows, width=width)):
        return "\n".join(_below(columns, rows, widths=beside, width=width))
    return "\n".join(line for row in rows for line in _packed(columns, row, width=width))


def _widths(columns: Sequence[str], rows: Rows, *, width: int) -> list[int]:
    """Return how wide each column becomes; nothing where they do not fit."""
    cells = [[name, *(row[n] for row in rows)] for n, name in enumerate(columns)]
    wide = [max(map(len, each)) for each in cells]
    least = [
        full if name in _WHOLE else min(full, max(_word(each), _LEAST.get(name, 0)))
        for name, full, each in zip(columns, wide, cells, strict=True)
    ]
    room = width - _GAP * (len(columns) - 1)
    if sum(least) > room:
        return []
    while sum(wide) > room:
        loose = [n for n in range(len(wide)) if wide[n] > least[n]]
        wide[max(loose, key=wide.__getitem__)] -= 1
    return wide


def _word(cells: Sequence[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _side_by_side(rows: Rows, *, widths: Sequence[int]) -> Iterator[str]:
    from itertools import zip_longest
    from textwrap import wrap

    for row in rows:
        folds = (
            wrap(cell, wide, break_on_hyphens=False) if len(cell) > wide else [cell]
            for cell, wide in zip(row, widths, strict=True)
        )
        for parts in zip_longest(*folds, fillvalue=""):
            padded = (f"{part:<{wide}}" for part, wide in zip(parts, widths, strict=True))
            yield (" " * _GAP).join(padded).rstrip()


def _below(
    columns: Sequence[str], rows: Rows, *, widths: Sequence[int], width: int
) -> Iterator[str]:
    """Yield each row without its last cell, and that one under it."""
    indent = widths[0] + _GAP
    yield from _side_by_side([columns[:-1]], widths=widths)
    for row in rows:
        yield from _side_by_side([row[:-1]], widths=widths)
        yield from _folded(row[-1], indent=indent, width=width)


def _packed(columns: Sequence[str], row: Sequence[str], *, width: int) -> Iterator[str]:
    """Yield what names a row, and under it the other cells behind their headings."""
    names = next((n for n, name in enumerate(columns) if n and name not in _NAMES), len(row))
    yield "  ".join(cell for cell in row[:names] if cell)
    line = ""
    for name, cell in zip(columns[names:], row[names:], strict=True):
        part = f"{name} {cell}"
        if not cell:
            continue
        if line and len(f"  {line} · {part}") > width:
            yield from _folded(line, indent=2, width=width)
            line = part
        else:
            line = f"{line} · {part}" if line else part
    yield from _folded(line, indent=2, width=width)


def _folded(text: str, *, indent: int, width: int) -> list[str]:
    from textwrap import wrap

    pad = " " * indent
    return wrap(
        text,
        width,
        initial_indent=pad,
        subsequent_indent=pad,
        break_long_words=False,
        break_on_hyphens=False,
    )
