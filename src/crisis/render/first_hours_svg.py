"""The contact wave as a picture: each partner's window as planned, and what happened in it."""

from datetime import datetime, timedelta

from crisis.core.figure import RowState
from crisis.core.report import ReflectionReport
from crisis.core.timeline import FIRST_HOURS, Bar
from crisis.render import drawing as draw
from crisis.render.names import Names
from crisis.render.wording import Wording

SHORTEST = timedelta(minutes=30)
_LEFT, _PLOT, _RIGHT = 292, 468, 240
_TOP, _ROW = 74, 28
_LABEL = 35
_COLOURS = {
    RowState.IN_TIME: draw.GOOD,
    RowState.MEASURED: draw.GOOD,
    RowState.LATE: draw.WARN,
    RowState.DECLINED: draw.WARN,
    RowState.NEVER: draw.BAD,
    RowState.RUNNING: draw.SOFT,
    RowState.FELL_AWAY: draw.SOFT,
    RowState.NOT_ASKED: draw.SOFT,
    RowState.TOLD: draw.SOFT,
}
_STEPS_OF_AXIS = (5, 10, 15, 30)
_MOST_TICKS = 9


def first_hours_svg(report: ReflectionReport, wording: Wording) -> str:
    """Return the picture of everything planned for the first two hours, one row per partner."""
    return _Picture(report, wording).svg()


