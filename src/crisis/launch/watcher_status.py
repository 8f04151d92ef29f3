"""What the watchers said at their last beat; their own silence is a finding too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crisis.core.concern import Concern, ConcernKind
from crisis.core.words import Words
from crisis.launch.engine_status import FORGOTTEN, Sign

# Under this and its name a watcher gives its signs of life.
BEATS = "watcher/"
# It looks every ten seconds; after so long it is silent.
SILENT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatcherStatus:
    """
    One watcher; `at` and `sent_at` in real time.

    `concerns` may be fewer than `counts` say. `undelivered` names the alarm addresses
    that the last alarm did not reach, `shared` those that lead to a server of the
    first way; `addresses` is how many there are.
    """

    name: str
    at: datetime
    fresh: bool
    counts: Mapping[str, int]
    concerns: tuple[Concern, ...] = ()
    waiting: int = 0
    took_s: float = 0.0
    addresses: int = 0
    undelivered: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    alarms_arrived: int = 0
    alarms_failed: int = 0
    sent_at: datetime | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is wrong, as `crisis status` says it."""
        if not self.fresh:
            return (f"watcher {self.name} gives no sign of life",)
        found = [_reason(concern) for concern in self.concerns]
        more = sum(self.counts.values()) - len(self.concerns)
        if more > 0:
            found.append(f"and {more} more concerns of watcher {self.name}")
        if self.undelivered:
            found.append(f"the alarm did not reach {', '.join(self.undelivered)}")
        return tuple(found)


def watcher_statuses(signs: Iterable[Sign], *, now: datetime) -> tuple[WatcherStatus, ...]:
    """
    Return the watchers among all who gave a sign of life, by name; `now` in real time.

    One that was silent for a day is left out, but the last one never is.
    """
    found = [
        _status(name.removeprefix(BEATS), at, data, now=now)
        for name, at, data in signs
        if name.startswith(BEATS)
    ]
    last = max((each.at for each in found), default=now)
    return tuple(
        each
        for each in sorted(found, key=lambda each: each.name)
        if each.at == last or now - each.at <= FORGOTTEN
    )


def last_look(watchers: Sequence[WatcherStatus]) -> datetime | None:
    """Return when any watcher last looked."""
    return max((watcher.at for watcher in watchers), default=None)


def concern_data(concern: Concern) -> dict[str, Any]:
    """Return a concern as JSON values, for a beat."""
    return {
        "kind": concern.kind.value,
        "what": concern.what,
        "since": concern.since.isoformat(),
        "de": concern.words.de,
        "en": concern.words.en,
        "incident": concern.incident,
        "code_word": concern.code_word,
        "step": concern.step,
        "partner": concern.partner,
        "exercise": concern.exercise,
    }


def _concern(data: Mapping[str, Any]) -> Concern:
    return Concern(
        kind=ConcernKind(data["kind"]),
        what=data["what"],
        since=datetime.fromisoformat(data["since"]),
        words=Words(de=data["de"], en=data["en"]),
        incident=data["incident"],
        code_word=data["code_word"],
        step=data["step"],
        partner=data["partner"],
        exercise=data["exercise"],
    )


def _status(name: str, at: datetime, data: Mapping[str, Any], *, now: datetime) -> WatcherStatus:
    alarm = data.get("alarm", {})
    sent_at = alarm.get("sent_at")
    return WatcherStatus(
        name=name,
        at=at,
        fresh=now - at <= SILENT,
        counts=dict(data.get("counts", {})),
        concerns=tuple(_concern(each) for each in data.get("concerns", ())),
        waiting=int(data.get("waiting", 0)),
        took_s=float(data.get("took_s", 0.0)),
        addresses=int(alarm.get("addresses", 0)),
        undelivered=tuple(alarm.get("undelivered", ())),
        shared=tuple(alarm.get("shared", ())),
        alarms_arrived=int(alarm.get("arrived", 0)),
        alarms_failed=int(alarm.get("failed", 0)),
        sent_at=None if sent_at is None else datetime.fromisoformat(sent_at),
    )


def _reason(concern: Concern) -> str:
    parts = (concern.code_word or concern.incident, concern.step, concern.partner)
    about = " ".join(part for part in parts if part)
    return f"{about}: {concern.words.en}" if about else concern.words.en
