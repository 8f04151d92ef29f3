"""When shares of the partners have been reached: a row for each wave and share."""

from datetime import timedelta

from crisis.core.reach_time import ReachTime, Wave
from crisis.render import drawing as draw
from crisis.render.wording import Wording
from crisis.usecases.forecasting import Forecast

PREFIX = "forecast"
_LEFT, _PLOT, _RIGHT, _TOP, _ROW = 330, 560, 250, 66, 26
_LABEL = 27
_MOST_TICKS = 12
_TICKS = (5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880, 10080)


def forecast_svg(found: Forecast, wording: Wording) -> str:
    """Return the picture: from the quick tenth of the runs to the slow one, and their middle."""
    return _Ranges(found, wording).svg()


class _Ranges:
    def __init__(self, found: Forecast, wording: Wording) -> None:
        self._wording = wording
        self._rows = [(wave, time) for wave in found.waves for time in wave.times]
        ends = [end for _, time in self._rows for end in (time.late, time.middle) if end]
        self._length = max([*ends, timedelta(minutes=30)])

    def svg(self) -> str:
        pick = self._wording.pick
        rows = [part for n, row in enumerate(self._rows) for part in self._row(n, *row)]
        width = _LEFT + _PLOT + _RIGHT
        return draw.picture(
            prefix=PREFIX,
            title=pick(
                "Wann welcher Anteil der Partner erreicht ist, je Welle",
                "When which share of the partners has been reached, by wave",
            ),
            description=" ".join(
                f"{self._wording.words(wave.title)}, {time.share} %: {self._told(time)}."
                for wave, time in self._rows
            ),
            size=(width, _TOP + _ROW * len(self._rows) + 12),
            parts=[
                *self._legend(),
                *draw.stripes(len(self._rows), top=_TOP, row=_ROW, width=width),
                *self._axis(),
                *rows,
            ],
        )

    def _legend(self) -> list[str]:
        pick = self._wording.pick
        return draw.legend(
            (
                (
                    [draw.hatched(PREFIX, "plan", draw.PLAN)],
                    pick("acht von zehn Läufen", "eight of ten runs"),
                ),
                (
                    [draw.line(15, -11, 15, 5, stroke=draw.INK, stroke_width=3)],
                    pick("die Hälfte der Läufe", "half of the runs"),
                ),
                (
                    [draw.hatched(PREFIX, "open", draw.BAD)],
                    pick("in vielen Läufen nicht bis zum Ende", "in many runs not by the end"),
                ),
            )
        )

    def _axis(self) -> list[str]:
        total = self._length / timedelta(minutes=1)
        step = next((tick for tick in _TICKS if total / tick <= _MOST_TICKS), _TICKS[-1])
        bottom = _TOP + _ROW * len(self._rows)
        parts = []
        for minutes in range(0, int(total) + 1, step):
            x = self._x(timedelta(minutes=minutes))
            words = f"+{minutes}" if step < 60 else f"+{minutes // 60}\u00a0h"  # noqa: PLR2004 -- minutes in an hour
            parts += [
                draw.line(x, _TOP - 8, x, bottom, stroke=draw.RULE),
                draw.text(
                    x, _TOP - 13, words if minutes else "T0", text_anchor="middle", font_size=11
                ),
            ]
        return parts

    def _x(self, time: timedelta) -> float:
        return _LEFT + _PLOT * min(time / self._length, 1)

    def _row(self, n: int, wave: Wave, time: ReachTime) -> list[str]:
        y = _TOP + _ROW * n + _ROW / 2
        first = n % len(wave.times) == 0
        name = f"{self._wording.words(wave.title)}" if first else ""
        short = name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…"
        parts = [
            draw.text(4, y + 4, short, font_weight="600"),
            draw.text(_LEFT - 14, y + 4, f"{time.share}\u00a0%", text_anchor="end"),
        ]
        if time.early is not None:
            start = self._x(time.early)
            end = _LEFT + _PLOT if time.late is None else self._x(time.late)
            fill = "open" if time.late is None else "plan"
            stroke = draw.BAD if time.late is None else draw.PLAN
            parts += [
                draw.rect(start, y - 6, end - start, 12, fill="#ffffff"),
                draw.rect(
                    start, y - 6, end - start, 12, fill=f"url(#{PREFIX}-{fill})", stroke=stroke
                ),
            ]
        if time.middle is not None:
            x = self._x(time.middle)
            parts.append(draw.line(x, y - 9, x, y + 9, stroke=draw.INK, stroke_width=3))
        colour = draw.BAD if time.middle is None else draw.INK
        told = draw.text(_LEFT + _PLOT + 10, y + 4, self._told(time), font_size=12, fill=colour)
        return [*parts, told]

    def _told(self, time: ReachTime) -> str:
        pick, wording = self._wording.pick, self._wording
        never = pick(
            f"in {wording.percent(time.missed)} nicht", f"not in {wording.percent(time.missed)}"
        )
        if time.middle is None:
            return f"✗ {never}"
        middle = wording.duration(time.middle)
        return f"{middle} ({never})" if time.missed else middle
