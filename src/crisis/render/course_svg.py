"""The course of a playbook as a picture: phases, steps, what waits for what, and deadlines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from crisis.core.course import Planned
from crisis.core.playbook import Mandatory, Phase
from crisis.render import drawing as draw
from crisis.render.step_words import StepWords
from crisis.render.time_scale import TimeScale
from crisis.render.wording import Wording

_LEFT, _PLOT, _RIGHT = 300, 520, 330
_TOP, _ROW = 92, 28
_LABEL, _TOLD = 33, 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The moment from which the times of a picture count; `id` tells pictures apart."""

    id: str
    name: str


def course_svg(
    steps: Sequence[Planned],
    phases: Sequence[Phase],
    origin: Origin,
    *,
    words: StepWords,
    wording: Wording,
) -> str:
    """Return the picture of the steps whose times count from one moment; there is one at least."""
    return _Picture(steps, phases, origin, words, wording).svg()


class _Picture:
    def __init__(
        self,
        steps: Sequence[Planned],
        phases: Sequence[Phase],
        origin: Origin,
        words: StepWords,
        wording: Wording,
    ) -> None:
        self._words, self._wording, self._origin = words, wording, origin
        self._prefix = f"course-{origin.id}"
        here = [phase for phase in phases if any(one.phase == phase.id for one in steps)]
        self._rows: list[Phase | Planned] = []
        for phase in here:
            self._rows += [phase, *(one for one in steps if one.phase == phase.id)]
        self._lanes = {
            row.step.id: (_TOP + _ROW * index + _ROW / 2, row)
            for index, row in enumerate(self._rows)
            if isinstance(row, Planned)
        }
        first = min(one.begins for one in steps)
        self._scale = TimeScale(
            max(timedelta(hours=1), *(one.ends for one in steps)),
            wording,
            left=_LEFT,
            width=_PLOT,
            top=_TOP,
            before=max(-first, timedelta()),
            origin=origin.name,
        )

    def svg(self) -> str:
        height = _TOP + _ROW * len(self._rows) + 12
        width = _LEFT + _PLOT + _RIGHT
        stripes = draw.stripes(len(self._rows), top=_TOP, row=_ROW, width=width)
        name = self._origin.name
        return draw.picture(
            prefix=self._prefix,
            title=self._wording.pick(
                f"Ablauf ab {name}: Phasen, Schritte, was worauf wartet, und Fristen",
                f"Course from {name}: phases, steps, what waits for what, and deadlines",
            ),
            description=" ".join(self._told()),
            size=(width, height),
            parts=[
                *self._legend(),
                *stripes,
                *self._scale.gaps(height),
                *self._scale.axis(height),
                *self._links(),
                *(part for index, row in enumerate(self._rows) for part in self._row(index, row)),
            ],
        )

    def _told(self) -> Iterator[str]:
        words, pick = self._wording.words, self._wording.pick
        for row in self._rows:
            if isinstance(row, Phase):
                yield f"{words(row.title)}:"
                continue
            due = self._words.deadline(row.step)
            by = pick(f", Frist {due}", f", deadline {due}") if due else ""
            begins = pick("beginnt", "begins")
            start = f"{begins} {self._words.start(row.step)}"
            yield f"{row.step.id} {words(row.step.title)} {start}{by}."

    def _legend(self) -> list[str]:
        pick = self._wording.pick
        marks = (
            (self._bar(0, -4, 30, Mandatory.ALWAYS), pick("Pflicht bis zur Frist", "mandatory")),
            (
                self._bar(0, -4, 30, Mandatory.IF_TRUE),
                pick("Pflicht unter einer Bedingung", "mandatory on a condition"),
            ),
            (self._bar(0, -4, 30, Mandatory.OPTIONAL), pick("freiwillig", "optional")),
            (
                [draw.path("M0,-8 H12 V-2 H24", stroke=draw.PLAN, fill="none"), *_head(28, -2)],
                pick("wartet auf", "waits for"),
            ),
        )
        right = _LEFT + _PLOT + 10
        head = pick("Frist · beginnt", "deadline · begins")
        return [
            *draw.legend(marks),
            draw.text(right, _TOP - 46, head, font_size=11, font_weight="600"),
        ]

    def _row(self, index: int, row: Phase | Planned) -> list[str]:
        y = _TOP + _ROW * index + _ROW / 2
        if isinstance(row, Phase):
            title = self._wording.words(row.title)
            return [
                draw.rect(0, y - _ROW / 2, _LEFT - 8, _ROW, fill="#e3e9f0"),
                draw.text(4, y + 4, title, font_weight="700"),
            ]
        title = self._wording.words(row.step.title)
        pieces = self._scale.pieces(row.begins, row.ends)
        bars = [part for x, width in pieces for part in self._bar(x, y, width, row.step.mandatory)]
        told = " · ".join(
            filter(None, (self._words.deadline(row.step), self._words.start(row.step)))
        )
        short = told if len(told) <= _TOLD else f"{told[: _TOLD - 1]}…"
        return [
            *draw.row_label(y, row.step.id, title, indent=62, most=_LABEL),
            *bars,
            draw.text(_LEFT + _PLOT + 10, y + 4, short, font_size=12, fill=draw.SOFT),
        ]

    def _bar(self, x: float, y: float, width: float, how: Mandatory) -> list[str]:
        look: dict[str, str | float] = {"stroke": draw.PLAN, "stroke_width": 1}
        if how is Mandatory.ALWAYS:
            look["fill"] = draw.PLAN
        elif how is Mandatory.IF_TRUE:
            look["fill"] = f"url(#{self._prefix}-plan)"
        else:
            look |= {"fill": "#ffffff", "stroke_dasharray": "3 2"}
        return [
            draw.rect(x, y - 7, max(width, 4), 14, fill="#ffffff"),
            draw.rect(x, y - 7, max(width, 4), 14, **look),
        ]

    def _links(self) -> Iterator[str]:
        for y, row in self._lanes.values():
            for name in row.step.start.after:
                if name in self._lanes:
                    above, before = self._lanes[name]
                    yield from self._link(before.ends, above, row.begins, y)

    def _link(self, start: timedelta, above: float, end: timedelta, y: float) -> list[str]:
        x1, x2 = self._scale.x(start), self._scale.x(end)
        middle = max(min(x1 + 6, x2 - 6), x1 - 6) if x2 > x1 else x2 - 10
        points = (
            f"M{draw.number(x1)},{draw.number(above)} H{draw.number(middle)} "
            f"V{draw.number(y)} H{draw.number(x2 - 4)}"
        )
        return [
            draw.path(points, stroke=draw.PLAN, fill="none", stroke_width=0.8),
            *_head(x2, y),
        ]


def _head(x: float, y: float) -> list[str]:
    """Return the head of an arrow that points to the right."""
    points = f"M{draw.number(x - 5)},{draw.number(y - 3)} l5,3 l-5,3 z"
    return [draw.path(points, fill=draw.PLAN)]
