"""The turning points of a run, in order: what people need to remember it by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from crisis.core import event as ev
from crisis.core.event import Event
from crisis.core.incident import Incident
from crisis.core.playbook import RungAction
from crisis.core.scope import Scope, happened_at, is_late_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """
    One turning point, with its place in the log.

    `detail` is what was set, chosen or given as a reason. `recorded_at` differs
    from `at` in a late entry, which stays marked.
    """

    seq: int
    at: datetime
    recorded_at: datetime
    kind: str
    step: str
    partner: str
    detail: str
    late: bool


def chronicle(scope: Scope) -> tuple[Moment, ...]:
    """Return the turning points in the order in which they happened."""
    moments = [
        Moment(
            seq=entry.seq,
            at=happened_at(entry),
            recorded_at=entry.at,
            kind=entry.event.kind,
            step=getattr(entry.event, "step", ""),
            partner=getattr(entry.event, "partner", "") or "",
            detail=detail,
            late=is_late_entry(entry),
        )
        for entry in scope.entries
        for detail in [_detail(entry.event, scope.incident)]
        if detail is not None
    ]
    return tuple(sorted(moments, key=lambda moment: (moment.at, moment.seq)))


def in_words(value: object) -> str:
    """Return an attribute's value as people read it in a list."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _detail(event: Event, incident: Incident) -> str | None:
    """Return what to say about an event, or None if it is no turning point."""
    if isinstance(event, ev.Acknowledged) and event.step in incident.offers:
        return incident.offers[event.step].contact  # the word that makes the lead
    if isinstance(event, ev.Escalated):
        # This level puts the case into a human's hands; the others stand in the timeline.
        return "" if _hands_over(incident, event) else None
    tell = _TELL.get(event.kind)
    return None if tell is None else tell(event)


def _hands_over(incident: Incident, event: ev.Escalated) -> bool:
    """Return whether a level of a step's ladder is the lead; a ladder has one to four levels."""
    name = incident.step_by_id[event.step].ladder
    rungs = next((one.rungs for one in incident.playbook.ladders if one.id == name), ())
    return event.level <= len(rungs) and rungs[event.level - 1].action is RungAction.LEAD


_TELL: Mapping[str, Callable[..., str | None]] = {
    "incident-opened": lambda event: event.code_word,
    "attribute-set": lambda event: f"{event.attribute}: {in_words(event.value)}",
    "occasion-came": lambda event: event.occasion,
    "start-moved": lambda event: event.reason,
    "start-confirmed": lambda _: "",
    "consent-given": lambda event: f"{event.consent}: {event.scope} → {event.recipient}",
    "consent-refused": lambda event: f"{event.consent}: {event.scope}",
    "consent-revoked": lambda event: event.consent,
    "bulletin-issued": lambda event: " ".join((event.bulletin, *event.countries)),
    "decided": lambda event: event.option,
    "step-held": lambda _: "",
    "step-obsolete": lambda event: event.reason,
    "step-skipped": lambda event: event.reason,
    "declined": lambda event: event.reason,
    "lead-offered": lambda event: event.contact,
    "signed": lambda event: event.verdict,
    "published": lambda event: event.reason,
    "ad-hoc-asked": lambda event: event.reason,
    "note-added": lambda event: event.text,
    "stood-down": lambda event: event.reason,
    "report-drafted": lambda event: event.status,
    "orchestrator-unavailable": lambda event: event.reason,
    "orchestrator-restored": lambda _: "",
    "incident-closed": lambda event: event.reason,
    "log-restored": lambda event: f"{event.upto_version} … {event.lost_to or '?'}",
    "broken-chain-accepted": lambda event: f"{event.at_version}: {event.reason}",
    "entries-erased": lambda event: f"{event.rule}, {len(event.entries)}",
}
# The kinds of entries that may be one; the report has a name for each.
TURNING_POINTS = frozenset({*_TELL, "acknowledged", "escalated"})
