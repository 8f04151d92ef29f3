"""Training as contacts files hold it: what a role needs, and what a function has, until when."""

from datetime import date

from pydantic import Field

from crisis.core.training import Trained, TrainingNeed
from crisis.loading.contact_words import DayText, Text
from crisis.loading.shape import FileModel


class TrainedEntry(FileModel):
    """One training of a function, never of a named person."""

    competence: Text = Field(description="One of the competences in contacts/README.md.")
    until: DayText = Field(description="The last day on which it holds.")


class TrainingEntry(FileModel):
    """The training that a role needs: its partners' first contact and deputy have it."""

    role: Text
    competences: list[Text] = Field(min_length=1, description="Competences of contacts/README.md.")


def to_trained(entry: TrainedEntry) -> Trained:
    """Return the core value."""
    return Trained(competence=entry.competence, until=date.fromisoformat(entry.until))


def to_need(entry: TrainingEntry) -> TrainingNeed:
    """Return the core value."""
    return TrainingNeed(role=entry.role, competences=tuple(entry.competences))
