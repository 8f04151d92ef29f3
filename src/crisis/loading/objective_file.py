"""Objectives as authors write them."""

from pydantic import Field

from crisis.core.playbook import Objective
from crisis.loading.identifiers import StepId
from crisis.loading.shape import FileModel
from crisis.loading.words_file import WordsFile


class ObjectiveFile(FileModel):
    """What a run is to achieve; the report proposes a grade by these steps."""

    title: WordsFile = Field(description="What is to be achieved.")
    steps: list[StepId] = Field(min_length=1, description="The steps by which it is rated.")

    def objective(self, objective_id: str) -> Objective:
        """Return the core value."""
        return Objective(id=objective_id, title=self.title.words(), steps=tuple(self.steps))
