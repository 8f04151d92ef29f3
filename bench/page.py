"""The page with pictures: every figure as a bar beside its target, in one file of its own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from bench.figure import Figure
from bench.page_style import STYLE
from bench.result import MARKS, measured, target
from crisis.render import drawing as draw

WIDTH, HEIGHT, BAR = 400.0, 30.0, 14.0
# A target stands in the middle of the picture; what is more than twice as long is cut off.
MIDDLE = WIDTH / 2
_CUT = 6.0
_TOP = (HEIGHT - BAR) / 2
_FILLS = {True: "kept", False: "missed", None: "shown"}
_PATTERNS = """\
<svg width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="hatch-missed" width="7" height="7" patternUnits="userSpaceOnUse">\
<path d="M0,7 L7,0" class="line-missed"/></pattern>
<pattern id="hatch-peer" width="5" height="5" patternUnits="userSpaceOnUse">\
<path d="M0,0 L5,5 M0,5 L5,0" class="line-peer"/></pattern>
</defs></svg>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What one scenario measured, under its title."""

    title: str
    figures: list[Figure]


def page(chapters: Sequence[Chapter], *, machine: str, commit: str, at: datetime) -> str:
    """Return the whole page; it loads nothing and needs no script."""
    shown = [chapter for chapter in chapters if chapter.figures]
    body = "\n".join(
        (
            "<h1>How fast the house is</h1>",
            _where(machine, commit, at),
            _verdict([figure for chapter in shown for figure in chapter.figures]),
            _legend(),
            *(_section(chapter) for chapter in shown),
        )
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<title>Crisis: bench</title>\n'
        f"<style>\n{STYLE}</style>\n</head>\n<body>\n{_PATTERNS}<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def _where(machine: str, commit: str, at: datetime) -> str:
    told = (machine, f"commit {commit or 'unknown'}", f"{at:%Y-%m-%d %H:%M} UTC")
    return f'<p class="where">{escape(" · ".join(told))}</p>'


def _verdict(figures: Sequence[Figure]) -> str:
    judged = [figure for figure in figures if figure.is_met is not None]
    missed = [figure for figure in judged if figure.is_met is False]
    said = f"<p><strong>{len(judged) - len(missed)} of {len(judged)} targets kept.</strong>"
    if not missed:
        return f'<div class="verdict">{said}</p></div>'
    rows = "".join(
        f'<li><a href="#{escape(each.key)}">{escape(each.key)}</a>: '
        f"{escape(measured(each))}, target {escape(target(each))}</li>"
        for each in missed
    )
    return f'<div class="verdict">{said} Missed:</p><ul>{rows}</ul></div>'


def _legend() -> str:
    return (
        '<ul class="legend">'
        f"<li>{_swatch('kept')} target kept</li><li>{_swatch('missed')} target missed</li>"
        f"<li>{_swatch('shown')} only shown</li><li>{_swatch('peer')} a peer</li>"
        '<li><svg width="16" height="16" aria-hidden="true"><path d="M8,0 V16" class="mark"/>'
        "</svg> the target; a bar that is cut goes on</li></ul>"
    )


def _swatch(fill: str) -> str:
    bar = draw.rect(1, 2, 28, 12, class_=f"bar {fill}")
    return f'<svg width="30" height="16" aria-hidden="true">{bar}</svg>'


def _section(chapter: Chapter) -> str:
    longest = _longest(chapter.figures)
    rows = "\n".join(_row(figure, longest) for figure in chapter.figures)
    return f"<section>\n<h2>{escape(chapter.title)}</h2>\n<ul>\n{rows}\n</ul>\n</section>"


def _longest(figures: Sequence[Figure]) -> Mapping[str, float]:
    """Return the greatest value without a target by unit: those share one scale."""
    found: dict[str, float] = defaultdict(float)
    for figure in figures:
        if figure.target is None and figure.value is not None:
            found[figure.unit] = max(found[figure.unit], figure.value)
    return found


def _row(figure: Figure, longest: Mapping[str, float]) -> str:
    mark = MARKS[figure.is_met]
    aim = f'<span class="aim">{escape(target(figure))}</span>' if figure.target is not None else ""
    said = f'<span class="is-{_FILLS[figure.is_met]}">{escape(mark)}</span>' if mark else ""
    return (
        f'<li id="{escape(figure.key)}"><div class="name"><code>{escape(figure.key)}</code>'
        f"<small>{escape(figure.note)}</small></div>{_bar(figure, longest)}"
        f'<div class="value"><b>{escape(measured(figure))}</b>{aim}{said}</div></li>'
    )


def _bar(figure: Figure, longest: Mapping[str, float]) -> str:
    length = _length(figure, longest)
    fill = "peer" if figure.key.startswith("peer_") else _FILLS[figure.is_met]
    parts = [draw.line(0, 0, 0, HEIGHT, class_="axis")]
    if length is not None:
        parts.append(draw.rect(0, _TOP, min(length, WIDTH - _CUT), BAR, class_=f"bar {fill}"))
        if length > WIDTH:
            parts.append(_cut())
    if figure.target is not None:
        aim = MIDDLE if figure.target else 1.0
        parts.append(draw.line(aim, 1, aim, HEIGHT - 1, class_="mark"))
    words = ", ".join(
        filter(None, (figure.key, measured(figure), target(figure), MARKS[figure.is_met][2:]))
    )
    return draw.element(
        "svg",
        "".join(parts),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        preserveAspectRatio="none",
        role="img",
        aria_label=words,
    )


def _length(figure: Figure, longest: Mapping[str, float]) -> float | None:
    """Return how long the bar is; with a target, that is the middle."""
    if figure.value is None:
        return None
    if figure.target is None:
        return WIDTH * 0.9 * figure.value / (longest[figure.unit] or 1.0)
    if figure.target == 0:
        return 0.0 if figure.value == 0 else WIDTH + 1
    return MIDDLE * figure.value / figure.target


def _cut() -> str:
    """Return two gaps at the end of a bar that goes on."""
    return "".join(
        draw.path(f"M{x},{_TOP - 2} l-6,{BAR + 4} h5 l6,-{BAR + 4} z", class_="gap")
        for x in (WIDTH - 40, WIDTH - 28)
    )
