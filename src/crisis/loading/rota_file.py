"""
Rotas from iCalendar files: who holds which shift, worked out into plain shifts.

The conventions are those of `interop.md` 5.4. SUMMARY is a contact id; times
without a zone and whole days are local; where shifts overlap, the one with the
highest PRIORITY counts (RFC 5545: 1 is highest, 0 or none lowest), else the one
that stands first in the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import icalendar
import recurring_ical_events

from crisis.core.availability import ZONE, Rota, Shift
from crisis.loading.problem import Problem, Strength

# A run of the Saxony playbook lasts 18 months (A90), and the directory is pinned at its opening.
LOOK_BACK, LOOK_AHEAD = timedelta(days=2), timedelta(days=600)
# Rules this fine would make millions of shifts; nobody hands over every minute.
TOO_FINE = frozenset({"SECONDLY", "MINUTELY"})
LOWEST_PRIORITY = 10
# What an event says once or not at all (RFC 5545, 3.6.1).
ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "PRIORITY", "RECURRENCE-ID")
GAPS_SHOWN = 3
# What the two calendar libraries raise for calendars that nobody thought of.
ODD_CALENDAR = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One event as the calendar has it; a small `rank` wins over a large one."""

    start: datetime
    end: datetime
    holder: str
    rank: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaReading:
    """What one calendar holds: its shifts in order, and what is wrong with it."""

    rota: Rota
    problems: tuple[Problem, ...]


def read_rota(text: str, *, path: str, around: datetime) -> RotaReading:
    """
    Return the shifts of a calendar from 2 days before to 600 days after a moment.

    Shifts are in UTC, in order and free of overlaps; one holder's turns that
    touch are one shift. Gaps are a warning, everything else that is wrong an error.
    """
    since, until = around - LOOK_BACK, around + LOOK_AHEAD
    try:
        events = icalendar.Calendar.from_ical(text.removeprefix("\ufeff")).walk("VEVENT")
    except ODD_CALENDAR as error:
        return _nothing(_unreadable(path, f"this is not an iCalendar file: {error}"))
    problems = tuple(problem for event in events for problem in _event_problems(event, path))
    if problems:
        return _nothing(*problems)
    try:
        turns = tuple(_turns(text, since=since, until=until))
    except ODD_CALENDAR as error:
        return _nothing(_unreadable(path, f"a rule of repetition cannot be read: {error}"))
    shifts = tuple(_flatten(turns, since=since, until=until))
    if not shifts:
        return _nothing(_empty(path, since, until))
    return RotaReading(
        rota=Rota(shifts=shifts),
        problems=tuple(_gap_warning(shifts, path=path, since=since, until=until)),
    )


def holder_line(text: str, holder: str) -> int:
    """Return the line, from 1, on which a holder is first named; 1 if it is nowhere."""
    return next(
        (
            number
            for number, line in enumerate(text.splitlines(), start=1)
            if line.upper().startswith("SUMMARY") and line.partition(":")[2].strip() == holder
        ),
        1,
    )


def _turns(text: str, *, since: datetime, until: datetime) -> Iterator[Turn]:
    calendar = icalendar.Calendar.from_ical(text.removeprefix("\ufeff"))
    order = {
        str(event.get("UID", "")): index
        for index, event in reversed(list(enumerate(calendar.walk("VEVENT"))))
    }
    for event in recurring_ical_events.of(calendar).between(since, until):
        priority = int(event.get("PRIORITY", 0)) or LOWEST_PRIORITY
        yield Turn(
            start=_in_utc(event["DTSTART"].dt),
            end=_in_utc(event["DTEND"].dt),
            holder=str(event["SUMMARY"]).strip(),
            rank=(priority, order[str(event.get("UID", ""))]),
        )


