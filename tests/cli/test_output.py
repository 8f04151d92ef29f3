"""The one place that prints."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest

from crisis.cli import output


class Colour(StrEnum):
    """A word."""

    RED = "red"


def test_plain_gives_moments_with_offset_and_durations_in_seconds() -> None:
    value = {
        Colour.RED: (datetime(2026, 12, 18, 18, 20, tzinfo=UTC), timedelta(minutes=1)),
        "kept": ["ü", 1, None, True, frozenset({"one"})],
    }

    assert output.plain(value) == {
        "red": ["2026-12-18T18:20:00+00:00", 60.0],
        "kept": ["ü", 1, None, True, ["one"]],
    }


def test_table_keeps_brackets_and_never_wraps_in_a_pipe(
    capsys: pytest.CaptureFixture[str],
) -> None:
    long = "word " * 60

    output.table(("mark", "text"), [("[ÜBUNG]", long.strip())])

    assert capsys.readouterr().out == f"mark     text\n[ÜBUNG]  {long.strip()}\n"


def test_table_says_what_to_do_where_it_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(("one",), [], empty="nothing")
    output.table(("one",), [])

    assert capsys.readouterr().out == "nothing\n"


def test_pairs_are_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    output.pairs({"One": "1", "Longer": "2", "None": ""})
    output.pairs({})

    assert capsys.readouterr().out == "One     1\nLonger  2\nNone\n"


def test_folded_keeps_names_whole_and_what_belongs_together_aligned() -> None:
    line = "Providers  relay-dresden-nord passed over by host-a"

    assert output.folded(line, indent=11, width=80) == line
    assert output.folded(line, indent=11, width=40) == (
        "Providers  relay-dresden-nord passed\n           over by host-a"
    )


def test_one_reason_stands_behind_its_colon_and_several_one_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.reasons("Not all is well", ("the engine sleeps",))
    output.reasons("Not all is well", ("the engine sleeps", "so does the watcher"))

    assert capsys.readouterr().err == (
        "Not all is well: the engine sleeps.\n"
        "Not all is well:\n- the engine sleeps\n- so does the watcher\n"
    )
