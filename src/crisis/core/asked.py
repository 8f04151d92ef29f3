"""Facts about asking: steps that begin and end, attempts, ladders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from crisis.core.delivery import OutcomeKind
from crisis.core.form import Answer

# Why a step is left out that was to prepare a planned run: it has begun before.
TOO_LATE = "too-late"


class Purpose(StrEnum):
    """Why a contact is written to."""

    ASK = "ask"
    REPEAT = "repeat"
    REMIND = "remind"
    CHASE = "chase"
    TASK = "task"
    OBSOLETE = "obsolete"
    STAND_DOWN = "stand-down"
    WITHDRAWN = "withdrawn"

    @property
    def aim(self) -> "Purpose":
        """What it is for in the end: a repeat is the same question once more."""
        return Purpose.ASK if self is Purpose.REPEAT else self


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted:
    """
    A step began; every partner named here is now asked on its own account.

    `of` names the step of which this is a further round (`A41` for `A41.2`), and `missed`
    says how many rounds before it went by unasked.
    `members` are the units that each hub among them passes the ask on to, each with an
    answer of its own by `members_due_at`.
    `consent` is the code of the consent that opened a gate, `bulletin` the number of the
    bulletin that it passes on.
    """

    kind: Literal["step-started"] = "step-started"
    step: str
    partners: tuple[str, ...]
    planned_at: datetime
    due_at: datetime | None
    of: str = ""
    missed: int = 0
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    members_due_at: datetime | None = None
    consent: str = ""
    bulletin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepHeld:
    """A step is due but waits, because it would bring people into danger."""

    kind: Literal["step-held"] = "step-held"
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptStarted:
    """
    A claim: this contact is about to be written to over this channel.

    `link_hash` is the SHA-256 of the page's token for this contact; `text_hash`
    that of the body. `possible_repeat`: an earlier attempt's fate is unknown.
    `engine` is the process that claimed it, `<name>.<boot>`; empty in older logs.
    `provider` is whose limit the message takes up, empty where none has one.
    """

    kind: Literal["attempt-started"] = "attempt-started"
    step: str
    partner: str
    n: int
    contact: str
    channel: str
    purpose: Purpose
    level: int
    possible_repeat: bool
    outside_hours: bool
    link_hash: str
    text_hash: str
    engine: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptEnded:
    """
    What became of an attempt; a second one corrects the first (a telephone number was wrong).

    `run` names the Prefect flow run that carried it out; empty means without Prefect.
    `provider` is the relay, gateway or service that said so, empty if none has a name.
    """

    kind: Literal["attempt-ended"] = "attempt-ended"
    step: str
    partner: str
    n: int
    outcome: OutcomeKind
    code: str
    run: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptHeld:
    """
    A message is due and waits until `until`, because a limit leaves no room for it before.

    `limit` says which (`contact 6/minute`), `provider` through whom it is to go, if a
    limit of providers decides. `again`: the contact was written to in this step before.
    """

    kind: Literal["attempt-held"] = "attempt-held"
    step: str
    partner: str
    contact: str
    channel: str
    purpose: Purpose
    until: datetime
    limit: str
    provider: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    """Nobody answered in time: the ladder of one partner reached this level."""

    kind: Literal["escalated"] = "escalated"
    step: str
    partner: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """The deadline of one partner passed without what was expected."""

    kind: Literal["overdue"] = "overdue"
    step: str
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepObsolete:
    """
    Open obligations of a step fall away.

    `condition`: it is no longer true, and partners are told. `completed`: enough
    others have answered. `stand-down`: the incident is over. `consent`: it has ended.
    """

    kind: Literal["step-obsolete"] = "step-obsolete"
    step: str
    reason: Literal["condition", "completed", "stand-down", "consent", "replaced", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSkipped:
    """The lead skipped a step, or one partner of it, with a reason."""

    kind: Literal["step-skipped"] = "step-skipped"
    step: str
    partner: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOffered:
    """
    Who leads hands over: the first of two words, the other is the acknowledgement of `step`.

    `contact` is the function that is to lead, of the partner `partner`. `brief` answers
    the form `form`; both are empty where the playbook names none.
    """

    kind: Literal["lead-offered"] = "lead-offered"
    step: str
    partner: str
    contact: str
    reason: str
    due_at: datetime | None
    within: timedelta | None
    happened_at: datetime
    form: str = ""
    brief: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdHocAsked:
    """The lead asked somebody outside the playbook: a deviation, logged as one."""

    kind: Literal["ad-hoc-asked"] = "ad-hoc-asked"
    step: str
    partner: str
    text: str
    reason: str
    due_at: datetime | None
    within: timedelta | None
    form: str = ""
