"""
What makes a step begin again, as authors write it.

    repeat: every 24h until A60
    repeat: daily at 08:00, 18:00 until T0+7d
    repeat: whenever ceremonies changes
    repeat: {rule: FREQ=MONTHLY;INTERVAL=3, from: 2026-10-01, at: "09:00"}

A calendar rule is an RRULE of RFC 5545. Its dates are worked out when the file is read
and are part of the playbook, so that the planner needs no calendar and a running duty
keeps its dates.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated

from dateutil.rrule import rrulestr
from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from crisis.core.availability import ZONE
from crisis.core.repeat import Repeat
from crisis.core.timing import require_utc
from crisis.loading.durations import LONGEST, parse_duration, parse_moment
from crisis.loading.identifiers import Day
from crisis.loading.phrases import STEP_ID
from crisis.loading.shape import FileModel, refuse

# Nobody can answer sooner than they are asked again.
SHORTEST = timedelta(minutes=30)
# Thirty years of one date a week; a finer rule is no standing duty.
MOST_DATES = 1600
OFFICE_MORNING = time(9)
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_END = rf"(?:{STEP_ID}|T0\+\S+)"
_EVERY = re.compile(rf"every (\S+) until ({_END})")
_DAILY = re.compile(rf"daily at ({_CLOCK}(?:\s*,\s*{_CLOCK})*) until ({_END})")
_WHENEVER = re.compile(rf"whenever ([A-Za-z][A-Za-z0-9_-]*) changes(?: until ({_END}))?")
_RULE = re.compile(
    r"FREQ=(?:YEARLY|MONTHLY|WEEKLY)"
    r"(?:;(?:(?:INTERVAL|COUNT)=[1-9][0-9]{0,2}|(?:BYMONTH|BYMONTHDAY|BYDAY|BYSETPOS)=[0-9A-Z,+-]+))*"
)
_HINT = (
    "write every 24h until A60, daily at 08:00, 18:00 until T0+7d, whenever ceremonies changes, "
    "or {rule: FREQ=YEARLY, from: 2026-10-01}"
)
_RULE_HINT = "write an RRULE such as FREQ=MONTHLY;INTERVAL=3 or FREQ=YEARLY;INTERVAL=2"
# What the calendar library raises for rules that nobody thought of.
_ODD_RULE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def parse_repeat(text: object) -> Repeat:
    """
    Return what a phrase says of a step's rounds.

    Raises:
        PydanticCustomError: the phrase is none of those in this module's docstring.
    """
    phrase = text.strip() if isinstance(text, str) else ""
    if match := _EVERY.fullmatch(phrase):
        every = parse_duration(match[1])
        if every < SHORTEST:
            raise refuse("PB230", f"rounds are too close: `{match[1]}`", "write 30m or more")
        return _ending(match[2], every=every)
    if match := _DAILY.fullmatch(phrase):
        clocks = {time.fromisoformat(part.strip()) for part in match[1].split(",")}
        return _ending(match[2], at=tuple(sorted(clocks)))
    if match := _WHENEVER.fullmatch(phrase):
        return _ending(match[2], changes=match[1])
    raise refuse("PB230", f"not a way to repeat: `{text}`", _HINT)


def _ending(
    end: str | None,
    *,
    every: timedelta | None = None,
    at: tuple[time, ...] = (),
    changes: str = "",
) -> Repeat:
    moment = end is not None and end.startswith("T0")
    return Repeat(
        every=every,
        at=at,
        changes=changes,
        until="" if moment or end is None else end,
        latest=parse_moment(end) if moment else None,
    )


def _parse_clock(text: object) -> time:
    if not isinstance(text, str) or not re.fullmatch(_CLOCK, text):
        raise refuse("PB230", f"not a time of day: `{text}`", 'write "09:00"')
    return time.fromisoformat(text)


def _parse_rule(text: object) -> str:
    if not isinstance(text, str) or not _RULE.fullmatch(text):
        raise refuse("PB230", f"not a calendar rule: `{text}`", _RULE_HINT)
    try:
        dates = dates_of(text, first=date(2024, 1, 1), at=OFFICE_MORNING, until=date(2054, 1, 1))
    except _ODD_RULE as error:
        raise refuse("PB230", f"not a calendar rule: {error}", _RULE_HINT) from None
    if not dates:
        raise refuse("PB230", f"`{text}` names no date at all", _RULE_HINT)
    if len(dates) > MOST_DATES:
        message = f"`{text}` names more than one date a week"
        raise refuse("PB230", message, "a standing duty comes once a week at most")
    return text


class CalendarFile(FileModel):
    """A standing duty's dates: a calendar rule, the first date, and the hour."""

    rule: Annotated[str, BeforeValidator(_parse_rule), WithJsonSchema({"type": "string"})] = Field(
        description="An RRULE: `FREQ=MONTHLY;INTERVAL=3`."
    )
    from_: Day = Field(alias="from", description="The first date, from which the rule counts.")
    at: Annotated[time, BeforeValidator(_parse_clock), WithJsonSchema({"type": "string"})] = Field(
        OFFICE_MORNING, description="The local time at which partners are asked."
    )


def _tag(value: object) -> str:
    return "calendar" if isinstance(value, dict | CalendarFile) else "phrase"


RepeatFile = Annotated[
    Annotated[
        Annotated[Repeat, BeforeValidator(parse_repeat), WithJsonSchema({"type": "string"})],
        Tag("phrase"),
    ]
    | Annotated[CalendarFile, Tag("calendar")],
    Discriminator(_tag),
]


def to_repeat(written: "Repeat | CalendarFile | None", *, today: date) -> Repeat | None:
    """
    Return the core value of a step's `repeat`.

    A rule's dates go on for ten years after `today`, the day of the next review.
    """
    if isinstance(written, CalendarFile):
        until = max(written.from_, today) + LONGEST
        dates = dates_of(written.rule, first=written.from_, at=written.at, until=until)
        return Repeat(dates=dates, rule=written.rule)
    return written


def dates_of(rule: str, *, first: date, at: time, until: date) -> tuple[datetime, ...]:
    """Return the moments of an RRULE in UTC from `first` on, the local hour kept."""
    begins = datetime.combine(first, at)
    # Local clock times: an hour in the morning stays that hour in summer and in winter.
    found = rrulestr(rule, dtstart=begins).between(begins, datetime.combine(until, at), inc=True)
    return tuple(require_utc(moment.replace(tzinfo=ZONE)) for moment in found)
