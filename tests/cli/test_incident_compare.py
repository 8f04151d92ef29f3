"""Two runs beside each other at the command line."""

import pytest

from tests.cli.desk import CommandLine

A, B = "20261218-1820-k7m2", "20261218-2020-k7m2"


@pytest.fixture
def runs(ada: CommandLine) -> CommandLine:
    """Return a house with two exercises: desk and police are slower in the second one."""
    for pause in (4, 9):
        ada.screen("incident", "open", "alarm", "--region", "Dresden", "--exercise")
        ada.clock.advance(minutes=pause)
        ada.screen("incident", "ack", "last", "S1")
        if pause == 4:
            ada.screen("incident", "answer", "last", "S2", "--set", "injured=3")
        ada.clock.advance(minutes=120 - pause)
    return ada


def test_figures_and_steps_stand_beside_each_other(runs: CommandLine) -> None:
    screen = runs.screen("incident", "compare", A, B, "--language", "en")

    lines = [" ".join(line.split()) for line in screen.splitlines()]
    assert lines[:2] == [
        f"A {A} AHORN 47, exercise, alarm 1.0.0 in 14612 Dresden, 2026-12-18 19:20",
        f"B {B} AHORN 47, exercise, alarm 1.0.0 in 14612 Dresden, 2026-12-18 21:20",
    ]
    assert "figure what A B B - A" in lines
    assert "M3 Time to acknowledgement per partner: Median 4 min 9 min +5 min" in lines
    assert lines[-3:-1] == [
        "S1 Duty desk takes over 4 min (1/1) 9 min (1/1) +5 min",
        "S2 Ask for the situation 4 min (1/1) not done (0/1)",
    ]


def test_program_is_told_figures_and_times(runs: CommandLine) -> None:
    told = runs.read("incident", "compare", A, B)

    assert [told[run]["incident"] for run in ("first", "second")] == [A, B]
    assert told["steps"][:2] == [
        {
            "step": "S1",
            "first": {"took": 240.0, "asked": 1, "taken": 1, "late": 0},
            "second": {"took": 540.0, "asked": 1, "taken": 1, "late": 0},
        },
        {
            "step": "S2",
            "first": {"took": 240.0, "asked": 1, "taken": 1, "late": 0},
            "second": {"took": None, "asked": 1, "taken": 0, "late": 0},
        },
    ]
    assert {
        "figure": "M3",
        "key": "median",
        "first": 240.0,
        "second": 540.0,
    } in told["figures"]
    shares = [one for one in told["figures"] if isinstance(one["first"], dict)]
    assert all(set(one["first"]) == {"part", "whole"} for one in shares)
    assert shares


def test_run_of_another_playbook_is_compared_by_figures_only(runs: CommandLine) -> None:
    folder = runs.folder / "playbooks"
    text = (folder / "alarm.yaml").read_text(encoding="utf-8")
    (folder / "other.yaml").write_text(text.replace("id: alarm\nversion", "id: other\nversion"))
    runs.screen("incident", "open", "other", "--region", "Dresden", "--exercise")

    screen = runs.screen("incident", "compare", A, "last")

    assert screen.endswith("The runs are of different playbooks; their steps are not compared.\n")


def test_run_that_does_not_exist_is_named(runs: CommandLine) -> None:
    result = runs.run("incident", "compare", A, "nothing")

    assert result.exit_code == 3
    assert "nothing" in result.stderr
