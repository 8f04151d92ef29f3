"""What may pass only with the consent of the person it is about (seed S5, number 4)."""

from dataclasses import dataclass

from crisis.core.consent_policy import Matter
from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentScope:
    """What somebody may agree to: a word for the log, and what people read."""

    id: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """
    A step behind it asks a partner only once a consent for that partner is recorded.

    `scopes` are what a consent must cover, one of them is enough. `by` are the roles that
    may record one, beside the lead. There is no deadline and no ladder, and a refusal is
    a normal end. `passes` is what is handed over, for the policy of the Land.
    """

    scopes: tuple[ConsentScope, ...]
    by: tuple[str, ...]
    passes: Matter = Matter.CASE

    def covers(self, scope: str) -> bool:
        """Return whether a consent to this scope opens the gate."""
        return any(one.id == scope for one in self.scopes)
