"""Text in German and English as authors write it: `{de: …, en: …}`."""

from typing import Annotated

from pydantic import AfterValidator, Field

from crisis.core.words import Words
from crisis.loading.shape import FileModel, refuse


def _require_text(text: str) -> str:
    if not text.strip():
        raise refuse("PB110", "the German text is empty", "write the text; German comes first")
    return " ".join(text.split())


def _one_line(text: str) -> str:
    return " ".join(text.split())


class WordsFile(FileModel):
    """A text in German and, where it exists, in English."""

    de: Annotated[str, AfterValidator(_require_text), Field(description="The German text.")]
    en: Annotated[str, AfterValidator(_one_line), Field(description="The English text.")] = ""

    def words(self) -> Words:
        """Return the core value."""
        return Words(de=self.de, en=self.en)
