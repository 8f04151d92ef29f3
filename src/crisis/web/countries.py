"""Countries as people call them; what they type becomes a code (ISO 3166)."""

from collections.abc import Iterable
from functools import cache

from babel import Locale

from crisis.core.country import CODES
from crisis.core.words import LANGUAGES
from crisis.web.texts import Texts


def country_names(codes: Iterable[str], say: Texts) -> str:
    """Return the names of countries in the reader's language; a code nobody knows stays one."""
    names = Locale(say.language).territories
    return ", ".join(names.get(code, code) for code in codes)


def country_code(text: str) -> str:
    """Return the code of a country by code or name, in either language; else the text."""
    return _codes().get(text.strip().casefold(), text)


@cache
def _codes() -> dict[str, str]:
    named = {
        Locale(language).territories[code].casefold(): code
        for language in LANGUAGES
        for code in sorted(CODES)
    }
    return {**named, **{code.casefold(): code for code in sorted(CODES)}}
