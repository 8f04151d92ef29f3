"""The whole run as a picture: one row per step, on a scale that changes twice and says so."""

from datetime import datetime

from crisis.core.figure import RowState
from crisis.core.report import ReflectionReport
from crisis.core.timeline import Span
from crisis.render import drawing as draw
from crisis.render.names import Names
from crisis.render.time_scale import TimeScale
from crisis.render.wording import Wording

_LEFT, _PLOT, _RIGHT = 300, 500, 200
_TOP, _ROW = 92, 28
_LABEL = 36
_COLOURS = {
    RowState.IN_TIME: draw.GOOD,
    RowState.LATE: draw.WARN,
    RowState.NEVER: draw.BAD,
    RowState.RUNNING: draw.SOFT,
    RowState.FELL_AWAY: draw.SOFT,
}


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
        self._scale = TimeScale(
            max(known) - self._opened_at, wording, left=_LEFT, width=_PLOT, top=_TOP
        )

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
            parts=[*self._legend(), *self._stripes(height), *self._scale.axis(height), *rows],
        )

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
        return [*stripes, *self._scale.gaps(height)]

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
        since = (moment - self._opened_at for moment in (start, end))
        return [
            draw.rect(x, y - height / 2, width, height, **look)
            for x, width in self._scale.pieces(*since)
        ]

    def _outcome(self, span: Span) -> str:
        pick = self._wording.pick
        if not span.asked:
            return pick("✓ erstellt", "✓ drafted") if span.done_at else "…"
        if span.told:
            told = self._names.state(RowState.TOLD)
            return f"{told}: {span.told} {pick('von', 'of')} {span.asked}"
        symbol = self._names.state(span.state).split(" ", maxsplit=1)[0]
        told = f"{symbol} {span.taken} {pick('von', 'of')} {span.asked}"
        return f"{told}, {span.late} {pick('verspätet', 'late')}" if span.late else told
