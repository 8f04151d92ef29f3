"""What the board says of a log that was put back."""

import pytest

from crisis.core.event import Event, LogRestored, NoteAdded
from crisis.core.incident import fold
from crisis.web.board_view import board_view
from crisis.web.texts import texts
from tests.builders import T0, entries_of


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ((NoteAdded(text="x", happened_at=T0),), []),
        ((LogRestored(upto_version=4),), ["AHORN 47 (Einträge ab 5 verloren)"]),
        (
            (LogRestored(upto_version=4), LogRestored(upto_version=4, lost_to=9)),
            ["AHORN 47 (Einträge 5 bis 9 verloren)"],
        ),
    ],
)
def test_board_names_what_was_lost(events: tuple[Event, ...], words: list[str]) -> None:
    view = board_view((fold(entries_of(*events)),), now=T0, say=texts("de"))
    assert view["restored"] == words
