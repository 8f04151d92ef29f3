"""What is not as it should be by now: found by the audit, shown and told until it is over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crisis.core.words import Words


class ConcernKind(StrEnum):
    """Late, stuck and unsent are about an incident; the last is about the house itself."""

    LATE = "late"
    STUCK = "stuck"
    UNSENT = "unsent"
    HOUSE = "house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """
    One thing that should have happened by now, or that keeps things from happening.

    `what` names the rule, such as `not-asked`. `since` is when it should have
    happened, by the clock of the house. `incident`, `code_word`, `step` and
    `partner` are empty where it is not about one. `exercise`: it is about a drill.
    """

    kind: ConcernKind
    what: str
    since: datetime
    words: Words
    incident: str = ""
    code_word: str = ""
    step: str = ""
    partner: str = ""
    exercise: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What stays the same while the concern lasts."""
        return (self.what, self.incident, self.step, self.partner)

    @property
    def topic(self) -> str:
        """What an alarm is about: a thousand partners late in one incident are one topic."""
        return f"{self.what} {self.incident}".rstrip()
