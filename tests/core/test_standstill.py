"""An incident that does not move is told from one that does, and is left alone ever longer."""

from datetime import timedelta

import pytest

from crisis.core.standstill import Look, Standstill
from tests.builders import T0, minutes

LATER = T0 + minutes(5)


def a_look(version: int = 7, *, wrote: int = 0, **more: object) -> Look:
    """Return a look at T0; it waits for five minutes later."""
    given = {"at": T0, "wake_at": LATER, **more}
    return Look(version=version, reached=version + wrote, **given)  # type: ignore[arg-type]  # -- as named


def after(*looks: Look) -> Standstill:
    """Return how it stands after some looks."""
    found = Standstill()
    for look in looks:
        found = found.after(look)
    return found


@pytest.mark.parametrize(
    ("name", "first", "second", "vain"),
    [
        ("nothing is due", a_look(), a_look(), 0),
        ("a fact follows from what others wrote", a_look(), a_look(8, wrote=1), 0),
        ("a fact is due though nobody wrote", a_look(wrote=1), a_look(8, wrote=1), 1),
        ("the moment has come", a_look(), a_look(wrote=1, at=LATER), 0),
        ("the moment has not come", a_look(), a_look(wrote=1, at=LATER - timedelta(seconds=1)), 1),
        ("nobody knows when to look again", a_look(wake_at=None), a_look(wrote=1), 1),
        ("a message is due though nobody wrote", a_look(wrote=1), a_look(8, left=1), 1),
        ("a message was due and is not claimed yet", a_look(left=2), a_look(left=2), 0),
        (
            "one after the other is held back",
            a_look(left=2, wrote=1),
            a_look(8, left=1, wrote=1),
            0,
        ),
        ("as many are due as before", a_look(left=2, wrote=1), a_look(8, left=2, wrote=1), 1),
        ("a message leaves", a_look(wrote=1), a_look(8, wrote=1, sent=True), 0),
        ("the moment to look again is past", a_look(wake_at=T0), a_look(wake_at=T0), 1),
        ("what is left explains it", a_look(wake_at=T0), a_look(wake_at=T0, left=1), 1),
    ],
)
def test_look_is_in_vain_or_not(name: str, first: Look, second: Look, vain: int) -> None:
    assert after(first, second) == Standstill(last=second, vain=vain), name


def test_incident_that_does_not_move_is_left_alone_ever_longer() -> None:
    looks = [a_look(version, wrote=1) for version in range(7, 19)]

    pauses = [after(*looks[:n]).pause_s for n in range(1, len(looks) + 1)]

    assert pauses == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]


def test_news_ends_a_standstill() -> None:
    still = after(*(a_look(version, wrote=1) for version in range(7, 14)))
    assert still.pause_s == 4
    assert still.last is not None

    assert not still.last.is_news(version=14, now=T0)
    assert still.last.is_news(version=15, now=T0)
    assert still.last.is_news(version=14, now=LATER)
    assert still.after(a_look(15, wrote=1)).pause_s == 0
