"""Recording that something was published: refused while somebody has not agreed (S5.7)."""

from datetime import datetime

from crisis.core import event as ev
from crisis.core.availability import clock_text
from crisis.core.clearance import Clearance, clearance_of
from crisis.core.event import Event
from crisis.core.incident import Incident
from crisis.core.refusal import (
    require_moment,
    require_no_person,
    require_not_closed,
    step_of,
)
from crisis.errors import RefusedError


def publish(
    incident: Incident, *, step: str, uncleared: str, happened_at: datetime, now: datetime
) -> tuple[Event, ...]:
    """
    Return that what a step clears was published.

    `uncleared` says why it came out although not all had agreed; it is recorded as such.

    Raises:
        NotFoundError: there is no such step; the message lists what exists.
        RefusedError: the step clears nothing, has not begun, was published before, or is
            blocked and `uncleared` is empty; the message names who is missing.
        PersonalDataError: the reason seems to name a person.
    """
    require_not_closed(incident)
    require_moment(incident, happened_at, now=now)
    require_no_person("reason", uncleared)
    clearance = clearance_of(incident, step_of(incident, step))
    if clearance is None:
        message = f"{step} clears nothing that could be published, or has not begun yet"
        raise RefusedError(message)
    if clearance.published is not None:
        at = clock_text(clearance.published.happened_at)
        message = f"{step} was published at {at} already; nothing was changed"
        raise RefusedError(message)
    cleared = clearance.cleared_at is not None and clearance.cleared_at <= happened_at
    if not cleared and not uncleared.strip():
        raise RefusedError(_blocked(clearance))
    reason = "" if cleared else uncleared
    return (ev.Published(step=step, cleared=cleared, reason=reason, happened_at=happened_at),)


def _blocked(clearance: Clearance) -> str:
    if clearance.cleared_at is not None:
        at = clock_text(clearance.cleared_at)
        return (
            f"{clearance.step} was cleared at {at} only; if it came out before, say so with "
            "--uncleared and the reason"
        )
    missing = f"not signed: {', '.join(clearance.missing)}" if clearance.missing else ""
    dissents = f"not agreed: {', '.join(clearance.dissents)}" if clearance.dissents else ""
    who = "; ".join(part for part in (missing, dissents) if part) or "nobody is left who could"
    return (
        f"{clearance.step} is blocked, {len(clearance.signed)} of {clearance.wanted} have signed "
        f"({who}). Nothing is published before all have. If it was published all the same, say "
        "so with --uncleared and the reason"
    )
