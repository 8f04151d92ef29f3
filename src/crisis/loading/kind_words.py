"""Words of files that stand, one to one, for a kind of the core; each is written here once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from crisis.core.contact import Tlp

ChannelWord = Literal["email", "http", "sms", "phone-by-hand", "portal"]
FieldWord = Literal[
    "tristate", "choice", "band", "count", "text", "time", "list", "needs", "date", "countries"
]
TlpWord = Literal["clear", "green", "amber", "amber+strict", "red"]

# The least protected first, as in the core.
TLP_WORDS: tuple[TlpWord, ...] = get_args(TlpWord)
TLP_BY_WORD: Mapping[TlpWord, Tlp] = MappingProxyType(dict(zip(TLP_WORDS, Tlp, strict=True)))
