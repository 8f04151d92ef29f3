"""What the buttons beside the consents do, on a partner's page and on the incident's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from crisis.core.incident import Incident
from crisis.errors import UsageError
from crisis.usecases import consenting
from crisis.usecases.consenting import Consenting
from crisis.usecases.reading import Desk
from crisis.web.consent_view import TERMS
from crisis.web.forms import Posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Who pressed a button: for which incident, signed how, and as which partner (or the lead)."""

    desk: Desk
    incident: str
    by: str
    partner: str


def give(who: Recorder, posted: Posted) -> Incident:
    """Record that a consent was given, for as many days as were chosen."""
    days = posted.get("consent-days", "")
    if days not in TERMS:
        message = f"{days!r} is no term; there are: {', '.join(filter(None, TERMS))}"
        raise UsageError(message)
    now = who.desk.house.clock.now()
    return consenting.give(
        who.desk,
        _consenting(who, posted),
        recipient=posted.get("consent-recipient", ""),
        expires_at=now + timedelta(days=int(days)) if days else None,
    )


def refuse(who: Recorder, posted: Posted) -> Incident:
    """Record that no consent was given."""
    return consenting.refuse(who.desk, _consenting(who, posted))


def revoke(who: Recorder, posted: Posted) -> Incident:
    """Record that a consent was taken back."""
    code = posted.get("consent", "")
    return consenting.revoke(who.desk, who.incident, code=code, by=who.by, partner=who.partner)


def _consenting(who: Recorder, posted: Posted) -> Consenting:
    return Consenting(
        incident=who.incident,
        scope=posted.get("consent-scope", ""),
        by=who.by,
        partner=who.partner,
        code=posted.get("consent", ""),
        form=posted.get("consent-form", ""),
    )


ACTIONS: Mapping[str, Callable[[Recorder, Posted], Incident]] = {
    "consent-give": give,
    "consent-refuse": refuse,
    "consent-revoke": revoke,
}