def _in_utc(moment: date | datetime) -> datetime:
    """Take whole days and floating times as local: that is how rotas are written."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), tzinfo=ZONE)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)


def _flatten(turns: Iterable[Turn], *, since: datetime, until: datetime) -> Iterator[Shift]:
    """Cut overlapping turns at every start and end, and give each piece to the best."""
    within = [turn for turn in turns if turn.start < until and turn.end > since]
    edges = sorted(
        {since, until}
        | {turn.start for turn in within if turn.start > since}
        | {turn.end for turn in within if turn.end < until}
    )
    waiting = sorted(within, key=lambda turn: turn.start, reverse=True)
    running: list[Turn] = []
    open_shift: Shift | None = None
    for start, end in pairwise(edges):
        while waiting and waiting[-1].start <= start:
            running.append(waiting.pop())
        running = [turn for turn in running if turn.end > start]
        holder = min(running, key=lambda turn: turn.rank).holder if running else None
        if open_shift and open_shift.holder == holder:
            open_shift = Shift(start=open_shift.start, end=end, holder=open_shift.holder)
            continue
        if open_shift:
            yield open_shift
        open_shift = None if holder is None else Shift(start=start, end=end, holder=holder)
    if open_shift:
        yield open_shift


def _event_problems(event: icalendar.Component, path: str) -> Iterator[Problem]:
    broken = [f"{name} cannot be read: {reason}" for name, reason in event.errors]
    broken += [f"{name} stands twice in one event" for name in ONCE if _is_twice(event, name)]
    if broken:
        yield from (_unreadable(path, message) for message in broken)
        return
    if "DTSTART" not in event:
        yield _unreadable(path, "an event has no DTSTART")
    elif zone := _unknown_zone(event):
        yield _unreadable(path, f"nobody knows the time zone `{zone}`")
    summary = str(event.get("SUMMARY", "")).strip()
    if not summary:
        yield Problem(
            path=path,
            line=1,
            column=1,
            code="CT025",
            message="an event has no SUMMARY, so nobody holds this shift",
            hint="write the id of a contact into SUMMARY, for example SUMMARY:duty-1",
        )
    if any(_is_endless(rule) for rule in _rules(event)):
        yield _unreadable(path, "a shift repeats every minute or second, or at no interval")


def _is_twice(event: icalendar.Component, name: str) -> bool:
    return isinstance(event.get(name), list)


def _rules(event: icalendar.Component) -> list[icalendar.vRecur]:
    rule = event.get("RRULE", [])
    return rule if isinstance(rule, list) else [rule]


def _is_endless(rule: icalendar.vRecur) -> bool:
    """Tell rules whose shifts nobody could count: the libraries would try to."""
    too_fine = TOO_FINE & {str(part).upper() for part in rule.get("FREQ", [])}
    too_many = "BYSECOND" in rule or len(rule.get("BYMINUTE", [])) > 1
    return bool(too_fine) or too_many or any(int(n) < 1 for n in rule.get("INTERVAL", []))


def _unknown_zone(event: icalendar.Component) -> str:
    """Return the zone of a beginning that should have one and came out floating, else nothing."""
    moment = event.decoded("DTSTART")
    floating = isinstance(moment, datetime) and moment.tzinfo is None
    return str(event["DTSTART"].params.get("TZID", "")) if floating else ""


def _gap_warning(
    shifts: tuple[Shift, ...], *, path: str, since: datetime, until: datetime
) -> Iterator[Problem]:
    ends = [since, *(shift.end for shift in shifts)]
    starts = [*(shift.start for shift in shifts), until]
    gaps = [(end, start) for end, start in zip(ends, starts, strict=True) if end < start]
    if not gaps:
        return
    hours = sum(((end - start) for start, end in gaps), timedelta()) / timedelta(hours=1)
    shown = "; ".join(_span(*gap) for gap in gaps[:GAPS_SHOWN])
    more = f"; and {len(gaps) - GAPS_SHOWN} more" if len(gaps) > GAPS_SHOWN else ""
    yield Problem(
        path=path,
        line=1,
        column=1,
        code="CT024",
        message=f"unstaffed for {hours:.1f} hours: {shown}{more}",
        hint="give somebody these hours, or make sure that the deputy answers then",
        strength=Strength.WARNING,
    )


def _span(start: datetime, end: datetime) -> str:
    first, last = start.astimezone(ZONE), end.astimezone(ZONE)
    return f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}"


def _nothing(*problems: Problem) -> RotaReading:
    return RotaReading(rota=Rota(shifts=()), problems=problems)


def _unreadable(path: str, message: str) -> Problem:
    return Problem(
        path=path,
        line=1,
        column=1,
        code="CT022",
        message=message,
        hint="export the calendar again as iCalendar (.ics), one event per shift",
    )


def _empty(path: str, since: datetime, until: datetime) -> Problem:
    return Problem(
        path=path,
        line=1,
        column=1,
        code="CT023",
        message=f"nobody holds a shift between {since:%Y-%m-%d} and {until:%Y-%m-%d}",
        hint="add shifts, or give the contact another availability",
    )
