"""Shared dates as an iCalendar file (RFC 5545), for any calendar that takes one in."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import icalendar

from crisis.core.almanac import Appointment
from crisis.core.availability import ZONE
from crisis.render.wording import Language

_HOUR = timedelta(hours=1)


def calendar_text(
    appointments: Iterable[Appointment], *, made_at: datetime, language: Language = "de"
) -> str:
    """
    Return dates as the text of an .ics file; `made_at` (UTC) is its stamp.

    A title names a duty, never an incident or a person (`law-and-trust.md` 6.1). Series keep
    their local hour in summer and in winter.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Crisis//shared dates//DE")
    calendar.add("version", "2.0")
    for one in appointments:
        calendar.add_component(_event(one, made_at=made_at, language=language))
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())


def _event(one: Appointment, *, made_at: datetime, language: Language) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{one.id.replace('/', '-')}@crisis.example")
    event.add("dtstamp", made_at)
    event.add("summary", one.title.in_language(language))
    if one.starts_at is not None:
        starts_at = one.starts_at.astimezone(ZONE)
        event.add("dtstart", starts_at)
        event.add("dtend", starts_at + _HOUR)
    elif one.day is not None:
        event.add("dtstart", one.day)
    if one.rule:
        event.add("rrule", icalendar.vRecur.from_ical(one.rule))
    if one.roles:
        event.add("categories", list(one.roles))
    return event
