"""Facts about the lead's desk: what a human must do, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class TaskKind(StrEnum):
    """Why something lies on the lead's desk."""

    PHONE = "phone"
    OTHER_WAY = "other-way"
    DECLINED = "declined"
    GUARD = "guard"
    QUESTION = "question"
    GAP = "gap"
    DISSENT = "dissent"
    NEED = "need"
    START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRaised:
    """A human must act. `subject` is a form field, an attribute or a role, by `task_kind`."""

    kind: Literal["task-raised"] = "task-raised"
    task: str
    task_kind: TaskKind
    step: str
    partner: str
    contact: str = ""
    channel: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone:
    """A human reported on a task: `reached`, `wrong-number`, `no-answer`, `done`."""

    kind: Literal["task-done"] = "task-done"
    task: str
    result: Literal["reached", "wrong-number", "no-answer", "done"]
    note: str
    happened_at: datetime
