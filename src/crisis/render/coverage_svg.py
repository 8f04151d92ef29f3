"""The heat strips of a proof of coverage: one per binding step, days across, hours down."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from crisis.core.availability import ZONE
from crisis.core.coverage import Coverage, StepCoverage
from crisis.core.exposure import Gap
from crisis.render import drawing as draw
from crisis.render.wording import Wording

PREFIX = "coverage"
_LEFT, _PLOT, _RIGHT, _TOP = 292, 760, 96, 66
_STRIP, _ROW = 26, 34
_LABEL = 34
_DAY = timedelta(days=1)
_HOURS = 24 * 60
# Marks of the axis: days, weeks or months, so that their words do not touch.
_FEW_DAYS, _SOME_DAYS = 16, 100
# Part of a day, in minutes from midnight, and whether nobody at all is left then.
Part = tuple[int, int, bool]


def coverage_svg(proof: Coverage, wording: Wording) -> str:
    """Return the picture of all binding steps."""
    return _Strips(proof, wording).svg()


class _Strips:
    def __init__(self, proof: Coverage, wording: Wording) -> None:
        self._proof, self._wording = proof, wording
        self._first = proof.since.astimezone(ZONE).date()
        last = (proof.until - timedelta.resolution).astimezone(ZONE).date()
        self._days = (last - self._first).days + 1
        self._width = _PLOT / self._days

    def svg(self) -> str:
        steps = self._proof.steps
        pick = self._wording.pick
        rows = [part for n, step in enumerate(steps) for part in self._row(n, step)]
        return draw.picture(
            prefix=PREFIX,
            title=pick(
                "Deckung je verbindlichem Schritt: Tage von links nach rechts,"
                " Stunden von oben nach unten",
                "Coverage by binding step: days from left to right, hours from top to bottom",
            ),
            description=" ".join(f"{one.step.id}: {self._told(one)}." for one in steps),
            size=(_LEFT + _PLOT + _RIGHT, _TOP + _ROW * len(steps) + 8),
            parts=[*self._legend(), *self._axis(), *rows],
        )

    def _legend(self) -> list[str]:
        pick = self._wording.pick
        return draw.legend(
            (
                (
                    [draw.rect(0, -9, 30, 12, fill=draw.CALM, stroke=draw.PLAN)],
                    pick("gedeckt", "covered"),
                ),
                (
                    [draw.hatched(PREFIX, "weak", draw.WARN)],
                    pick("ein Ausfall zu viel", "one outage too many"),
                ),
                (
                    [draw.hatched(PREFIX, "open", draw.BAD)],
                    pick("auch ohne Ausfall niemand", "nobody even without an outage"),
                ),
            )
        )

    def _axis(self) -> Iterator[str]:
        bottom = _TOP + _ROW * len(self._proof.steps)
        for day, words in self._marks():
            x = _LEFT + (day - self._first).days * self._width
            yield draw.line(x, _TOP - 12, x, bottom, stroke=draw.RULE)
            yield draw.text(x + 3, _TOP - 14, words, font_size=11, fill=draw.SOFT)

    def _marks(self) -> Iterator[tuple[date, str]]:
        for n in range(self._days):
            day = self._first + _DAY * n
            at = datetime.combine(day, time(12), tzinfo=ZONE)
            if self._days > _SOME_DAYS:
                if day.day == 1:
                    yield day, self._wording.month(at)
            elif self._days <= _FEW_DAYS or day.weekday() == 0:
                yield day, self._wording.short_day(at)

    def _row(self, n: int, one: StepCoverage) -> Iterator[str]:
        y = _TOP + _ROW * n
        title = self._wording.words(one.step.title)
        yield from draw.row_label(y + _STRIP / 2, one.step.id, title, indent=48, most=_LABEL)
        yield draw.rect(_LEFT, y, _PLOT, _STRIP, fill=draw.CALM)
        for day, length, (start, end, is_open) in _blocks(self._parts(one)):
            x = _LEFT + (day - self._first).days * self._width
            top, height = y + _STRIP * start / _HOURS, _STRIP * (end - start) / _HOURS
            hatching = "open" if is_open else "weak"
            ground = draw.BAD_GROUND if is_open else draw.WARN_GROUND
            for fill in (ground, f"url(#{PREFIX}-{hatching})"):
                yield draw.rect(x, top, self._width * length, max(height, 1.5), fill=fill)
        yield draw.rect(_LEFT, y, _PLOT, _STRIP, fill="none", stroke=draw.PLAN, stroke_width=0.8)
        yield draw.text(
            _LEFT + _PLOT + 8,
            y + _STRIP / 2 + 4,
            self._told(one),
            font_size=12,
            fill=draw.GOOD if one.is_covered else draw.BAD,
        )

    def _told(self, one: StepCoverage) -> str:
        pick = self._wording.pick
        if one.is_covered:
            return pick("✓ gedeckt", "✓ covered")
        if one.unheld:
            return pick("✗ unbesetzt", "✗ nobody")
        whole = self._proof.until - self._proof.since
        uncovered = union(gap for partner in one.partners for gap in partner.gaps)
        share = sum((end - start for start, end in uncovered), timedelta()) / whole
        percent = self._wording.percent(share)
        return pick(f"✗ {percent} offen", f"✗ {percent} open")

    def _parts(self, one: StepCoverage) -> dict[date, tuple[Part, ...]]:
        """Return which parts of which days are open; where several partners are, the worst."""
        if one.unheld:
            days = (self._first + _DAY * n for n in range(self._days))
            return dict.fromkeys(days, ((0, _HOURS, True),))
        found: dict[date, tuple[Part, ...]] = {}
        gaps = tuple(gap for partner in one.partners for gap in partner.gaps)
        for worst in (False, True):
            for start, end in union(gap for gap in gaps if gap.is_open or not worst):
                for day, part in _by_day(start, end):
                    found[day] = (*found.get(day, ()), (*part, worst))
        return found


def union(gaps: Iterable[Gap]) -> list[tuple[datetime, datetime]]:
    """Return the periods in which any of some gaps is open, in order and apart."""
    joined: list[tuple[datetime, datetime]] = []
    for gap in sorted(gaps, key=lambda gap: gap.since):
        if joined and gap.since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], gap.until))
        else:
            joined.append((gap.since, gap.until))
    return joined


def _by_day(start: datetime, end: datetime) -> Iterator[tuple[date, tuple[int, int]]]:
    """Yield the parts of local days that a period fills, in minutes from midnight."""
    first, last = start.astimezone(ZONE), end.astimezone(ZONE)
    day = first.date()
    while day <= last.date():
        begins = first.hour * 60 + first.minute if day == first.date() else 0
        ends = last.hour * 60 + last.minute if day == last.date() else _HOURS
        if ends > begins:
            yield day, (begins, ends)
        day += _DAY


def _blocks(parts: dict[date, tuple[Part, ...]]) -> Iterator[tuple[date, int, Part]]:
    """Yield parts that are the same on neighbouring days as one, with how many days it spans."""
    running: dict[Part, tuple[date, int]] = {}
    # What is worse is drawn later, over what is less so.
    finished: list[tuple[date, int, Part]] = []
    for day in sorted(parts):
        going_on = {}
        for part in parts[day]:
            first, length = running.pop(part, (day, 0))
            if first + _DAY * length != day:
                finished.append((first, length, part))
                first, length = day, 0
            going_on[part] = (first, length + 1)
        finished += [(first, length, part) for part, (first, length) in running.items()]
        running = going_on
    finished += [(first, length, part) for part, (first, length) in running.items()]
    yield from sorted(finished, key=lambda block: (block[2][2], block[0]))
