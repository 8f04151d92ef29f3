"""Answers at the wrong moment, over the real page behind the link of the real message."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx

from bench.faults.answering import SEE_OTHER, post
from bench.faults.evidence import Arrival
from bench.faults.house import UP_WITHIN, House
from bench.faults.kind import Act, Kind
from bench.faults.patience import TooLateError, wait_until
from bench.faults.places import PAIRS, PATIENT, QUICK
from bench.faults.stage import Stage
from bench.faults.tally import Tally
from crisis.core.event import Acknowledged, Entry
from crisis.simulated.sinks.http import Answer, HttpAct

SCALE = 60
EACH = 3
TOO_LATE = ALREADY = 409
SETTLES_WITHIN = 120.0
_SOURCE = (
    "answers that come twice, before the outcome is recorded, after escalation, after"
    " closing, from the deputy and the first contact at once"
)


def _kind(name: str, words: str, holds: str) -> Kind:
    return Kind(id=name, words=words, holds=holds, source=_SOURCE)


TWICE = _kind(
    "answer-twice",
    "the same answer is sent twice at once",
    "taken over once; the second is told so",
)
EARLY = _kind(
    "answer-before-outcome",
    "the partner answers before the provider has",
    "taken; the partner is not asked again, although the message's fate is unknown",
)
ESCALATED = _kind(
    "answer-after-escalation",
    "the first contact answers when the deputy was asked already",
    "taken; nobody else is asked",
)
CLOSED = _kind(
    "answer-after-closing", "an answer comes when the incident is closed", "refused in words: 409"
)
AT_ONCE = _kind(
    "answers-at-once",
    "deputy and first contact answer at the same moment",
    "one takes over, the other is told that it is done",
)


def answers(stage: Stage) -> Iterator[Tally]:
    """Try each kind with an incident of its own."""
    more: dict[str, object] = {"clock_scale": float(SCALE), "prefect_patience_s": 3.0}
    address = stage.address("answers")
    with House(stage.folder / "answers", address, counts={PAIRS: EACH}, more=more) as house:
        house.start("prefect", "engine", "web")
        wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer")
        found = [_try(stage, house, kind) for kind in _PLAYS if kind.id in stage.wanted]
        intact = house.log_is_intact()
        yield from (each if intact else each.but("the log is damaged") for each in found)


def _try(stage: Stage, house: House, kind: Kind) -> Tally:
    tally = Tally(kind=kind.id, database=stage.database)
    try:
        playbook = QUICK if kind in {ESCALATED, AT_ONCE} else PATIENT
        if kind is EARLY:
            _silence(house, answer=Answer(act=HttpAct.HANG))
        incident = house.open_incident(playbook, PAIRS)
        wrong = _PLAYS[kind](house, incident)
        answered = time.monotonic()
        late = house.wait_settled([incident], within=SETTLES_WITHIN)
        tally = tally.hit(kills=0, recovery_s=time.monotonic() - answered)
        tally = tally.with_verdict(house.verdict(incident))
    except TooLateError as error:
        return tally.but(str(error))
    finally:
        _silence(house, answer=None)
    for each in (*wrong, *((late,) if late else ())):
        tally = tally.but(each)
    return tally


def _silence(house: House, *, answer: Answer | None) -> None:
    for n in range(1, EACH + 1):
        house.web.script(f"/s{PAIRS}-{n}", answer)


def _twice(house: House, incident: str) -> tuple[str, ...]:
    asked = _asked(house, incident, count=EACH)
    statuses = _press([link for arrival in asked for link in (arrival.link, arrival.link)])
    _promise(house, incident, asked)
    takings = [_who(entry) for entry in _takings(house, incident)]
    if sorted(takings) != sorted(set(takings)):
        return (f"{len(takings)} acknowledgements of {EACH} partners",)
    pairs = [set(statuses[n : n + 2]) for n in range(0, len(statuses), 2)]
    return _one_was_thanked(pairs)


def _early(house: House, incident: str) -> tuple[str, ...]:
    asked = _asked(house, incident, count=EACH)
    begun, ended = house.ledger.counts(incident)
    statuses = _press([arrival.link for arrival in asked])
    _promise(house, incident, asked)
    wrong = () if set(statuses) == {SEE_OTHER} else (f"the page answered {statuses}",)
    if ended:
        wrong = (*wrong, f"{ended} of {begun} outcomes were recorded before the answers")
    wait_until(
        lambda: house.ledger.counts(incident) == (EACH, EACH),
        within=SETTLES_WITHIN,
        what="each partner was asked once and each outcome is recorded",
    )
    return wrong


def _escalated(house: House, incident: str) -> tuple[str, ...]:
    asked = _asked(house, incident, count=2 * EACH)
    statuses = _press([arrival.link for arrival in asked[:EACH]])
    _promise(house, incident, asked[:EACH])
    return () if set(statuses) == {SEE_OTHER} else (f"the page answered {statuses}",)


def _at_once(house: House, incident: str) -> tuple[str, ...]:
    asked = _asked(house, incident, count=2 * EACH)
    statuses = _press([arrival.link for arrival in asked])
    thanked = [a for a, status in zip(asked, statuses, strict=True) if status == SEE_OTHER]
    _promise(house, incident, thanked)
    pairs: dict[str, set[int]] = {}
    for arrival, status in zip(asked, statuses, strict=True):
        pairs.setdefault(_partner(house, incident, arrival), set()).add(status)
    return _one_was_thanked(list(pairs.values()))


def _one_was_thanked(pairs: list[set[int]]) -> tuple[str, ...]:
    """Say what is wrong unless one of each pair was thanked, the other told that it is done."""
    fine = all(SEE_OTHER in pair and pair <= {SEE_OTHER, ALREADY} for pair in pairs)
    return () if fine else (f"the page answered {pairs}",)


def _closed(house: House, incident: str) -> tuple[str, ...]:
    asked = _asked(house, incident, count=EACH)
    _press([arrival.link for arrival in asked[1:]])
    _promise(house, incident, asked[1:])
    partner = _partner(house, incident, asked[0])
    said = "Ende der Übung"
    house.run("incident", "skip", incident, "W1", "--reason", said, "--by", "ada")
    house.run("incident", "close", incident, "--reason", said, "--by", "ada")
    statuses = _press([asked[0].link])
    if statuses != [TOO_LATE]:
        return (f"the page answered {statuses} after closing",)
    late = [e for e in _takings(house, incident) if _who(e)[0] == partner]
    return ("an answer after closing is in the log",) if late else ()


def _asked(house: House, incident: str, *, count: int) -> list[Arrival]:
    """Wait until so many messages of an incident have arrived, and return them, oldest first."""

    def here() -> list[Arrival]:
        keys = {claim.key for claim in house.ledger.claims(incident)}
        return [arrival for arrival in house.web.arrivals() if arrival.key in keys]

    wait_until(lambda: len(here()) >= count, within=UP_WITHIN, what=f"{count} were asked")
    return here()[:count]


def _press(links: list[str]) -> list[int]:
    """Acknowledge behind all links at the same moment."""
    with (
        httpx.Client(trust_env=False) as client,
        ThreadPoolExecutor(len(links)) as pool,
    ):
        return list(pool.map(lambda link: post(client, link), links))


def _promise(house: House, incident: str, asked: list[Arrival]) -> None:
    known = {claim.key: (claim.partner, claim.contact) for claim in house.ledger.claims(incident)}
    promised = house.promised.setdefault(incident, set())
    promised.update(known[arrival.key] for arrival in asked)


def _takings(house: House, incident: str) -> list[Entry]:
    entries = house.ledger.entries(incident)
    return [entry for entry in entries if isinstance(entry.event, Acknowledged)]


def _who(entry: Entry) -> tuple[str, str]:
    event = entry.event
    return (event.partner, event.contact) if isinstance(event, Acknowledged) else ("", "")


def _partner(house: House, incident: str, arrival: Arrival) -> str:
    found = {claim.key: claim.partner for claim in house.ledger.claims(incident)}
    return found[arrival.key]


_PLAYS: dict[Kind, Callable[[House, str], tuple[str, ...]]] = {
    TWICE: _twice,
    EARLY: _early,
    ESCALATED: _escalated,
    AT_ONCE: _at_once,
    CLOSED: _closed,
}

ACT = Act(name="answers", kinds=tuple(_PLAYS), play=answers)
