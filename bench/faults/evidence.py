"""What is known of one incident from outside, and what it must hold against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from crisis.core.event import (
    Acknowledged,
    AttemptEnded,
    AttemptStarted,
    Entry,
    Purpose,
)

ASKING = frozenset({Purpose.ASK, Purpose.REPEAT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """
    One attempt as the log has it; `outcome` is empty where none was recorded.

    `engine` is the process that claimed it.
    """

    key: str
    partner: str
    contact: str
    asks: bool
    level: int
    marked: bool
    engine: str
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """
    One message that a provider read whole; `at` in monotonic seconds.

    `sure`: the provider said yes. If not, it fell silent, and the sender cannot know.
    """

    key: str
    at: float
    text: str
    link: str
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """
    Everything about one incident.

    `states` and `shown_unknown` are what `crisis incident show --json` tells: the
    state of each partner, and the attempts it calls unknown. `promised` are the
    answers that the page thanked for, as (partner, contact). `has_kills`: nothing but
    the kills can have left a message in doubt; the providers were well.
    """

    incident: str
    partners: frozenset[str]
    claims: Sequence[Claim]
    arrivals: Sequence[Arrival]
    states: Mapping[str, str]
    shown_unknown: int
    promised: frozenset[tuple[str, str]] = frozenset()
    recorded: frozenset[tuple[str, str]] = frozenset()
    has_kills: bool = False


@lru_cache(maxsize=100_000)
def key_of(incident: str, step: str, partner: str, n: int) -> str:
    """Return what every provider is told of an attempt: 32 hex digits of its hash."""
    return sha256(f"{incident}/{step}/{partner}/{n}".encode()).hexdigest()[:32]


def claims_of(entries: Iterable[Entry]) -> tuple[Claim, ...]:
    """Return an incident's attempts in order, each with its last outcome."""
    started: dict[str, AttemptStarted] = {}
    ended: dict[str, str] = {}
    for entry in entries:
        match entry.event:
            case AttemptStarted() as event:
                started[key_of(entry.incident, event.step, event.partner, event.n)] = event
            case AttemptEnded() as event:
                key = key_of(entry.incident, event.step, event.partner, event.n)
                ended[key] = event.outcome.value
            case _:
                pass
    return tuple(
        Claim(
            key=key,
            partner=event.partner,
            contact=event.contact,
            asks=event.purpose in ASKING,
            level=event.level,
            marked=event.possible_repeat,
            engine=event.engine,
            outcome=ended.get(key, ""),
        )
        for key, event in started.items()
    )


def acknowledged(entries: Iterable[Entry]) -> frozenset[tuple[str, str]]:
    """Return which contacts took over, as (partner, contact)."""
    return frozenset(
        (entry.event.partner, entry.event.contact)
        for entry in entries
        if isinstance(entry.event, Acknowledged)
    )
