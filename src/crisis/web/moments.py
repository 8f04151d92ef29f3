"""Times as people read them: Berlin's, with what is left."""

from datetime import datetime, timedelta

from babel.dates import format_date, format_datetime, format_time

from crisis.core.availability import ZONE
from crisis.web.texts import Texts

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_DAY = {"de": "EEE, dd.MM.y", "en": "EEE, d MMM y"}
_LONG = {"de": "EEE, dd.MM.y, HH:mm 'Uhr'", "en": "EEE, d MMM y, HH:mm"}


def long_moment(moment: datetime, say: Texts) -> str:
    """Return a UTC moment as local day and time."""
    return format_datetime(moment.astimezone(ZONE), _LONG[say.language], locale=say.language)


def day_of(moment: datetime, say: Texts) -> str:
    """Return the local day of a UTC moment, without its hour."""
    return format_date(moment.astimezone(ZONE), _DAY[say.language], locale=say.language)


def short_moment(moment: datetime, *, now: datetime, say: Texts) -> str:
    """Return the local time alone if it is today, else day and time."""
    local = moment.astimezone(ZONE)
    if local.date() == now.astimezone(ZONE).date():
        clock = format_time(local, "HH:mm", locale=say.language)
        return say("%(clock)s Uhr", clock=clock)
    return long_moment(moment, say)


def left(due: datetime, *, now: datetime, say: Texts) -> str:
    """Return how long there is still time, or for how long it has been late."""
    if now < due:
        return say("noch %(time)s", time=duration(due - now, say))
    return say("seit %(time)s überschritten", time=duration(now - due, say))


def duration(span: timedelta, say: Texts) -> str:
    """Return a span in its two largest units, rounded down to minutes."""
    if span < MINUTE:
        return say("weniger als 1 Min.")
    days, rest = divmod(span, DAY)
    hours, rest = divmod(rest, HOUR)
    units = (
        (days, say("%(n)s Tg.", n=days)),
        (hours, say("%(n)s Std.", n=hours)),
        (rest // MINUTE, say("%(n)s Min.", n=rest // MINUTE)),
    )
    first = next(place for place, (count, _) in enumerate(units) if count)
    return " ".join(text for count, text in units[first : first + 2] if count)
