"""The words of the pages: German in the code, English in the catalogue."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from crisis.core.words import LANGUAGES, Words

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "pages"


class Texts:
    """Says things in one language."""

    def __init__(self, language: str, catalogue: Translations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, text: str, /, **values: object) -> str:
        """Return a German text in this language with its `%(name)s` places filled."""
        said = self._catalogue.gettext(text)
        return said % values if values else said

    def words(self, words: Words) -> str:
        """Return an author's text in this language."""
        return words.in_language(self.language)


@cache
def texts(language: str) -> Texts:
    """Return the texts of a language; what is not in the house reads German."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    return Texts(known, _compiled(known))


def choose_language(asked: str | None, accepted: str) -> str:
    """Return `de` or `en`, from `?lang=` or else from an Accept-Language header."""
    if asked in LANGUAGES:
        return asked
    wishes = (_wish(part, place) for place, part in enumerate(accepted.split(",")))
    for _, _, language in sorted(wishes):
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


def msg(text: str) -> str:
    """Mark a text for the catalogue where it stands; it is said later."""
    return text


def _wish(part: str, place: int) -> tuple[float, int, str]:
    # Blanks may stand around the semicolon (RFC 9110, 12.4.2).
    tag, _, weight = part.replace(" ", "").partition(";q=")
    try:
        wanted = float(weight) if weight else 1.0
    except ValueError:
        wanted = 0.0
    # What somebody cannot read is no wish at all.
    language = tag.split("-")[0].lower() if wanted > 0 else ""
    return (-wanted, place, language)


@cache
def _compiled(language: str) -> Translations:
    # Compiled here, so that no binary file can fall behind its source.
    with (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    machine = BytesIO()
    write_mo(machine, catalogue)
    machine.seek(0)
    return Translations(machine, domain=DOMAIN)
