"""Facts about when a planned run begins: T0 is moved, and in the end it is real."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class StartMoved:
    """T0 of a planned run was moved: steps and deadlines that count from it follow."""

    kind: Literal["start-moved"] = "start-moved"
    planned_for: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartConfirmed:
    """A planned run has begun: T0 is when that happened, whatever was planned."""

    kind: Literal["start-confirmed"] = "start-confirmed"
    happened_at: datetime
