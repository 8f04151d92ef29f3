"""An axis of time on which both the first minutes and the last weeks can be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from crisis.render import drawing as draw
from crisis.render.wording import Wording

_GAP = 12
_HOUR, _SOON = timedelta(hours=1), timedelta(hours=4)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_HUNDRED_DAYS = timedelta(days=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A part of the axis with a scale of its own, from `start` to `end` since T0."""

    start: timedelta
    end: timedelta
    x: float
    width: float
    title: str
    tick: timedelta


class TimeScale:
    """
    A scale of hours, then days, that changes a few times and says so.

    Times count from `origin`. It begins there, or `before` it, and reaches over `length`;
    it is drawn from `left` over `width`, its words above `top`.
    """

    def __init__(
        self,
        length: timedelta,
        wording: Wording,
        *,
        left: float,
        width: float,
        top: float,
        before: timedelta = timedelta(),
        origin: str = "T0",
    ) -> None:
        self._origin, self._top = origin, top
        plans = [*_before(before, wording, origin), *_after(length, wording, origin)]
        self._stretches = tuple(_placed(plans, left=left, width=width))

    def x(self, since: timedelta) -> float:
        """Return where a moment lies; what lies beyond an end lies at the end."""
        first, last = self._stretches[0], self._stretches[-1]
        since = min(max(since, first.start), last.end)
        stretch = next(one for one in self._stretches if since <= one.end)
        return stretch.x + stretch.width * (
            (since - stretch.start) / (stretch.end - stretch.start)
        )

    def pieces(self, start: timedelta, end: timedelta) -> Iterator[tuple[float, float]]:
        """Yield where a bar lies and how wide it is, in one piece for each scale."""
        left, right = self.x(start), self.x(end)
        for stretch in self._stretches:
            x1, x2 = max(left, stretch.x), min(right, stretch.x + stretch.width)
            if x1 < x2 or (left == right and x1 == x2):
                yield x1, x2 - x1

    def gaps(self, height: float) -> list[str]:
        """Return white between two scales: the eye must not read across."""
        return [
            draw.rect(
                one.x - _GAP + 1, self._top - 60, _GAP - 2, height - self._top + 56, fill="#fff"
            )
            for one in self._stretches[1:]
        ]

    def axis(self, height: float) -> list[str]:
        """Return the headings of the scales, and their ticks down to `height`."""
        parts: list[str] = []
        for stretch in self._stretches:
            middle = stretch.x + stretch.width / 2
            parts += [
                draw.rect(stretch.x, self._top - 60, stretch.width, 20, fill="#e3e9f0"),
                draw.text(
                    middle,
                    self._top - 46,
                    stretch.title,
                    text_anchor="middle",
                    font_size=11,
                    font_weight="600",
                ),
            ]
            first = stretch.start <= timedelta()
            tick = stretch.start if first else stretch.start + stretch.tick
            while tick <= stretch.end:
                # The origin is told where the first scale behind it begins.
                if tick != timedelta() or stretch.start == timedelta():
                    parts += self._tick(stretch, tick, height)
                tick += stretch.tick
        return parts

    def _tick(self, stretch: _Stretch, tick: timedelta, height: float) -> list[str]:
        x = stretch.x + stretch.width * (tick - stretch.start) / (stretch.end - stretch.start)
        unit = _HOUR if stretch.tick < _DAY else _DAY
        number = f"{abs(tick) // unit}"
        label = number if tick > timedelta() else f"\u2212{number}" if tick else self._origin
        top = self._top
        return [
            draw.line(x, top - 8, x, height - 8, stroke=draw.RULE),
            draw.text(x, top - 14, label, text_anchor="middle", font_size=11, fill=draw.SOFT),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A stretch before it has its place; `share` is its part of the width."""

    start: timedelta
    end: timedelta
    share: int
    title: str
    tick: timedelta


def _before(before: timedelta, wording: Wording, origin: str) -> Iterator[_Plan]:
    if not before:
        return
    title = wording.pick(f"Tage vor {origin}", f"days before {origin}")
    # Whole ticks, so that one of them lies at the origin.
    tick = _DAY * max(-(-(before // _DAY) // 3), 1)
    start = -tick * -(-before // tick)
    yield _Plan(start=start, end=timedelta(), share=3, title=title, tick=tick)


def _after(length: timedelta, wording: Wording, origin: str) -> Iterator[_Plan]:
    pick = wording.pick
    hours = pick(f"Stunden seit {origin}", f"hours since {origin}")
    days = pick(f"Tage seit {origin}", f"days since {origin}")
    scales = (
        (_SOON, _HOUR, 5, hours),
        (_DAY, 4 * _HOUR, 4, hours),
        (_WEEK, 2 * _DAY, 3, days),
        (length, _weeks(length), 4, days),
    )
    start = timedelta()
    for limit, tick, share, title in scales:
        end = min(max(length, 2 * _HOUR), limit)
        if start < end:
            yield _Plan(start=start, end=end, share=share, title=title, tick=tick)
            start = end


def _placed(plans: list[_Plan], *, left: float, width: float) -> Iterator[_Stretch]:
    weight = sum(plan.share for plan in plans)
    usable = width - _GAP * (len(plans) - 1)
    x = left
    for plan in plans:
        own = usable * plan.share / weight
        yield _Stretch(
            start=plan.start, end=plan.end, x=x, width=own, title=plan.title, tick=plan.tick
        )
        x += own + _GAP


def _weeks(length: timedelta) -> timedelta:
    """Return whole weeks, so that the words of the ticks behind the first week have room."""
    ticks = 6 if length < _HUNDRED_DAYS else 4
    return _WEEK * max(-(-(length // _WEEK) // ticks), 1)
