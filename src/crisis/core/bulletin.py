"""
Bulletins: news that concerns safety, about whom, from which country, until when.

The Federal Police tell counselling what touches those affected or counsellors (seed S5,
number 5); counselling tells the Federal Police in general, about no case (number 6). Each
bulletin begins a round of its own, in which every addressee confirms it (ADR 0027).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from crisis.core.availability import ZONE
from crisis.core.words import Words


class BulletinClass(StrEnum):
    """What a bulletin is about."""

    AFFECTED = "affected"
    COUNSELLORS = "counsellors"
    COUNTRY = "country-of-origin"
    PROTECTION = "victim-protection"
    GENERAL = "general"

    @property
    def label(self) -> Words:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    BulletinClass.AFFECTED: Words(de="Sicherheit der Betroffenen", en="safety of those affected"),
    BulletinClass.COUNSELLORS: Words(de="Sicherheit der Beratenden", en="safety of counsellors"),
    BulletinClass.COUNTRY: Words(de="Lage im Herkunftsland", en="situation in the country"),
    BulletinClass.PROTECTION: Words(
        de="Änderung im Opferschutz", en="change in victim protection"
    ),
    BulletinClass.GENERAL: Words(
        de="allgemeine Entwicklung, ohne Fallbezug", en="general development, about no case"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinRule:
    """Which classes of bulletins a step carries; `by` are the roles that may issue one."""

    classes: tuple[BulletinClass, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinIssued:
    """
    A bulletin was issued: the step that carries it now asks everybody to confirm it.

    `bulletin` is the number the house gave it. `partner` issued it through `contact`, both
    empty where the lead did. `text` is empty where it is told by word of mouth only: then
    the log holds that it was told and what it was about. It holds to the end of
    `valid_until`, a local day. `replaces` is the number of the one it takes the place of.
    """

    kind: Literal["bulletin-issued"] = "bulletin-issued"
    bulletin: str
    step: str
    about: BulletinClass
    countries: tuple[str, ...]
    valid_until: date
    text: str
    happened_at: datetime
    partner: str = ""
    contact: str = ""
    replaces: str = ""

    def is_expired(self, now: datetime) -> bool:
        """Return whether its last day is over."""
        return now >= self.expires_at

    @property
    def expires_at(self) -> datetime:
        """The moment from which on it no longer holds."""
        day = self.valid_until + timedelta(days=1)
        return datetime.combine(day, time(), tzinfo=ZONE).astimezone(UTC)
