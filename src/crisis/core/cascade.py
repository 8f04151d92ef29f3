"""
A hub and its members: one ask that is passed on, each member answering for itself (S4.4).

The house writes to the hub and not to its members, who know the hub and not us. A
member owes an obligation of its own all the same. While it is silent, its ladder
turns to the hub and in the end to the lead.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """
    A member's place in a cascade: through which partner it is asked, and since when.

    `passed_on_at` is when the hub took over, from where the member's ladder counts.
    `stuck_at` is when the hub turned out unable to pass it on: it refused, was left out,
    or lies in the lead's hands; then its members do too.
    """

    hub: str
    passed_on_at: datetime | None = None
    stuck_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """
    A hub's members in a step, and those who still owe an answer.

    `level` is the highest that one of them stands at who has not even taken over.
    """

    members: tuple[str, ...]
    silent: tuple[str, ...]
    level: int = 0

    @property
    def answered(self) -> int:
        """How many members need not be waited for any more."""
        return len(self.members) - len(self.silent)
