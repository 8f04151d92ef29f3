"""Occasions as authors write them: named moments of the run."""

from pydantic import Field

from crisis.core.playbook import Occasion
from crisis.loading.condition_file import ConditionFile, to_condition
from crisis.loading.shape import FileModel
from crisis.loading.words_file import WordsFile


class OccasionFile(FileModel):
    """A moment from which steps and deadlines count: when its condition first becomes true."""

    title: WordsFile = Field(description="What people call it.")
    when: ConditionFile = Field(description="It comes when this is first known to be true.")

    def occasion(self, occasion_id: str) -> Occasion:
        """Return the core value."""
        condition = to_condition(self.when)
        assert condition is not None  # noqa: S101 -- only no condition becomes none
        return Occasion(id=occasion_id, title=self.title.words(), when=condition)
