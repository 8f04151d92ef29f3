"""Bulletins as the terminal shows them: what about, until when, who has confirmed."""

from collections.abc import Iterator
from datetime import datetime

from crisis.core.incident import Incident


def bulletin_lines(incident: Incident, *, now: datetime) -> Iterator[str]:
    """Yield a line for each bulletin, without its text."""
    for number, one in incident.bulletins.items():
        asked = incident.asked_about(number)
        confirmed = sum(each.acknowledgement is not None for each in asked)
        countries = f" ({', '.join(one.countries)})" if one.countries else ""
        successor = incident.successor_of(number)
        mark = f", replaced by {successor}" if successor else ""
        if not successor and one.is_expired(now):
            mark = ", expired"
        about = f"{one.about.label.en}{countries}, until {one.valid_until.isoformat()}"
        yield f"{number} {about}{mark}: {confirmed} of {len(asked)} confirmed"
