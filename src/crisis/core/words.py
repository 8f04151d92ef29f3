"""Text in the two languages of the house."""

from dataclasses import dataclass

LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One text in German and English; English falls back to German where it is empty."""

    de: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """Return the text in `de` or `en`; any other language reads German."""
        return self.en if language == "en" and self.en else self.de
