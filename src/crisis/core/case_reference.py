"""
Finding what looks like a case in a free text, where nothing about a case may stand.

General news goes to the police without anybody's consent, because it is about no case
(seed S5, number 6); whoever has a case needs consent (number 4). As with personal data the
patterns are deliberately suspicious: a refused text can be written anew.
"""

import re

from crisis.core.words import Words

_REGISTERS = "Js|UJs|BJs|OJs|StE|Gs|Ls|Ds|Cs|KLs|Ks|StR|Ss|Ws|Qs|AR|VRs"
_PATTERNS = (
    (
        Words(de="ein Aktenzeichen", en="a file number"),
        re.compile(
            r"\b(?:Az|Aktenzeichen|GZ|Geschäftszeichen|Tgb|Tagebuchnummer|Vorgangs?(?:nummer|-?Nr)"
            r"|VNr|file number|reference number)\b\.?\s*:?\s*\S*\d"
            rf"|\b\d{{1,4}}\s?(?:{_REGISTERS})\s?\d{{1,6}}/\d{{2,4}}\b"
            # Directives are numbered by their year.
            r"|\b(?!20\d\d/)\d{4,}[-/]\d{3,}(?:[-/]\d{2,})?\b",
            re.IGNORECASE,
        ),
    ),
    (
        Words(de="die Nummer eines Falls", en="the number of a case"),
        re.compile(
            r"\b(?:Fall|Akte|Vorgang|Klientin?|Mandantin?|Zeugin|Zeuge|case|client|witness)"
            r"\s*(?:Nr\.?|No\.?|number|#)?\s*:?\s*(?:[A-Z]{1,3}-?)?\d[\w/-]*",
            re.IGNORECASE,
        ),
    ),
    (
        Words(de="den Code einer Einwilligung oder Person", en="the code of a consent or person"),
        re.compile(r"(?<![\w-])[A-Z]{1,2}-(?=[A-Z0-9]*\d)[A-Z0-9]{2,6}\b"),
    ),
    (
        Words(de="Kennwort oder Nummer eines Einsatzes", en="the code word or id of a run"),
        re.compile(r"\b[A-ZÄÖÜ]{4,} \d{2}\b|\b\d{8}-\d{4}-[a-z0-9]{4}\b"),
    ),
)


def case_references(text: str) -> tuple[Words, ...]:
    """Return what in a text seems to name a case, as people call it; empty if nothing does."""
    return tuple(label for label, pattern in _PATTERNS if pattern.search(text))
