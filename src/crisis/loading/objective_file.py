"""Objectives as authors write them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from crisis.core.objective import CountedAgainst, Objective
from crisis.loading.identifiers import StepId
from crisis.loading.shape import FileModel
from crisis.loading.words_file import WordsFile


class CountsFile(FileModel):
    """What answers add up to, and what that must be."""

    of: Annotated[str, StringConstraints(pattern=r"^[^.]+\.[^.]+$")] = Field(
        description="The question whose answers are added up: `FIRST.offered`, a count or a band."
    )
    equals: str = Field(description="The attribute, a count, that the sum must equal.")

    @property
    def question(self) -> tuple[str, str]:
        """The form and the field."""
        form, _, field = self.of.partition(".")
        return form, field


class ObjectiveFile(FileModel):
    """What a run is to achieve; the report proposes a grade by these steps."""

    title: WordsFile = Field(description="What is to be achieved.")
    steps: list[StepId] = Field(min_length=1, description="The steps by which it is rated.")
    counts: CountsFile | None = Field(
        None, description="Numbers that must be the same for it to be met."
    )
    shown_by_log: bool = Field(
        default=True,
        description="Whether a log can show that it was met; `false`: the report proposes"
        " nothing better than “not observed”.",
    )

    def objective(self, objective_id: str) -> Objective:
        """Return the core value."""
        return Objective(
            id=objective_id,
            title=self.title.words(),
            steps=tuple(self.steps),
            counts=None if self.counts is None else _counted(self.counts),
            shown_by_log=self.shown_by_log,
        )


def _counted(counts: CountsFile) -> CountedAgainst:
    form, field = counts.question
    return CountedAgainst(form=form, field=field, attribute=counts.equals)
