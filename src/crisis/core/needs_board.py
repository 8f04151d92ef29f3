"""
The board of needs: each need once, with all who reported it, how it stands and what differs.

S2.7: the partners align on what is needed. The words of a field that only some roles may
read are theirs (S5.P4): who asks for the board says which fields it may not read.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crisis.core.incident import Incident
from crisis.core.need import Need, Report
from crisis.core.visibility import confidential_fields, restricted_fields


class NeedState(StrEnum):
    """How a need stands."""

    RAISED = "raised"
    ASSIGNED = "assigned"
    MET = "met"
    UNMET = "unmet"
    DUPLICATE = "duplicate"


class Conflict(StrEnum):
    """
    In what partners differ about a need.

    `status`: it is met for one and not for another; `promise`: two are said to take care
    of it; `band`: they name different numbers of people.
    """

    STATUS = "status"
    PROMISE = "promise"
    BAND = "band"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardNeed:
    """One need of the board; `reports` are the last words of each partner, the oldest first."""

    group: str
    code: str
    region: str
    raised_at: datetime
    state: NeedState
    reports: tuple[Report, ...]
    promised_by: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCount:
    """How many needs of one group stand in one way."""

    group: str
    state: NeedState
    count: int


_Fields = Callable[[Incident, str], Collection[str]]


def board_for_lead(incident: Incident) -> tuple[BoardNeed, ...]:
    """Return the needs that the lead may read, in the order in which they were raised."""
    return _board(incident, hidden=confidential_fields)


def board_for_all(incident: Incident) -> tuple[BoardNeed, ...]:
    """Return the needs that every partner may read: what the report shows."""
    return _board(incident, hidden=restricted_fields)


def counts(incident: Incident) -> tuple[NeedCount, ...]:
    """Return how many needs of each group stand how, restricted ones too: no word of theirs."""
    found = Counter((need.group, need.state) for need in _board(incident, hidden=_nothing))
    order = tuple(NeedState)
    return tuple(
        NeedCount(group=group, state=state, count=found[group, state])
        for group, state in sorted(found, key=lambda key: (key[0], order.index(key[1])))
    )


def _board(incident: Incident, *, hidden: _Fields) -> tuple[BoardNeed, ...]:
    found = (
        (need, tuple(one for one in need.standing if one.field not in hidden(incident, one.step)))
        for need in incident.needs.values()
    )
    return tuple(_entry(need, reports) for need, reports in found if reports)


def _nothing(_incident: Incident, _step: str) -> Collection[str]:
    return ()


def _entry(need: Need, reports: tuple[Report, ...]) -> BoardNeed:
    return BoardNeed(
        group=need.group,
        code=need.code.strip(),
        region=need.region.strip(),
        raised_at=need.raised_at,
        state=_state(reports),
        reports=reports,
        promised_by=_promised_by(reports),
        conflicts=tuple(_conflicts(reports)),
    )


def _state(reports: tuple[Report, ...]) -> NeedState:
    """Return how a need stands; who contradicts a settled one later opens it again."""
    told = [one for one in reports if one.status != "duplicate"]
    if not told:
        return NeedState.DUPLICATE
    if told[-1].status in {"met", "unmet"}:
        return NeedState(told[-1].status)
    is_promised = any(one.promised_by or one.status == "promised" for one in told)
    return NeedState.ASSIGNED if is_promised else NeedState.RAISED


def _promised_by(reports: tuple[Report, ...]) -> tuple[str, ...]:
    names = {one.promised_by.casefold(): one.promised_by for one in reports if one.promised_by}
    return tuple(names.values())


def _conflicts(reports: tuple[Report, ...]) -> Iterator[Conflict]:
    told = [one.status for one in reports if one.status != "duplicate"]
    settled = [index for index, status in enumerate(told) if status in {"met", "unmet"}]
    if settled and len(set(told[settled[0] :])) > 1:
        yield Conflict.STATUS
    if len(_promised_by(reports)) > 1:
        yield Conflict.PROMISE
    if len({one.band for one in reports if one.band}) > 1:
        yield Conflict.BAND
