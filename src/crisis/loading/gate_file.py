"""Consent gates as authors write them."""

from typing import Literal

from pydantic import Field

from crisis.core.consent_policy import Matter
from crisis.core.gate import ConsentScope, Gate
from crisis.loading.identifiers import Name, WordList
from crisis.loading.shape import FileModel
from crisis.loading.words_file import WordsFile


class GateFile(FileModel):
    """What may pass only with the consent of the person it is about."""

    consent: dict[Name, WordsFile] = Field(
        min_length=1, description="What a consent must cover, by ids; one of them is enough."
    )
    by: WordList = Field(description="The roles that may record one, beside the lead.")

    passes: Literal["numbers", "contact-data", "case"] = Field(
        default="case",
        description="What is handed over; the Land's policy says which consent it needs.",
    )

    def gate(self) -> Gate:
        """Return the core value."""
        return Gate(
            scopes=tuple(
                ConsentScope(id=key, label=label.words()) for key, label in self.consent.items()
            ),
            by=tuple(self.by),
            passes=Matter(self.passes),
        )
