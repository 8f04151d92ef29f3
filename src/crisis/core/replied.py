"""Facts about replies: what partners and leads answered, decided and signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from crisis.core.form import Answer


class Via(StrEnum):
    """How an answer came in; `hub`: a hub entered it for one of its members."""

    PAGE = "page"
    PHONE = "phone"
    DESK = "desk"
    HUB = "hub"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A contact took over. `contact` is the function that answered."""

    kind: Literal["acknowledged"] = "acknowledged"
    step: str
    partner: str
    contact: str
    via: Via
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A partner said: not ours, or not able. The task goes back to the lead."""

    kind: Literal["declined"] = "declined"
    step: str
    partner: str
    contact: str
    via: Via
    reason: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A partner answered the step's form; a later answer replaces, never deletes."""

    kind: Literal["answered"] = "answered"
    step: str
    partner: str
    contact: str
    via: Via
    answers: Mapping[str, Answer]
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision step came out; `by_default` where nobody decided in time."""

    kind: Literal["decided"] = "decided"
    step: str
    option: str
    reason: str
    by_default: bool
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A partner signed: agreed, agreed with a remark, not agreed."""

    kind: Literal["signed"] = "signed"
    step: str
    partner: str
    contact: str
    via: Via
    verdict: Literal["agreed", "remark", "dissent"]
    remark: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """
    Somebody published what a step clears.

    `cleared`: all had signed before. Where they had not, `reason` says why it was
    published all the same, or how it came out.
    """

    kind: Literal["published"] = "published"
    step: str
    cleared: bool
    reason: str
    happened_at: datetime
