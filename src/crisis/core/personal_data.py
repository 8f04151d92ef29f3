"""
Finding what looks like a person in a free text, so that it is refused before it is stored.

The engine coordinates organisations and holds nothing about anybody affected
(`law-and-trust.md` §6.1, N1 to N6). The patterns are deliberately suspicious: a
refused text can be written anew, a stored name cannot be unseen.
"""

import re
from dataclasses import dataclass

from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A kind of personal data that a text seems to hold; never the text itself."""

    kind: str
    label: Words


_UPPER = "A-ZÄÖÜ"
_NAME = rf"[{_UPPER}][a-zäöüßé]+"
# A person's name may begin with any capital of Europe, and may be an initial only (N1).
_CALLED = r"(?:(?:von|van|de|zu|al|el)[ -])?[A-ZÀ-ÖØ-ÞĀ-Ž](?:\.|[\w'\u2019-]+)"
_TITLE = r"(?:Dr\.|Prof\.|med\.)"
# Words of this field that end like a street and are followed by a number of people.
_NO_STREETS = (
    r"(?!(?:Behandlungs|Betreuungs|Bereitstellungs|Einsatz|Sammel|Verletztensammel|Schlaf|Arbeits"
    r"|Ausbildungs|Kita|Steh|Sitz|Therapie)platz\b|Anrufer\b)"
)

_PATTERNS = (
    (
        Trace(kind="email", label=Words(de="eine E-Mail-Adresse", en="an e-mail address")),
        re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]{2,}"),
    ),
    (
        Trace(kind="iban", label=Words(de="eine Kontonummer (IBAN)", en="an IBAN")),
        re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"),
    ),
    (
        Trace(kind="date-of-birth", label=Words(de="ein Geburtsdatum", en="a date of birth")),
        re.compile(
            r"(?:\bgeb(?:\.|oren)?\b|\bborn\b|\*)\s*(?:am\s*)?\d{1,2}\.\s*\d{1,2}\.\s*\d{2,4}"
            r"|(?<!vom )\b\d{1,2}\.\s?\d{1,2}\.\s?(?:19\d\d|200\d|201\d)\b"
            r"|(?<![\w-])(?:19\d\d|200\d|201\d)-\d\d-\d\d\b",
            re.IGNORECASE,
        ),
    ),
    (
        Trace(kind="phone", label=Words(de="eine Telefonnummer", en="a telephone number")),
        re.compile(r"(?<![\d.,:/-])(?:\+\d{2}|00\d{2}|0\d)[\d\s/()-]{5,}\d"),
    ),
    (
        Trace(kind="plate", label=Words(de="ein Kennzeichen", en="a licence plate")),
        re.compile(rf"\b[{_UPPER}]{{1,3}}-[A-Z]{{1,2}} ?\d{{1,4}}[EH]?\b"),
    ),
    (
        Trace(kind="name", label=Words(de="einen Personennamen", en="a person's name")),
        re.compile(
            r"\b(?:Herrn?|HERRN?|Hr|Frau|FRAU|Mr|Mrs|Ms|Miss|Dr|Prof|Fam|Familie|FAMILIE)\b\.?"
            rf"\s+(?:{_TITLE}\s+)*{_CALLED}"
        ),
    ),
    (
        Trace(kind="street", label=Words(de="eine Anschrift", en="a street address")),
        re.compile(
            rf"\b{_NO_STREETS}{_NAME}(?:-{_NAME})*-?"
            r"(?:[Ss]tr\.|[Ss]traße|[Ss]trasse|weg|platz|allee|gasse|ring|ufer)\s*\d+\s?[a-z]?\b"
            rf"|\b{_NAME} (?:Straße|Str\.|Gasse)\s*\d+\s?[a-z]?\b"
            rf"|\b{_NAME}er (?:Weg|Platz|Allee)\s*\d+\s?[a-z]?\b",
        ),
    ),
)


def traces(text: str, *, place: bool = False) -> tuple[Trace, ...]:
    """
    Return the kinds of personal data a text seems to hold; empty if none.

    With `place` the address of a public place is allowed.
    """
    return tuple(
        trace
        for trace, pattern in _PATTERNS
        if not (place and trace.kind == "street") and pattern.search(text)
    )
