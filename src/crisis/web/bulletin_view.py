"""Bulletins as the pages show them: what about, from where, until when, and who has confirmed."""

from datetime import datetime

from babel.dates import format_date

from crisis.core.bulletin import BulletinIssued
from crisis.core.incident import Incident
from crisis.core.issuing import steps_for
from crisis.web.countries import country_names
from crisis.web.moments import long_moment
from crisis.web.naming import Names
from crisis.web.texts import Texts

View = dict[str, object]
_DAY = {"de": "dd.MM.y", "en": "d MMM y"}


def bulletins_view(incident: Incident, *, names: Names, now: datetime, say: Texts) -> View | None:
    """Return all bulletins for the lead, the latest first; None where no step carries any."""
    steps = steps_for(incident, "")
    if not steps:
        return None
    issued = reversed(tuple(incident.bulletins.values()))
    return {
        "records": [_record(one, incident, names=names, now=now, say=say) for one in issued],
        "steps": issuable_view(incident, "", say=say),
    }


def bulletin_here(incident: Incident, step: str, *, now: datetime, say: Texts) -> View | None:
    """Return the bulletin that a step's round passes on, for whom it asks; None if none."""
    bulletin = incident.bulletins.get(incident.run_of(step).bulletin)
    if bulletin is None:
        return None
    return _record(bulletin, incident, names=Names(incident, say), now=now, say=say)


def bulletin_line(bulletin: BulletinIssued, *, say: Texts) -> str:
    """Return what a bulletin is about and until when it holds; never its text."""
    day = format_date(bulletin.valid_until, _DAY[say.language], locale=say.language)
    parts = (
        say.words(bulletin.about.label),
        country_names(bulletin.countries, say),
        say("gilt bis %(day)s", day=day),
        say("ersetzt %(number)s", number=bulletin.replaces) if bulletin.replaces else "",
    )
    return ", ".join(part for part in parts if part)


def issuable_view(incident: Incident, partner: str, *, say: Texts) -> list[tuple[str, str]]:
    """Return over which steps a partner, or the lead (empty), may issue one now, with titles."""
    steps = steps_for(incident, partner) if incident.state == "open" else ()
    return [(step.id, say.words(step.title)) for step in steps]


def _record(
    bulletin: BulletinIssued, incident: Incident, *, names: Names, now: datetime, say: Texts
) -> View:
    asked = incident.asked_about(bulletin.bulletin)
    return {
        "number": bulletin.bulletin,
        "about": say.words(bulletin.about.label),
        "line": bulletin_line(bulletin, say=say),
        "step": names.step(bulletin.step),
        "sender": names.partner(bulletin.partner) if bulletin.partner else say("Federführung"),
        "at": long_moment(bulletin.happened_at, say),
        "text": bulletin.text,
        "expired": bulletin.is_expired(now),
        "successor": incident.successor_of(bulletin.bulletin),
        "asked": len(asked),
        "confirmed": sum(one.acknowledgement is not None for one in asked),
    }
