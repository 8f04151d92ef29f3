"""
The length of a text message, and how to keep it short without losing anything.

GSM 03.38: 160 septets in one segment, 153 in each of several; the signs of the
extension table take two and are never split. One sign outside both tables
turns the whole text into UCS-2: 70 units, or 67 in each of several.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")

# What looks alike and means the same. Letters of other alphabets stay: a name
# without its accents is another name.
PLAIN = str.maketrans(
    {
        # Quotation marks, apostrophes, dashes, spaces, signs without width.
        **dict.fromkeys("\u201e\u201c\u201d\u00ab\u00bb\u201f\u2033", '"'),
        **dict.fromkeys("\u201a\u2018\u2019\u2039\u203a\u201b\u2032`\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys(
            "\t\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", ""),
        "…": "...",
        "•": "-",
        "·": "-",
        "→": "->",
        "←": "<-",
        "\u00d7": "x",
        "ẞ": "SS",
    }
)


class Encoding(StrEnum):
    """How a text message is carried."""

    GSM_7 = "gsm-7"
    UCS_2 = "ucs-2"


LAST_OF_ONE_UNIT = 0xFFFF
ROOM = {Encoding.GSM_7: (160, 153), Encoding.UCS_2: (70, 67)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The encoding a text needs, its length in that encoding's units, and how many segments."""

    encoding: Encoding
    units: int
    count: int


def plain(text: str) -> str:
    """Return a text with typographic signs replaced by those of GSM-7, umlauts untouched."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    replaced = composed.translate(PLAIN)
    return "".join(sign for sign in replaced if sign == "\n" or unicodedata.category(sign) != "Cc")


def segments(text: str) -> Segments:
    """Return what it takes to send a text as it stands; an empty one takes no segment."""
    is_gsm = all(sign in BASIC or sign in EXTENSION for sign in text)
    encoding = Encoding.GSM_7 if is_gsm else Encoding.UCS_2
    widths = [_width(sign, encoding) for sign in text]
    units = sum(widths)
    alone, each = ROOM[encoding]
    if units <= alone:
        return Segments(encoding=encoding, units=units, count=1 if units else 0)
    count, left = 1, each
    for width in widths:
        # A sign of two units does not straddle two segments.
        if width > left:
            count, left = count + 1, each
        left -= width
    return Segments(encoding=encoding, units=units, count=count)


def _width(sign: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM_7:
        return 2 if sign in EXTENSION else 1
    return 2 if ord(sign) > LAST_OF_ONE_UNIT else 1
