"""What changes beside one obligation: the hub above a member, the members below a hub."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from crisis.core.cascade import Membership
from crisis.core.obligation import Obligation

Table = Mapping[tuple[str, str], Obligation]
Changed = dict[tuple[str, str], Obligation]


def rolled_up(table: Table, before: Obligation, after: Obligation, *, at: datetime) -> Changed:
    """
    Return what else changes by one obligation's change: the hub above it, the members below it.

    `table` holds the change already; `at` is when it was written down.
    """
    if after.membership is not None:
        return _of_hub(table, before, after, hub=after.membership.hub)
    return _of_members(table, before, after, at=at)


def _of_hub(table: Table, before: Obligation, after: Obligation, *, hub: str) -> Changed:
    key = (after.step, hub)
    above = table.get(key)
    unchanged = _stand(before) == _stand(after)
    if unchanged or above is None or above.cascade is None:
        return {}
    members = {name: table[after.step, name] for name in above.cascade.members}
    silent = tuple(name for name, owed in members.items() if not owed.is_settled)
    # Who took over is not silent: the hub is not chased because of somebody who has begun.
    levels = (members[name].level for name in silent if members[name].acknowledgement is None)
    cascade = replace(above.cascade, silent=silent, level=max(levels, default=0))
    return {key: replace(above, cascade=cascade)}


def _stand(member: Obligation) -> tuple[bool, bool, int]:
    return member.is_settled, member.acknowledgement is None, member.level


def _of_members(table: Table, before: Obligation, after: Obligation, *, at: datetime) -> Changed:
    taken, was_taken = _taken_at(after), _taken_at(before)
    if taken is not None and was_taken is None:
        return _with(table, after, passed_on_at=taken)
    if _is_lost(after) and not _is_lost(before):
        return _with(table, after, stuck_at=at)
    return {}


def _taken_at(hub: Obligation) -> datetime | None:
    if hub.acknowledgement is None or hub.decline is not None:
        return None
    return hub.acknowledgement.happened_at


def _is_lost(hub: Obligation) -> bool:
    """Return whether a hub will not pass anything on, as far as is known."""
    if hub.decline is not None or hub.obsolete_reason == "skipped":
        return True
    return hub.handed_at is not None and hub.acknowledgement is None


def _with(table: Table, hub: Obligation, **changes: datetime | None) -> Changed:
    """Return the silent members with their membership changed."""
    membership = Membership(hub=hub.partner, **changes)
    silent = () if hub.cascade is None else hub.cascade.silent
    return {
        (hub.step, member): replace(table[hub.step, member], membership=membership)
        for member in silent
    }
