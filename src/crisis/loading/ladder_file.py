"""Escalation ladders as authors write them: `- {after: 5m, then: next-channel}`."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from crisis.core.playbook import Ladder, Rung, RungAction
from crisis.loading.durations import parse_duration, parse_working_days
from crisis.loading.shape import FileModel


def parse_wait(text: object) -> timedelta | int:
    """
    Return a clock duration, or the number of working days in `2 working days`.

    Raises:
        PydanticCustomError: the text names neither.
    """
    days = parse_working_days(text)
    return parse_duration(text) if days is None else days


Wait = Annotated[
    timedelta | int,
    BeforeValidator(parse_wait),
    WithJsonSchema({"type": "string", "examples": ["5m", "2 working days"]}),
]


class RungFile(FileModel):
    """One level: so long after the first attempt without an answer, do this."""

    after: Wait = Field(description="How long after the first attempt.")
    then: Literal["next-channel", "deputy", "superior", "lead"] = Field(
        description="What happens: the same function over its next channel, its deputy, its"
        " superior, or a task for the lead."
    )

    def rung(self) -> Rung:
        """Return the core value."""
        action = RungAction(self.then)
        if isinstance(self.after, int):
            return Rung(action=action, working_days=self.after)
        return Rung(action=action, after=self.after)


RungList = Annotated[list[RungFile], Field(min_length=1)]


def to_ladder(ladder_id: str, rungs: list[RungFile]) -> Ladder:
    """Return the core value."""
    return Ladder(id=ladder_id, rungs=tuple(rung.rung() for rung in rungs))
