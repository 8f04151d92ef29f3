"""A run on a narrow screen: whole screens, and no id in two halves."""

from datetime import timedelta
from textwrap import dedent

from crisis.cli.agenda import agenda
from crisis.cli.timeline import Beat, fits, rows
from tests.cli.desk import EVENING


def _beat(what: str, *, minute: int = 0, **more: str) -> Beat:
    empty = {"step": "", "partner": "", "contact": "", "channel": "", "channel_kind": ""}
    return Beat(
        at=EVENING + timedelta(minutes=minute),
        since_t0=timedelta(minutes=minute),
        kind="x",
        level=1 if "contact" in more else None,
        outcome=None,
        code=None,
        what=what,
        **{**empty, **more},
    )


RUN = (
    _beat("exercise opened as AHORN 47"),
    _beat(
        "ask: deferred (no-relay)",
        step="A01",
        partner="pol-flz-dresden",
        contact="pol-flz-dresden-dienst",
        channel="pol-flz-dresden-dienst-phone-by-hand",
        channel_kind="phone-by-hand",
    ),
    _beat("deadline passed", minute=5, step="A01", partner="pol-flz-dresden"),
)


def test_agenda_has_a_heading_for_each_moment_and_breaks_between_words() -> None:
    assert agenda(RUN, origin=EVENING, width=80) == dedent("""\
        2026-12-18 19:20  T+0:00
                                exercise opened as AHORN 47
          A01  pol-flz-dresden  pol-flz-dresden-dienst over phone-by-hand, level 1: ask:
                                deferred (no-relay)

        2026-12-18 19:25  T+0:05
          A01  pol-flz-dresden  deadline passed""")


def test_agenda_gives_what_happens_its_own_line_where_it_is_very_narrow() -> None:
    assert agenda(RUN, origin=EVENING, width=50) == dedent("""\
        2026-12-18 19:20  T+0:00
              exercise opened as AHORN 47
          A01  pol-flz-dresden
              pol-flz-dresden-dienst over phone-by-hand,
              level 1: ask: deferred (no-relay)

        2026-12-18 19:25  T+0:05
          A01  pol-flz-dresden
              deadline passed""")
    assert agenda((), origin=EVENING, width=50) == ""


def test_table_fits_where_there_is_room_to_say_what_happened() -> None:
    listed = list(rows(RUN, origin=EVENING))

    assert fits(listed, width=128)
    assert not fits(listed, width=80)
