"""The few SVG elements the report draws with; coordinates always print the same way."""

from collections.abc import Iterable
from html import escape

INK = "#1d2733"
SOFT = "#55606e"
RULE = "#c9d1da"
STRIPE = "#f3f6f9"
PLAN = "#5b7a9d"
GOOD = "#17653a"
WARN = "#8a4b00"
BAD = "#a4122b"
# Grounds under a hatching, and what is all right.
CALM = "#e6eef5"
WARN_GROUND = "#ffe9c9"
BAD_GROUND = "#f9d5da"
FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"


def number(value: float) -> str:
    """Return a coordinate with at most one decimal place, without a trailing zero."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Return an element; underscores in attribute names become hyphens, values are escaped."""
    parts = [name]
    for key, value in attributes.items():
        shown = value if isinstance(value, str) else number(value)
        parts.append(f'{key.rstrip("_").replace("_", "-")}="{escape(shown)}"')
    opening = " ".join(parts)
    return f"<{opening}>{content}</{name}>" if content else f"<{opening}/>"


def rect(x: float, y: float, width: float, height: float, **attributes: str | float) -> str:
    """Return a rectangle that is never thinner than can be seen."""
    return element("rect", "", x=x, y=y, width=max(width, 2), height=height, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float) -> str:
    """Return a line."""
    return element("line", "", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def text(x: float, y: float, content: str, **attributes: str | float) -> str:
    """Return selectable text."""
    return element("text", escape(content, quote=False), x=x, y=y, **attributes)


def circle(x: float, y: float, radius: float, **attributes: str | float) -> str:
    """Return a circle."""
    return element("circle", "", cx=x, cy=y, r=radius, **attributes)


def path(points: str, **attributes: str | float) -> str:
    """Return a path."""
    return element("path", "", d=points, **attributes)


def legend(marks: Iterable[tuple[list[str], str]]) -> list[str]:
    """Return marks and their meaning in a row, each as far along as the words before need."""
    x, parts = 0.0, []
    for mark, meaning in marks:
        meant = text(38, 0, meaning, font_size=12)
        parts.append(element("g", "".join(mark) + meant, transform=f"translate({number(x)} 16)"))
        x += 56 + 6.7 * len(meaning)
    return parts


def hatched(prefix: str, hatching: str, stroke: str) -> str:
    """Return the legend's mark for `plan`, `open` or `weak`, the hatchings of `patterns`."""
    fill = f"url(#{prefix}-{hatching})"
    return element("rect", "", fill=fill, stroke=stroke, height=12, width=30, x=0, y=-9)


def stripes(count: int, *, top: float, row: float, width: float) -> list[str]:
    """Return a ground under every other of so many rows."""
    return [rect(0, top + row * index, width, row, fill=STRIPE) for index in range(0, count, 2)]


def row_label(y: float, step: str, name: str, *, indent: float, most: int) -> list[str]:
    """Return what stands left of a row: a step's id and a name of at most so many letters."""
    short = name if len(name) <= most else f"{name[: most - 1]}…"
    return [
        text(4, y + 4, step, font_weight="600"),
        text(indent, y + 4, short, font_size=12),
    ]


def patterns(prefix: str) -> str:
    """Return the hatchings: of what was planned, of what stays open, of what is weak."""
    planned = element(
        "pattern",
        path("M0,6 L6,0", stroke=PLAN, stroke_width=1),
        id=f"{prefix}-plan",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
    )
    open_ = element(
        "pattern",
        path("M0,0 L5,5 M0,5 L5,0", stroke=BAD, stroke_width=1),
        id=f"{prefix}-open",
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
    )
    weak = element(
        "pattern",
        path("M0,0 L6,6 M-1.5,4.5 L1.5,7.5 M4.5,-1.5 L7.5,1.5", stroke=WARN, stroke_width=1.2),
        id=f"{prefix}-weak",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
    )
    return element("defs", planned + open_ + weak)


def picture(
    *, prefix: str, title: str, description: str, size: tuple[float, float], parts: Iterable[str]
) -> str:
    """Return a whole picture that a screen reader can announce."""
    width, height = size
    head = element("title", escape(title, quote=False), id=f"{prefix}-title") + element(
        "desc", escape(description, quote=False), id=f"{prefix}-desc"
    )
    return element(
        "svg",
        "\n".join((head, patterns(prefix), *parts)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        font_family=FONT,
        font_size=13,
        fill=INK,
    )
