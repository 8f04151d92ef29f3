"""A claimed message on its way from the claim to its outcome."""

from dataclasses import dataclass

from crisis.core.delivery import Outgoing
from crisis.core.event import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """
    A claimed message, with what its carrier needs to name it.

    `claimed_at` is when the claim was decided, in seconds by the house's stopwatch.
    """

    outgoing: Outgoing
    incident: str
    step: str
    partner: str
    n: int
    purpose: Purpose
    step_title: str
    partner_name: str
    claimed_at: float
