"""Bulletins that a step carries, as authors write them."""

from typing import Literal

from pydantic import Field

from crisis.core.bulletin import BulletinClass, BulletinRule
from crisis.loading.identifiers import WordList
from crisis.loading.shape import FileModel

ClassWord = Literal["affected", "counsellors", "country-of-origin", "victim-protection", "general"]


class BulletinFile(FileModel):
    """News that concerns safety: each begins a round in which everybody confirms it."""

    about: list[ClassWord] = Field(
        min_length=1,
        description="What it may be about: `affected` and `counsellors` (their safety),"
        " `country-of-origin`, `victim-protection` (a change in it), or `general`, which is"
        " about no case and is refused if it seems to name one.",
    )
    by: WordList = Field(description="The roles that may issue one, beside the lead.")

    def rule(self) -> BulletinRule:
        """Return the core value."""
        classes = tuple(dict.fromkeys(BulletinClass(word) for word in self.about))
        return BulletinRule(classes=classes, by=tuple(self.by))
