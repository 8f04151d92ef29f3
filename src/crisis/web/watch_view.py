"""What the watcher found, and the watcher's own silence, as the banners of board and incident."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crisis.core.concern import Concern, ConcernKind
from crisis.core.incident import Incident
from crisis.launch.deadman_status import DeadmanStatus
from crisis.launch.watcher_status import WatcherStatus, last_look
from crisis.web.moments import duration
from crisis.web.naming import Names
from crisis.web.texts import Texts

# A house that was just started has no watcher yet.
STARTING = timedelta(seconds=60)
# What does not fit is counted.
MOST_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """
    What is known of the watchers; moments in real time.

    `since` is when the pages began, None where nobody expects a watcher.
    """

    watchers: tuple[WatcherStatus, ...] = ()
    deadmen: tuple[DeadmanStatus, ...] = ()
    since: datetime | None = None
    now: datetime

    @property
    def is_missing(self) -> bool:
        """Whether a watcher should have looked by now and none ever did."""
        late = self.since is not None and self.now - self.since > STARTING
        return not self.watchers and late

    @property
    def silent_for(self) -> timedelta | None:
        """For how long no watcher has looked, None while one does."""
        looked_at = last_look(self.watchers)
        if looked_at is None or any(watcher.fresh for watcher in self.watchers):
            return None
        return self.now - looked_at

    @property
    def concerns(self) -> tuple[Concern, ...]:
        """What all watchers found, each thing once."""
        found = {each.key: each for watcher in self.watchers for each in watcher.concerns}
        return tuple(found.values())

    @property
    def total(self) -> int:
        """How much was found, also where not all of it is told."""
        counts = (sum(watcher.counts.values()) for watcher in self.watchers)
        return max((*counts, len(self.concerns)), default=0)

    @property
    def words(self) -> str:
        """What `/healthz` says of the watcher."""
        if self.silent_for is not None:
            return f"silent for {self.silent_for.total_seconds():.0f} s"
        if not self.watchers:
            return "has not looked yet"
        if self.total == 1:
            return "1 concern"
        return f"{self.total} concerns" if self.total else "ok"


def watch_view(watch: Watch, *, say: Texts) -> list[str]:
    """Return the lines of the board's banner, the gravest first; empty if all is well."""
    shown = _lines(watch.concerns, say=say)
    return [*_silence(watch, say=say), *shown[:MOST_LINES], *_rest(shown, say=say)]


def incident_watch_view(watch: Watch, incident: Incident, *, say: Texts) -> list[str]:
    """Return the lines of one incident's banner: its own concerns, and the house's."""
    names = Names(incident, say)
    own = [concern for concern in watch.concerns if concern.incident == incident.id]
    house = [concern for concern in watch.concerns if not concern.incident]
    shown = [*_lines(house, say=say), *(_about(each, names=names, say=say) for each in own)]
    return [*_silence(watch, say=say), *shown[:MOST_LINES], *_rest(shown, say=say)]


def _silence(watch: Watch, *, say: Texts) -> Iterable[str]:
    if watch.is_missing:
        yield say("Der Wächter läuft nicht: Niemand prüft, ob alles hinausgeht.")
    if watch.silent_for is not None:
        time = duration(watch.silent_for, say)
        yield say(
            "Der Wächter schweigt seit %(time)s: Niemand prüft, ob alles hinausgeht.", time=time
        )
    for watcher in watch.watchers:
        if not watcher.fresh and watch.silent_for is None:
            yield say("Der Wächter auf %(name)s schweigt.", name=watcher.name)
        if watcher.undelivered:
            names = ", ".join(watcher.undelivered)
            yield say(
                "Der Alarm auf dem zweiten Weg kam nicht an (%(names)s)."
                " Bitte die Bereitschaft selbst anrufen.",
                names=names,
            )
    for switch in watch.deadmen:
        if switch.late:
            yield say("Der Totmannschalter von %(name)s kommt nicht durch.", name=switch.name)


def _lines(concerns: Sequence[Concern], *, say: Texts) -> list[str]:
    """Return one line per incident and kind of trouble, the house's first."""
    ranked = sorted(concerns, key=lambda c: (c.kind is not ConcernKind.HOUSE, c.code_word, c.what))
    counted = Counter(
        (concern.code_word or concern.incident, say.words(concern.words)) for concern in ranked
    )
    return [
        ": ".join(part for part in (about, words) if part) + (f" ({count})" if count > 1 else "")
        for (about, words), count in counted.items()
    ]


def _about(concern: Concern, *, names: Names, say: Texts) -> str:
    parts = (
        names.step(concern.step) if concern.step else "",
        names.partner(concern.partner) if concern.partner else "",
    )
    about = ", ".join(part for part in parts if part)
    words = say.words(concern.words)
    return f"{words}: {about}" if about else words


def _rest(shown: Sequence[str], *, say: Texts) -> list[str]:
    more = len(shown) - MOST_LINES
    return [say("und %(n)s weitere", n=more)] if more > 0 else []
