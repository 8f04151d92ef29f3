"""Facts about consent: a code for somebody, never who it is (`no-victims-data.md`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """
    Somebody agreed that a partner is told something.

    `consent` is a code that the house gave out; whoever recorded it knows whose it is.
    `partner` recorded it, empty for the lead. It covers `scope`, towards `recipient`,
    until `expires_at`, if it has an end. `form` is `written` or `oral`, empty where nobody
    said how.
    """

    kind: Literal["consent-given"] = "consent-given"
    consent: str
    scope: str
    recipient: str
    partner: str
    expires_at: datetime | None
    happened_at: datetime
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused:
    """Somebody did not agree: nothing is passed on, and that is a normal end."""

    kind: Literal["consent-refused"] = "consent-refused"
    consent: str
    scope: str
    partner: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRevoked:
    """A consent was taken back: what has not gone is stopped, and whoever had it is told."""

    kind: Literal["consent-revoked"] = "consent-revoked"
    consent: str
    partner: str
    happened_at: datetime
