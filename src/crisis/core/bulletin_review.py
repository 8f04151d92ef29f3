"""Which bulletins a run passed on, and who confirmed them: a part of the report, without texts."""

from dataclasses import dataclass
from datetime import date, datetime

from crisis.core import event as ev
from crisis.core.scope import Scope
from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinReview:
    """
    One bulletin: what about, from whom (empty: the lead), who was asked and who confirmed.

    `last_confirmed_at` is when the last of those who did confirmed it, None if nobody did.
    """

    bulletin: str
    step: str
    about: Words
    countries: tuple[str, ...]
    valid_until: date
    partner: str
    issued_at: datetime
    replaced_by: str
    asked: tuple[str, ...]
    confirmed: tuple[str, ...]
    last_confirmed_at: datetime | None
    evidence: tuple[int, ...]


def bulletin_reviews(scope: Scope) -> tuple[BulletinReview, ...]:
    """Return every bulletin that was issued, in order."""
    return tuple(
        _review(scope, entry.seq, entry.event)
        for entry in scope.entries
        if isinstance(entry.event, ev.BulletinIssued)
    )


def _review(scope: Scope, seq: int, issued: ev.BulletinIssued) -> BulletinReview:
    asked = scope.incident.asked_about(issued.bulletin)
    confirmed = {
        one.partner: one.acknowledgement.happened_at
        for one in asked
        if one.acknowledgement is not None
    }
    taken = (seq for one in asked for seq in scope.taken_seqs(one))
    return BulletinReview(
        bulletin=issued.bulletin,
        step=issued.step,
        about=issued.about.label,
        countries=issued.countries,
        valid_until=issued.valid_until,
        partner=issued.partner,
        issued_at=issued.happened_at,
        replaced_by=scope.incident.successor_of(issued.bulletin),
        asked=tuple(one.partner for one in asked),
        confirmed=tuple(confirmed),
        last_confirmed_at=max(confirmed.values(), default=None),
        evidence=(seq, *taken),
    )
