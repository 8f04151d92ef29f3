"""The whole run as a picture: one row per step, on a scale that changes twice and says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crisis.core.figure import RowState
from crisis.core.report import ReflectionReport
from crisis.core.timeline import Span
from crisis.render import drawing as draw
from crisis.render.names import Names
from crisis.render.wording import Wording

_LEFT, _PLOT, _RIGHT = 300, 500, 200
_TOP, _ROW, _GAP = 92, 28, 12
_LABEL = 36
_HOUR, _SOON = timedelta(hours=1), timedelta(hours=4)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_COLOURS = {
    RowState.IN_TIME: draw.GOOD,
    RowState.LATE: draw.WARN,
    RowState.NEVER: draw.BAD,
    RowState.RUNNING: draw.SOFT,
    RowState.FELL_AWAY: draw.SOFT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A part of the axis with a scale of its own, from `start` to `end` since T0."""

    start: timedelta
    end: timedelta
    x: float
    width: float
    title: str
    tick: timedelta


def whole_run_svg(report: ReflectionReport, wording: Wording) -> str:
    """Return the picture of all steps that began, from the first hour to the last day."""
    return _Picture(report, wording).svg()


class _Picture:
    def __init__(self, report: ReflectionReport, wording: Wording) -> None:
        self._wording = wording
        self._names = Names(report, wording)
        self._timeline = report.timeline
        self._opened_at = report.timeline.opened_at
        known = [report.timeline.read_at]
        known += [span.due_at for span in report.timeline.spans if span.due_at is not None]
        self._stretches = _stretches(max(known) - self._opened_at, wording)

    def svg(self) -> str:
        spans = self._timeline.spans
        height = _TOP + _ROW * len(spans) + 12
        rows = [part for index, span in enumerate(spans) for part in self._row(index, span)]
        return draw.picture(
            prefix="whole-run",
            title=self._wording.pick(
                "Der ganze Verlauf: geplant und geschehen, je Schritt",
                "The whole run: planned and actual, by step",
            ),
            description=" ".join(
                f"{span.step} {self._names.step(span.step)}: {self._outcome(span)}."
                for span in spans
            ),
            size=(_LEFT + _PLOT + _RIGHT, height),
            parts=[*self._legend(), *self._stripes(height), *self._axis(height), *rows],
        )

    def _x(self, moment: datetime) -> float:
        since = max(moment - self._opened_at, timedelta())
        stretch = next((s for s in self._stretches if since <= s.end), self._stretches[-1])
        part = (min(since, stretch.end) - stretch.start) / (stretch.end - stretch.start)
        return stretch.x + stretch.width * part

    def _legend(self) -> list[str]:
        pick = self._wording.pick
        marks = (
            (
                [draw.hatched("whole-run", "plan", draw.PLAN)],
                pick("geplant bis zur Frist", "planned until the deadline"),
            ),
            (
                [draw.line(0, -4, 30, -4, stroke=draw.GOOD, stroke_width=7)],
                pick("begonnen bis erledigt", "begun until done"),
            ),
            (
                [draw.hatched("whole-run", "open", draw.BAD)],
                pick("nicht erledigt", "not done"),
            ),
        )
        head = pick("Partner mit Quittung", "partners acknowledged")
        right = _LEFT + _PLOT + 10
        return [
            *draw.legend(marks),
            draw.text(right, _TOP - 46, head, font_size=11, font_weight="600"),
        ]

    def _stripes(self, height: float) -> list[str]:
        width = _LEFT + _PLOT + _RIGHT
        stripes = draw.stripes(len(self._timeline.spans), top=_TOP, row=_ROW, width=width)
        # White between two scales: the eye must not read across.
        gaps = [
            draw.rect(stretch.x - _GAP + 1, _TOP - 60, _GAP - 2, height - _TOP + 56, fill="#fff")
            for stretch in self._stretches[1:]
        ]
        return [*stripes, *gaps]

    def _axis(self, height: float) -> list[str]:
        parts: list[str] = []
        for stretch in self._stretches:
            middle = stretch.x + stretch.width / 2
            parts += [
                draw.rect(stretch.x, _TOP - 60, stretch.width, 20, fill="#e3e9f0"),
                draw.text(
                    middle,
                    _TOP - 46,
                    stretch.title,
                    text_anchor="middle",
                    font_size=11,
                    font_weight="600",
                ),
            ]
            tick = stretch.start if stretch.start == timedelta() else stretch.start + stretch.tick
            while tick <= stretch.end:
                parts += self._tick(stretch, tick, height)
                tick += stretch.tick
        return parts

    def _tick(self, stretch: _Stretch, tick: timedelta, height: float) -> list[str]:
        x = self._x(self._opened_at + tick)
        if tick == timedelta():
            label = "T0"
        elif stretch.tick < _DAY:
            label = f"{tick // timedelta(hours=1)}"
        else:
            label = f"{tick // _DAY}"
        return [
            draw.line(x, _TOP - 8, x, height - 8, stroke=draw.RULE),
            draw.text(x, _TOP - 14, label, text_anchor="middle", font_size=11, fill=draw.SOFT),
        ]

    def _row(self, index: int, span: Span) -> list[str]:
        y = _TOP + _ROW * index + _ROW / 2
        title = self._names.step(span.step)
        colour = _COLOURS[span.state]
        return [
            *draw.row_label(y, span.step, title, indent=52, most=_LABEL),
            *self._planned(span, y),
            *self._actual(span, y, colour),
            draw.text(_LEFT + _PLOT + 10, y + 4, self._outcome(span), fill=colour, font_size=12),
        ]

    def _planned(self, span: Span, y: float) -> list[str]:
        if span.due_at is None:
            return []
        return self._bar(
            span.planned_at,
            span.due_at,
            y,
            20,
            fill="url(#whole-run-plan)",
            fill_opacity="0.55",
            stroke=draw.PLAN,
            stroke_width="0.8",
        )

    def _actual(self, span: Span, y: float, colour: str) -> list[str]:
        if span.done_at is not None:
            return self._bar(span.started_at, span.done_at, y, 7, fill=colour)
        if span.state is RowState.FELL_AWAY:
            return []
        end = self._timeline.read_at
        return [
            *self._bar(span.started_at, end, y, 7, fill="#ffffff"),
            *self._bar(span.started_at, end, y, 7, fill="url(#whole-run-open)", stroke=draw.BAD),
        ]

    def _bar(
        self, start: datetime, end: datetime, y: float, height: float, **look: str
    ) -> list[str]:
        """Draw from moment to moment, in one piece per scale."""
        parts = []
        left, right = self._x(start), self._x(end)
        for stretch in self._stretches:
            x1, x2 = max(left, stretch.x), min(right, stretch.x + stretch.width)
            if x1 < x2 or (left == right and x1 == x2):
                parts.append(draw.rect(x1, y - height / 2, x2 - x1, height, **look))
        return parts

    def _outcome(self, span: Span) -> str:
        pick = self._wording.pick
        if not span.asked:
            return pick("✓ erstellt", "✓ drafted") if span.done_at else "…"
        symbol = self._names.state(span.state).split(" ", maxsplit=1)[0]
        told = f"{symbol} {span.taken} {pick('von', 'of')} {span.asked}"
        return f"{told}, {span.late} {pick('verspätet', 'late')}" if span.late else told


def _stretches(length: timedelta, wording: Wording) -> tuple[_Stretch, ...]:
    pick = wording.pick
    hours = pick("Stunden seit T0", "hours since T0")
    days = pick("Tage seit T0", "days since T0")
    scales = (
        (_SOON, _HOUR, 5, hours),
        (_DAY, 4 * _HOUR, 4, hours),
        (_WEEK, 2 * _DAY, 3, days),
        (length, _weeks(length), 4, days),
    )
    plans = []
    start = timedelta()
    for limit, tick, share, title in scales:
        end = min(max(length, 2 * _HOUR), limit)
        if start < end:
            plans.append((start, end, share, title, tick))
            start = end
    weight = sum(plan[2] for plan in plans)
    usable = _PLOT - _GAP * (len(plans) - 1)
    x: float = _LEFT
    stretches = []
    for begin, end, share, title, tick in plans:
        width = usable * share / weight
        stretches.append(_Stretch(start=begin, end=end, x=x, width=width, title=title, tick=tick))
        x += width + _GAP
    return tuple(stretches)


def _weeks(length: timedelta) -> timedelta:
    """Return whole weeks, so that about six ticks fit behind the first week."""
    return _WEEK * max(-(-(length // _WEEK) // 6), 1)
