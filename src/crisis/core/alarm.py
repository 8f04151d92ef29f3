"""When the watcher raises an alarm over its own way, and what the alarm says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from crisis.core.concern import Concern, ConcernKind

# A concern that comes and goes is not called off each time.
CALM = timedelta(seconds=30)
# An alarm is read on a telephone; what does not fit is counted.
MOST_LINES = 8


class Occasion(StrEnum):
    """Why something is sent over the second way."""

    NEW = "new"
    AGAIN = "again"
    CLEAR = "clear"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The alarm that was raised last and not called off: its topics, and when (real time)."""

    topics: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmText:
    """An alarm in German and English; counts and code words, no partner and no address."""

    title: str
    body: str
    exercise: bool


def occasion_of(
    told: Told | None,
    concerns: Sequence[Concern],
    *,
    now: datetime,
    again: timedelta,
    calm_since: datetime | None,
) -> Occasion | None:
    """
    Return why to raise an alarm now, or None.

    Args:
        told: the last alarm that was not called off.
        concerns: everything that is wrong now.
        now: real time, as are all moments here.
        again: how often to repeat an alarm that nobody ended.
        calm_since: since when there has been no concern, None while there is one.
    """
    if concerns:
        if told is None or not topics_of(concerns) <= told.topics:
            return Occasion.NEW
        return Occasion.AGAIN if told.at + again <= now else None
    calm = calm_since is not None and calm_since + CALM <= now
    return Occasion.CLEAR if told is not None and calm else None


def topics_of(concerns: Iterable[Concern]) -> frozenset[str]:
    """Return what an alarm about these concerns is about."""
    return frozenset(concern.topic for concern in concerns)


def alarm_text(
    occasion: Occasion, concerns: Sequence[Concern], *, watcher: str, address: str
) -> AlarmText:
    """
    Return the text of an alarm.

    Args:
        occasion: why it is sent.
        concerns: what is wrong; none for an all-clear or a test.
        watcher: the name of the watcher that sends it.
        address: where the board is.
    """
    exercise = bool(concerns) and all(concern.exercise for concern in concerns)
    mark = "[ÜBUNG/EXERCISE] " if exercise else ""
    german, english = _HEADS[occasion]
    count = f" ({len(concerns)})" if concerns else ""
    return AlarmText(
        title=f"{mark}Crisis: {german} / {english}{count}",
        body="\n".join(
            (
                *_part("de", occasion, concerns, address=address),
                "",
                *_part("en", occasion, concerns, address=address),
                "",
                f"Wächter / watcher: {watcher}",
            )
        ),
        exercise=exercise,
    )


_HEADS = {
    Occasion.NEW: ("ALARM", "ALARM"),
    Occasion.AGAIN: ("ALARM besteht weiter", "ALARM persists"),
    Occasion.CLEAR: ("Entwarnung", "all clear"),
    Occasion.TEST: ("Probealarm", "test alarm"),
}
_SAYS = {
    "de": {
        Occasion.NEW: "Der Wächter meldet: Etwas ist nicht, wie es sein müsste.",
        Occasion.AGAIN: "Der Wächter meldet weiterhin: Etwas ist nicht, wie es sein müsste.",
        Occasion.CLEAR: "Entwarnung: Der Wächter findet nichts mehr. Nichts zu tun.",
        Occasion.TEST: "Das ist eine Probe des zweiten Weges. Nichts zu tun.",
    },
    "en": {
        Occasion.NEW: "The watcher reports: something is not as it should be.",
        Occasion.AGAIN: "The watcher still reports: something is not as it should be.",
        Occasion.CLEAR: "All clear: the watcher finds nothing any more. Nothing to do.",
        Occasion.TEST: "This is a test of the second way. Nothing to do.",
    },
}
_TO_DO = {
    "de": (
        "Zu tun: Übersicht öffnen ({address}/) oder „crisis status“ ausführen; steht die Engine,"
        " „crisis serve“ neu starten. Bis dahin offene Stellen selbst anrufen."
    ),
    "en": (
        "To do: open the board ({address}/) or run `crisis status`; if the engine stands still,"
        " start `crisis serve` anew. Until then telephone the open partners yourself."
    ),
}
_HOUSE = {"de": "Haus", "en": "House"}
_MORE = {"de": "… und {count} weitere Zeilen", "en": "… and {count} more lines"}


def _part(
    language: str, occasion: Occasion, concerns: Sequence[Concern], *, address: str
) -> tuple[str, ...]:
    says = _SAYS[language][occasion]
    if not concerns:
        return (says,)
    lines = _lines(concerns, language)
    shown = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        shown = (*shown, _MORE[language].format(count=len(lines) - MOST_LINES))
    return (says, *shown, _TO_DO[language].format(address=address))


def _lines(concerns: Sequence[Concern], language: str) -> tuple[str, ...]:
    """Return one line per incident and kind of trouble, the house first, with how many."""
    ranked = sorted(concerns, key=lambda c: (c.kind is not ConcernKind.HOUSE, c.code_word, c.what))
    counted = Counter(_line(concern, language) for concern in ranked)
    return tuple(
        f"- {line}" if count == 1 else f"- {line} ({count})" for line, count in counted.items()
    )


def _line(concern: Concern, language: str) -> str:
    mark = {"de": "[ÜBUNG] ", "en": "[EXERCISE] "}[language] if concern.exercise else ""
    about = concern.code_word or concern.incident or _HOUSE[language]
    return f"{mark}{about}: {concern.words.in_language(language)}"
