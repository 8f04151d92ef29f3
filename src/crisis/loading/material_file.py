"""Information material as contacts files hold it: title, languages, version, until when, where."""

from datetime import date

from pydantic import Field

from crisis.core.material import Material
from crisis.core.words import Words
from crisis.loading.contact_words import DayText, Id, Text, WordsEntry
from crisis.loading.identifiers import Language
from crisis.loading.service_file import LinkText, NeedWord
from crisis.loading.shape import FileModel


class MaterialEntry(FileModel):
    """One leaflet, card or page."""

    id: Id
    title: WordsEntry
    about: list[NeedWord] = Field(min_length=1)
    languages: list[Language] = Field(min_length=1)
    version: Text
    valid_until: DayText
    laid_out: list[Id] = Field(default_factory=list, description="The units where it lies.")
    link: LinkText | None = None


def to_material(entry: MaterialEntry) -> Material:
    """Return the core value."""
    return Material(
        id=entry.id,
        title=Words(de=entry.title.de, en=entry.title.en),
        about=tuple(entry.about),
        languages=tuple(entry.languages),
        version=entry.version,
        valid_until=date.fromisoformat(entry.valid_until),
        laid_out=tuple(entry.laid_out),
        link=entry.link or "",
    )
