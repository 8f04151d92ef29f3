"""
What may be published, and what is blocked until all have signed (S5.7).

A dissent blocks as a missing signature does, until its partner signs again or the lead
leaves it out with a reason. The house publishes nothing; it records that somebody did,
and refuses to record it as cleared before it was.
"""

from dataclasses import dataclass
from datetime import datetime

from crisis.core import event as ev
from crisis.core.incident import Incident
from crisis.core.obligation import Obligation
from crisis.core.playbook import ExpectSignOff, Step
from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """
    Where the clearance of one publication stands.

    `signed` have agreed, `dissents` have not, of `missing` nothing is known yet.
    `cleared_at` is when the last of them agreed, None while it is blocked.
    """

    step: str
    what: Words
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    dissents: tuple[str, ...]
    cleared_at: datetime | None
    published: ev.Published | None

    @property
    def wanted(self) -> int:
        """How many must agree."""
        return len(self.signed) + len(self.missing) + len(self.dissents)


def clearance_of(incident: Incident, step: Step) -> Clearance | None:
    """Return where a step's clearance stands, None where it clears nothing or has not begun."""
    expect, run = step.expect, incident.run_of(step.id)
    if not isinstance(expect, ExpectSignOff) or expect.what is None or run.started_at is None:
        return None
    asked = incident.obligations_of(step.id)
    owed = [one for one in asked if one.obsolete_at is None]
    signed = [one for one in owed if has_agreed(one)]
    dissents = [one for one in owed if one.dissents]
    left_out = [one.obsolete_at for one in asked if one.obsolete_reason == "skipped"]
    moments = [*(_signed_at(one) for one in signed), *left_out]
    last = max((moment for moment in moments if moment is not None), default=None)
    return Clearance(
        step=step.id,
        what=expect.what,
        signed=tuple(one.partner for one in signed),
        missing=tuple(one.partner for one in owed if not (has_agreed(one) or one.dissents)),
        dissents=tuple(one.partner for one in dissents),
        cleared_at=last if owed and len(signed) == len(owed) else None,
        published=run.published,
    )


def clearances(incident: Incident) -> tuple[Clearance, ...]:
    """Return the clearances that have begun, in the order of the playbook."""
    found = (clearance_of(incident, step) for step in incident.step_by_id.values())
    return tuple(one for one in found if one is not None)


def has_agreed(obligation: Obligation) -> bool:
    """Return whether a partner has signed and agreed, with or without a remark."""
    return (
        obligation.signature is not None and obligation.decline is None and not obligation.dissents
    )


def _signed_at(obligation: Obligation) -> datetime | None:
    return None if obligation.signature is None else obligation.signature.happened_at
