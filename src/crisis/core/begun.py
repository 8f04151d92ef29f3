"""The obligations that a step's beginning makes: of its partners, and of hubs' members."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from crisis.core.asked import StepStarted
from crisis.core.cascade import Cascade, Membership
from crisis.core.obligation import Obligation

Obligations = dict[tuple[str, str], Obligation]


def begun(
    known: Mapping[tuple[str, str], Obligation],
    event: StepStarted,
    *,
    expects: str,
    at: datetime,
    restored_at: datetime | None,
) -> Obligations:
    """
    Return what a step's partners and members owe from now on, and what hubs pass on.

    Takes what is `known` so far: who was asked before is asked anew. `expects` is the kind
    of the step's expectation, `restored_at` when the log was put back before it, if so.
    """

    def one(
        partner: str, *, due_at: datetime | None, restored_at: datetime | None = None
    ) -> Obligation:
        earlier = known.get((event.step, partner))
        if earlier is not None:
            return replace(earlier.begun_anew(at=at, due_at=due_at), restored_at=restored_at)
        return Obligation(
            step=event.step,
            partner=partner,
            expects=expects,
            started_at=at,
            due_at=due_at,
            restored_at=restored_at,
        )

    found = {
        (event.step, partner): one(partner, due_at=event.due_at, restored_at=restored_at)
        for partner in event.partners
    }
    for hub, members in event.members.items():
        for member in members:
            owed = one(member, due_at=event.members_due_at)
            found[event.step, member] = replace(owed, membership=Membership(hub=hub))
    for hub, members in event.members.items():
        above = found[event.step, hub]
        earlier = () if above.cascade is None else above.cascade.members
        everyone = tuple(dict.fromkeys((*earlier, *members)))
        now = {**known, **found}
        silent = tuple(name for name in everyone if not now[event.step, name].is_settled)
        cascade = Cascade(members=everyone, silent=silent)
        found[event.step, hub] = replace(above, cascade=cascade)
    return found
