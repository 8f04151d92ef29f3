"""
What must hold after every fault, whatever it was.

Nothing lost: every partner was asked, or is shown as unknown or in a person's hands;
what the log calls accepted did arrive; every answer the page thanked for is in the
log. Repeats are counted and must be marked, in the log and in the text. Each is put
down to the engine process that sent the message before it: that one dies once, so
what is put down to it is what one kill repeats.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bench.faults.evidence import Arrival, Claim, Evidence
from crisis.core.message import REPEATED

# In nobody's doubt: a person has been told to see to it.
TAKEN_CARE_OF = frozenset({"handed_to_person", "unknown"})
MARKS = (REPEATED.de, REPEATED.en)
# So many losses are told one by one.
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    The counts of one incident, and in words what was wrong.

    `left_in_doubt`: by engine process, how many of its messages were repeated.
    """

    asked: int = 0
    lost: int = 0
    repeated: int = 0
    left_in_doubt: Mapping[str, int] = field(default_factory=dict)
    unmarked: int = 0
    unknown: int = 0
    unknown_shown: int = 0
    wrong: tuple[str, ...] = ()


def judge(evidence: Evidence) -> Verdict:
    """Hold log, arrivals and what is shown against one another."""
    arrived = {arrival.key for arrival in evidence.arrivals}
    repeats = repeated(evidence.claims, evidence.arrivals)
    unmarked = [
        arrival
        for claim, arrival in repeats
        if not (claim.marked and any(mark in arrival.text for mark in MARKS))
    ]
    unknown = sum(claim.outcome == "unknown" for claim in evidence.claims)
    lost = (
        *_unasked(evidence, arrived),
        *_feigned(evidence, arrived),
        *_forgotten(evidence),
    )
    wrong = list(lost[:_SHOWN])
    if len(lost) > _SHOWN:
        wrong.append(f"and {len(lost) - _SHOWN} more are lost")
    if unmarked:
        wrong.append(f"{len(unmarked)} repeats carry no mark")
    if unknown != evidence.shown_unknown:
        wrong.append(f"{unknown} attempts are unknown, {evidence.shown_unknown} are shown")
    doubted = _doubted(evidence) if evidence.has_kills else []
    return Verdict(
        asked=len(evidence.partners),
        lost=len(lost),
        repeated=len(repeats),
        left_in_doubt=dict(Counter(claim.engine for claim in doubted)),
        unmarked=len(unmarked),
        unknown=unknown,
        unknown_shown=min(unknown, evidence.shown_unknown),
        wrong=tuple(f"{evidence.incident}: {what}" for what in wrong),
    )


def repeated(claims: Iterable[Claim], arrivals: Iterable[Arrival]) -> list[tuple[Claim, Arrival]]:
    """Return every message that told a contact what it had been told at the same level."""
    return [again for told in _told(claims, arrivals) for again in told[1:]]


def _told(
    claims: Iterable[Claim], arrivals: Iterable[Arrival]
) -> Iterator[list[tuple[Claim, Arrival]]]:
    """
    Yield what each contact was told at each level, in the order in which it was claimed.

    That is not always the order of arrival: an engine that is stopped with a message
    half sent ends it when it goes on, and the repeat with its mark was there before.
    """
    place = {claim.key: (number, claim) for number, claim in enumerate(claims)}
    told: dict[tuple[str, str, int], list[tuple[int, Claim, Arrival]]] = defaultdict(list)
    for arrival in sorted(arrivals, key=lambda each: each.at):
        number, claim = place.get(arrival.key, (0, None))
        if claim is not None and claim.asks:
            whom = claim.partner, claim.contact, claim.level
            told[whom].append((number, claim, arrival))
    for messages in told.values():
        messages.sort(key=lambda message: message[0])
        yield [(claim, arrival) for _, claim, arrival in messages]


def _unasked(evidence: Evidence, arrived: set[str]) -> tuple[str, ...]:
    asked = {claim.partner for claim in evidence.claims if claim.key in arrived}
    cared_for = {who for who, state in evidence.states.items() if state in TAKEN_CARE_OF}
    return tuple(
        f"{who} was never asked, and nobody is told so"
        for who in sorted(evidence.partners - asked - cared_for)
    )


def _feigned(evidence: Evidence, arrived: set[str]) -> tuple[str, ...]:
    return tuple(
        f"the log says that {claim.partner} was told, and no provider has the message"
        for claim in evidence.claims
        if claim.outcome == "accepted" and claim.key not in arrived
    )


def _forgotten(evidence: Evidence) -> tuple[str, ...]:
    return tuple(
        f"the page thanked {contact} for {partner}, and the log knows nothing of it"
        for partner, contact in sorted(evidence.promised - evidence.recorded)
    )


def _doubted(evidence: Evidence) -> list[Claim]:
    """Return for each repeat the message before it: what befell that one is to blame."""
    return [
        before
        for told in _told(evidence.claims, evidence.arrivals)
        for (before, _), _again in pairwise(told)
    ]
