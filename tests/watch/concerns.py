"""Concerns as tests need them, and a second way that is only a list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from crisis.core.alarm import AlarmText
from crisis.core.concern import Concern, ConcernKind
from crisis.core.words import Words
from tests.builders import T0

DEAD = Concern(
    kind=ConcernKind.HOUSE,
    what="no-engine",
    since=T0,
    words=Words(de="Keine Engine läuft", en="no engine runs"),
)
UNASKED = Concern(
    kind=ConcernKind.UNSENT,
    what="not-asked",
    since=T0,
    words=Words(de="Nicht angefragt", en="not asked"),
    incident="i1",
    code_word="AHORN 47",
    step="A10",
    partner="ohs",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of an alarm at one address."""

    name: str
    arrived: bool


@dataclass(kw_only=True)
class ListedWay:
    """A second way whose addresses in `deaf` take nothing."""

    names: tuple[str, ...] = ("alarm-1", "alarm-2")
    deaf: frozenset[str] = frozenset()
    sent: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def send(
        self, text: AlarmText, *, id_: str, at: datetime, only: Iterable[str] | None = None
    ) -> tuple[Result, ...]:
        """Keep title, id and addresses."""
        del at
        names = self.names if only is None else tuple(only)
        self.sent.append((text.title, id_, names))
        return tuple(Result(name=name, arrived=name not in self.deaf) for name in names)
