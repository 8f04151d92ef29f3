"""Records of consent as plain values: codes, what they cover, and what may be recorded next."""

from datetime import datetime

from crisis.core.consenting import gated_by, next_code, recipients, scopes_of
from crisis.core.incident import Incident
from crisis.core.message import withdrawn_message
from crisis.core.state import Consent
from crisis.web.moments import long_moment
from crisis.web.naming import Names
from crisis.web.texts import Texts, msg

View = dict[str, object]
# How a consent was given; the weaker first, so that nobody claims the stronger by haste.
FORMS = {"oral": msg("mündlich"), "written": msg("schriftlich")}
# For how many days a consent may hold, as the pages offer it.
TERMS = {
    "30": msg("30 Tage"),
    "90": msg("90 Tage"),
    "365": msg("ein Jahr"),
    "": msg("bis auf Widerruf"),
}


def consents_view(incident: Incident, partner: str, *, now: datetime, say: Texts) -> View | None:
    """
    Return the records that a partner made, or all for the lead (an empty id).

    None where there is no gate for which this partner may record anything.
    """
    scopes = scopes_of(incident, partner)
    if not scopes:
        return None
    names = Names(incident, say)
    told = {
        recipient: names.partner(recipient)
        for scope in scopes
        for recipient in recipients(incident, gated_by(incident, scope.id))
    }
    return {
        "next": next_code(incident),
        "open": incident.state == "open",
        "scopes": [(scope.id, say.words(scope.label)) for scope in scopes],
        "recipients": list(told.items()),
        "forms": [(form, say(words)) for form, words in FORMS.items()],
        "terms": [(days, say(words)) for days, words in TERMS.items()],
        "records": [
            _record(one, names=names, now=now, say=say)
            for one in incident.consents.values()
            if not partner or one.partner == partner
        ],
    }


def withdrawn_words(incident: Incident, step: str, *, say: Texts) -> str:
    """Return what a partner reads of a consent that was taken back."""
    return withdrawn_message(incident, step, say.language)


def _record(one: Consent, *, names: Names, now: datetime, say: Texts) -> View:
    return {
        "code": one.code,
        "scope": names.scope(one.scope),
        "recipient": names.partner(one.recipient) if one.recipient else "",
        "form": say(FORMS[one.form]) if one.form in FORMS else "",
        "state": _state(one, now=now, say=say),
        "revocable": not one.refused and one.revoked_at is None,
    }


def _state(one: Consent, *, now: datetime, say: Texts) -> str:
    if one.refused:
        return say("nicht erteilt; nichts wird weitergegeben")
    if one.revoked_at is not None:
        return say("widerrufen am %(at)s", at=long_moment(one.revoked_at, say))
    if one.expires_at is None:
        return say("gilt bis auf Widerruf")
    at = long_moment(one.expires_at, say)
    return (
        say("abgelaufen am %(at)s", at=at) if one.is_over(now) else say("gilt bis %(at)s", at=at)
    )
