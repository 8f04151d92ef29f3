"""What sides confirmed to each other, and what was cleared: parts of the report (M19, M21)."""

from dataclasses import dataclass
from datetime import datetime

from crisis.core import event as ev
from crisis.core.both_sides import sides
from crisis.core.clearance import Clearance, clearance_of
from crisis.core.contact import holders
from crisis.core.scope import Scope
from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SideReview:
    """One side of a step: its partners, who of them gave its word, and when."""

    partners: tuple[str, ...]
    confirmed_by: str
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationReview:
    """A step that two sides confirm to each other."""

    step: str
    sides: tuple[SideReview, ...]
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceReview:
    """What a step clears: who agreed, who did not, and whether it came out before."""

    step: str
    what: Words
    started_at: datetime
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    dissents: tuple[str, ...]
    cleared_at: datetime | None
    published_at: datetime | None
    uncleared: bool
    reason: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverReview:
    """A hand-over of the lead: who led, to whom it was offered, and when that one took it."""

    step: str
    giver: str
    partner: str
    contact: Words
    reason: str
    offered_at: datetime
    taken_at: datetime | None
    evidence: tuple[int, ...]


def handover_reviews(scope: Scope) -> tuple[HandoverReview, ...]:
    """Return every hand-over that was offered, in order."""
    incident = scope.incident
    taken = {post.step: post for post in incident.leads}
    found: list[HandoverReview] = []
    opened = incident.opened
    first = holders(opened.directory, incident.playbook.lead.role, region=opened.region)
    giver = first[0].id if first else incident.playbook.lead.role
    for step, offered in incident.offers.items():
        contact = opened.directory.contacts.get(offered.contact)
        found.append(
            HandoverReview(
                step=step,
                giver=giver,
                partner=offered.partner,
                contact=Words(de=offered.contact) if contact is None else contact.title,
                reason=offered.reason,
                offered_at=offered.happened_at,
                taken_at=taken[step].since if step in taken else None,
                evidence=scope.seqs(step, offered.partner, ev.LeadOffered, ev.Acknowledged),
            )
        )
        giver = offered.partner if step in taken else giver
    return tuple(found)


def confirmation_reviews(scope: Scope) -> tuple[ConfirmationReview, ...]:
    """Return every step with two sides that began, in the order of the steps."""
    incident = scope.incident
    begun = [step for step in scope.steps if incident.run_of(step).started_at is not None]
    return tuple(
        ConfirmationReview(
            step=step,
            sides=tuple(
                SideReview(
                    partners=side.partners,
                    confirmed_by=side.confirmed_by,
                    confirmed_at=side.confirmed_at,
                )
                for side in found
            ),
            evidence=_evidence(scope, step, ev.Acknowledged),
        )
        for step in begun
        for found in [sides(incident, incident.step_by_id[step])]
        if found
    )


def clearance_reviews(scope: Scope) -> tuple[ClearanceReview, ...]:
    """Return every clearance that began, in the order of the steps."""
    found = (clearance_of(scope.incident, scope.incident.step_by_id[s]) for s in scope.steps)
    return tuple(_clearance(scope, one) for one in found if one is not None)


def _clearance(scope: Scope, one: Clearance) -> ClearanceReview:
    published, started_at = one.published, scope.incident.run_of(one.step).started_at
    assert started_at is not None  # noqa: S101 -- what has not begun is no clearance yet
    return ClearanceReview(
        step=one.step,
        what=one.what,
        started_at=started_at,
        signed=one.signed,
        missing=one.missing,
        dissents=one.dissents,
        cleared_at=one.cleared_at,
        published_at=None if published is None else published.happened_at,
        uncleared=published is not None and not published.cleared,
        reason="" if published is None else published.reason,
        evidence=(*_evidence(scope, one.step, ev.Signed), *scope.seqs(one.step, "", ev.Published)),
    )


def _evidence(scope: Scope, step: str, kind: type[ev.Event]) -> tuple[int, ...]:
    partners = scope.incident.run_of(step).partners
    return tuple(sorted(seq for one in partners for seq in scope.seqs(step, one, kind)))