class _Picture:
    def __init__(self, report: ReflectionReport, wording: Wording) -> None:
        self._wording = wording
        self._names = Names(report, wording)
        self._start = report.timeline.opened_at
        ran = report.timeline.read_at - self._start
        self._length = min(max(ran, SHORTEST), FIRST_HOURS)
        self._read_at = report.timeline.read_at
        self._bars = tuple(
            bar for bar in report.timeline.bars if bar.planned_at < self._start + self._length
        )

    def svg(self) -> str:
        height = _TOP + _ROW * len(self._bars) + 12
        rows = [part for index, bar in enumerate(self._bars) for part in self._row(index, bar)]
        width = _LEFT + _PLOT + _RIGHT
        stripes = draw.stripes(len(self._bars), top=_TOP, row=_ROW, width=width)
        pick = self._wording.pick
        return draw.picture(
            prefix="first-hours",
            title=pick(
                "Die ersten Stunden: geplant und geschehen, je Schritt und Partner",
                "The first hours: planned and actual, by step and partner",
            ),
            description=self._description(),
            size=(width, height),
            parts=[*self._legend(), *stripes, *self._axis(height), *rows],
        )

    def _description(self) -> str:
        told = (
            f"{bar.step} {self._names.partner(bar.partner)}: {self._outcome(bar)}."
            for bar in self._bars
        )
        return " ".join(told)

    def _x(self, moment: datetime) -> float:
        part = (moment - self._start) / self._length
        return _LEFT + _PLOT * min(max(part, 0), 1)

    def _legend(self) -> list[str]:
        pick = self._wording.pick
        marks = (
            (
                [draw.hatched("first-hours", "plan", draw.PLAN)],
                pick("geplant bis zur Frist", "planned until the deadline"),
            ),
            (
                [draw.line(0, -4, 30, -4, stroke=draw.GOOD, stroke_width=6)],
                pick("Anfrage bis Quittung", "ask until acknowledgement"),
            ),
            (
                [draw.hatched("first-hours", "open", draw.BAD)],
                pick("ohne Quittung", "no acknowledgement"),
            ),
            (self._level_mark(20, -4, 2), pick("Eskalationsstufe", "escalation level")),
            (self._cross(20, -4), pick("falsche Kontaktdaten", "wrong contact data")),
        )
        return draw.legend(marks)

    def _axis(self, height: float) -> list[str]:
        total = int(self._length / timedelta(minutes=1))
        step = next((s for s in _STEPS_OF_AXIS if total / s <= _MOST_TICKS), _STEPS_OF_AXIS[-1])
        parts = []
        for minutes in range(0, total + 1, step):
            moment = self._start + timedelta(minutes=minutes)
            x = self._x(moment)
            label = "T0" if minutes == 0 else f"+{minutes}"
            parts += [
                draw.line(x, _TOP - 8, x, height - 8, stroke=draw.RULE),
                draw.text(x, _TOP - 28, self._wording.time(moment), text_anchor="middle"),
                draw.text(x, _TOP - 13, label, text_anchor="middle", font_size=11, fill=draw.SOFT),
            ]
        return parts

    def _row(self, index: int, bar: Bar) -> list[str]:
        y = _TOP + _ROW * index + _ROW / 2
        name = self._names.partner(bar.partner)
        colour = _COLOURS[bar.state]
        return [
            *draw.row_label(y, bar.step, name, indent=44, most=_LABEL),
            *self._planned(bar, y),
            *self._actual(bar, y, colour),
            *(part for rise in bar.rises for part in self._rise(rise.level, rise.at, y)),
            *(part for at in bar.hard_failures for part in self._failure(at, y)),
            draw.text(_LEFT + _PLOT + 10, y + 4, self._outcome(bar), fill=colour, font_size=12),
        ]

    def _planned(self, bar: Bar, y: float) -> list[str]:
        start = self._x(bar.planned_at)
        if bar.due_at is None:
            return []
        return [
            draw.rect(
                start,
                y - 10,
                self._x(bar.due_at) - start,
                20,
                fill="url(#first-hours-plan)",
                fill_opacity="0.55",
                stroke=draw.PLAN,
                stroke_width="0.8",
            )
        ]

    def _actual(self, bar: Bar, y: float, colour: str) -> list[str]:
        if bar.asked_at is None:
            return []
        start = self._x(bar.asked_at)
        if bar.ended_at is None:
            width = self._x(self._read_at) - start
            return [
                draw.rect(start, y - 4, width, 8, fill="#ffffff"),
                draw.rect(start, y - 4, width, 8, fill="url(#first-hours-open)", stroke=draw.BAD),
            ]
        end = self._x(bar.ended_at)
        parts = [draw.rect(start, y - 3, end - start, 6, fill=colour)]
        if bar.ended_at <= self._start + self._length:
            parts.append(draw.circle(end, y, 5, fill=colour, stroke="#ffffff"))
        return parts

    def _rise(self, level: int, at: datetime, y: float) -> list[str]:
        if at > self._start + self._length:
            return []
        return self._level_mark(self._x(at), y, level)

    def _level_mark(self, x: float, y: float, level: int) -> list[str]:
        return [
            draw.circle(x, y, 7, fill="#ffffff", stroke=draw.INK),
            draw.text(x, y + 3.5, str(level), text_anchor="middle", font_size=10),
        ]

    def _failure(self, at: datetime, y: float) -> list[str]:
        return self._cross(self._x(at), y) if at <= self._start + self._length else []

    def _cross(self, x: float, y: float) -> list[str]:
        points = (
            f"M{draw.number(x - 5)},{draw.number(y - 5)} l10,10 "
            f"M{draw.number(x + 5)},{draw.number(y - 5)} l-10,10"
        )
        return [
            draw.path(points, stroke="#ffffff", stroke_width=5),
            draw.path(points, stroke=draw.BAD, stroke_width=2.4),
        ]

    def _outcome(self, bar: Bar) -> str:
        pick = self._wording.pick
        state = self._names.state(bar.state)
        if bar.asked_at is None:
            return state
        if bar.ended_at is None:
            return f"{state} {self._wording.since(self._read_at - bar.asked_at)}"
        after = self._wording.duration(max(bar.ended_at - bar.asked_at, timedelta()))
        level = bar.rises[-1].level if bar.rises else 0
        told = f"{state}, {pick('nach', 'after')} {after}"
        return f"{told} ({pick('Stufe', 'level')} {level})" if level else told
