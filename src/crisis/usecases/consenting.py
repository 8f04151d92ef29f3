"""What is recorded about consent, by a partner on its page or by the lead."""

from dataclasses import dataclass
from datetime import datetime

from crisis.core import consenting
from crisis.core.complaint import by_desk
from crisis.core.consenting import Record
from crisis.core.incident import Incident
from crisis.core.refusal import moment_of
from crisis.errors import RefusedError
from crisis.usecases.reading import Desk
from crisis.usecases.recording import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Consenting:
    """
    Who records a consent, and to what.

    `partner` is empty for the lead. `code` is the next code that was shown, so that
    what is sent twice is recorded once; empty where nobody was shown one. `form` is
    `written` or `oral`, empty where nobody said.
    """

    incident: str
    scope: str
    by: str
    partner: str = ""
    code: str = ""
    form: str = ""
    happened_at: datetime | None = None


def give(
    desk: Desk, given: Consenting, *, recipient: str, expires_at: datetime | None
) -> Incident:
    """
    Record that somebody agreed that a partner is told something.

    Raises:
        NotFoundError: unknown incident, scope or recipient; the message lists them.
        RefusedError: it was recorded before, or this partner records none here.
        UsageError: the consent has ended already, or must be in writing here.
    """
    return record(
        desk,
        given.incident,
        lambda incident, now: consenting.give(
            incident,
            _record(incident, given, now),
            recipient=recipient,
            expires_at=expires_at,
            now=now,
            form=given.form,
        ),
        by=given.by,
        rule=by_desk,
    )


def refuse(desk: Desk, given: Consenting) -> Incident:
    """Record that somebody did not agree: a normal end; raises as `give` does."""
    return record(
        desk,
        given.incident,
        lambda incident, now: consenting.refuse(incident, _record(incident, given, now), now=now),
        by=given.by,
        rule=by_desk,
    )


def revoke(
    desk: Desk,
    incident_id: str,
    *,
    code: str,
    by: str,
    partner: str = "",
    happened_at: datetime | None = None,
) -> Incident:
    """Record that a consent was taken back; see `core.consenting.revoke` for what is refused."""
    return record(
        desk,
        incident_id,
        lambda incident, now: consenting.revoke(
            incident,
            code=code,
            partner=partner,
            happened_at=moment_of(incident, happened_at, now=now),
            now=now,
        ),
        by=by,
        rule=by_desk,
    )


def _record(incident: Incident, given: Consenting, now: datetime) -> Record:
    if given.code and given.code != consenting.next_code(incident):
        message = f"{given.code} was recorded already; nothing was changed"
        raise RefusedError(message)
    return Record(
        scope=given.scope,
        partner=given.partner,
        happened_at=moment_of(incident, given.happened_at, now=now),
    )
