"""Who signed the report and what else was to be signed, with every dissent in its own words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crisis.core import event as ev
from crisis.core.obligation import Obligation
from crisis.core.playbook import ExpectSignOff
from crisis.core.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureReview:
    """One partner's signature; `verdict` is empty and `at` None as long as it has not signed."""

    step: str
    partner: str
    verdict: Literal["", "agreed", "remark", "dissent"]
    remark: str
    at: datetime | None
    evidence: tuple[int, ...]


def signature_reviews(scope: Scope) -> tuple[SignatureReview, ...]:
    """Return what everybody who was asked to sign said; clearances have a part of their own."""
    incident = scope.incident
    return tuple(
        _signature(scope, one)
        for step in scope.steps
        for expect in [incident.step_by_id[step].expect]
        if isinstance(expect, ExpectSignOff) and expect.what is None
        for one in incident.obligations_of(step)
    )


def _signature(scope: Scope, one: Obligation) -> SignatureReview:
    signed = one.signature
    return SignatureReview(
        step=one.step,
        partner=one.partner,
        verdict="" if signed is None else signed.verdict,
        remark="" if signed is None else signed.remark,
        at=None if signed is None else signed.happened_at,
        evidence=scope.seqs(one.step, one.partner, ev.Signed),
    )
