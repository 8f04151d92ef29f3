"""Rows as lines, on wide screens and on narrow ones."""

from crisis.cli.table import drawn

LOG = ("n", "time", "step", "what")
ENTRY = ("4", "2026-12-18 19:20:03", "A10", "ask ohs-geschaeftsstelle over ohs-email")
TASKS = ("task", "since", "why", "about")
TASK = ("guard/S2/pol-flz-dresden/centre_open/10", "2026-12-18 19:21", "guard", "")


def test_columns_fold_between_words_to_the_width_of_a_screen() -> None:
    assert drawn(("a", "b"), [("one", "two three")], width=10) == ("a    b\none  two\n     three")


def test_columns_with_room_stand_side_by_side() -> None:
    assert drawn(LOG, [ENTRY], width=80) == (
        "n  time                 step  what\n"
        "4  2026-12-18 19:20:03  A10   ask ohs-geschaeftsstelle over ohs-email"
    )


def test_what_happened_stands_below_where_there_is_no_room_beside() -> None:
    assert drawn(LOG, [ENTRY], width=44) == (
        "n  time                 step\n"
        "4  2026-12-18 19:20:03  A10\n"
        "   ask ohs-geschaeftsstelle over ohs-email"
    )


def test_no_id_is_cut_where_nothing_fits() -> None:
    assert drawn(TASKS, [TASK, ("start", "2026-12-18 19:22", "start", "x" * 9)], width=40) == (
        "guard/S2/pol-flz-dresden/centre_open/10\n"
        "  since 2026-12-18 19:21 · why guard\n"
        "start\n"
        "  since 2026-12-18 19:22 · why start\n"
        "  about xxxxxxxxx"
    )


def test_a_row_is_named_by_step_partner_and_state() -> None:
    columns = ("step", "partner", "state", "due", "done")
    row = ("A10", "ohs-sachsen", "asking", "2026-12-18 19:48", "")

    assert drawn(columns, [row], width=36) == ("A10  ohs-sachsen  asking\n  due 2026-12-18 19:48")
