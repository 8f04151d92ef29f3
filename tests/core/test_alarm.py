"""When an alarm is raised, repeated and called off, and what it says."""

from datetime import timedelta

import pytest

from crisis.core.alarm import (
    CALM,
    MOST_LINES,
    AlarmText,
    Occasion,
    Told,
    alarm_text,
    occasion_of,
    topics_of,
)
from crisis.core.concern import Concern, ConcernKind
from crisis.core.words import Words
from tests.builders import T0

AGAIN = timedelta(minutes=10)
UNASKED = Concern(
    kind=ConcernKind.UNSENT,
    what="not-asked",
    since=T0,
    words=Words(de="Nicht angefragt", en="not asked"),
    incident="i1",
    code_word="AHORN 47",
    step="A10",
    partner="opferhilfe",
)
DEAD = Concern(
    kind=ConcernKind.HOUSE,
    what="no-engine",
    since=T0,
    words=Words(de="Keine Engine läuft", en="no engine runs"),
)
TOLD = Told(topics=topics_of((UNASKED,)), at=T0)


@pytest.mark.parametrize(
    ("told", "concerns", "later", "calm_for", "occasion"),
    [
        (None, (), 0, 99, None),
        (None, (UNASKED,), 0, None, Occasion.NEW),
        (TOLD, (UNASKED,), 599, None, None),
        (TOLD, (UNASKED,), 600, None, Occasion.AGAIN),
        (TOLD, (UNASKED, DEAD), 1, None, Occasion.NEW),
        (TOLD, (), 60, 29, None),
        (TOLD, (), 60, 30, Occasion.CLEAR),
        (TOLD, (), 60, None, None),
    ],
)
def test_alarm_is_raised_repeated_and_called_off(
    told: Told | None,
    concerns: tuple[Concern, ...],
    later: int,
    calm_for: int | None,
    occasion: Occasion | None,
) -> None:
    now = T0 + timedelta(seconds=later)
    calm_since = None if calm_for is None else now - timedelta(seconds=calm_for)

    found = occasion_of(told, concerns, now=now, again=AGAIN, calm_since=calm_since)

    assert found is occasion
    assert timedelta(seconds=30) == CALM


def test_alarm_names_code_words_and_counts_and_no_partner() -> None:
    concerns = (UNASKED, UNASKED, DEAD)

    text = alarm_text(Occasion.NEW, concerns, watcher="host-a", address="https://crisis.example")

    assert text == AlarmText(
        title="Crisis: ALARM / ALARM (3)",
        body=(
            "Der Wächter meldet: Etwas ist nicht, wie es sein müsste.\n"
            "- Haus: Keine Engine läuft\n"
            "- AHORN 47: Nicht angefragt (2)\n"
            "Zu tun: Übersicht öffnen (https://crisis.example/) oder „crisis status“ ausführen;"
            " steht die Engine, „crisis serve“ neu starten. Bis dahin offene Stellen selbst"
            " anrufen.\n"
            "\n"
            "The watcher reports: something is not as it should be.\n"
            "- House: no engine runs\n"
            "- AHORN 47: not asked (2)\n"
            "To do: open the board (https://crisis.example/) or run `crisis status`; if the"
            " engine stands still, start `crisis serve` anew. Until then telephone the open"
            " partners yourself.\n"
            "\n"
            "Wächter / watcher: host-a"
        ),
        exercise=False,
    )


def test_alarm_about_exercises_alone_is_marked_as_one() -> None:
    drill = Concern(
        kind=ConcernKind.LATE,
        what="not-overdue",
        since=T0,
        words=Words(de="Frist verstrichen", en="deadline passed"),
        incident="i2",
        exercise=True,
    )

    alone = alarm_text(Occasion.AGAIN, (drill,), watcher="w", address="")
    mixed = alarm_text(Occasion.AGAIN, (drill, UNASKED), watcher="w", address="")

    assert alone.title == "[ÜBUNG/EXERCISE] Crisis: ALARM besteht weiter / ALARM persists (1)"
    assert alone.exercise
    assert "- [ÜBUNG] i2: Frist verstrichen\n" in mixed.body
    assert "- [EXERCISE] i2: deadline passed\n" in mixed.body
    assert not mixed.exercise


def test_all_clear_and_test_say_that_there_is_nothing_to_do() -> None:
    clear = alarm_text(Occasion.CLEAR, (), watcher="w", address="")
    test = alarm_text(Occasion.TEST, (), watcher="w", address="")

    assert clear.title == "Crisis: Entwarnung / all clear"
    assert clear.body == (
        "Entwarnung: Der Wächter findet nichts mehr. Nichts zu tun.\n\n"
        "All clear: the watcher finds nothing any more. Nothing to do.\n\n"
        "Wächter / watcher: w"
    )
    assert test.title == "Crisis: Probealarm / test alarm"


def test_long_alarm_counts_what_it_leaves_out() -> None:
    many = tuple(
        Concern(
            kind=ConcernKind.LATE,
            what="late",
            since=T0,
            words=Words(de="spät", en="late"),
            code_word=f"ELBE {n:02}",
        )
        for n in range(10, 10 + MOST_LINES + 3)
    )

    body = alarm_text(Occasion.NEW, many, watcher="w", address="").body

    assert "- ELBE 17: spät\n… und 3 weitere Zeilen\n" in body
    assert "- ELBE 17: late\n… and 3 more lines\n" in body
