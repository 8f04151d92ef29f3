"""What is written down of a run, and when it counts as kept."""

import json
from collections import Counter
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bench.faults.__main__ import arguments, report
from bench.faults.catalogue import KINDS
from bench.faults.table import Origin, is_kept, summary
from bench.faults.tally import Tally
from bench.faults.verdict import Verdict

ORIGIN = Origin(
    seed=7,
    size="short",
    machine="2 cores",
    commit="abc",
    at=datetime(2026, 11, 22, 18, 20, tzinfo=UTC),
    took_s=61.5,
)


def _tally(verdict: Verdict = Verdict(asked=3)) -> Tally:  # noqa: B008 -- it is frozen
    tried = Tally(kind="kill-web", database="sqlite").hit(kills=1, recovery_s=2.5)
    return tried.with_verdict(verdict)


def test_summary_begins_with_the_figures_of_the_contract() -> None:
    left_out = Tally(kind="clock-back", database="sqlite", skipped="faketime is not installed")
    verdict = Verdict(
        asked=3, repeated=2, left_in_doubt={"eins.abcd": 2}, unknown=2, unknown_shown=2
    )
    result = summary([_tally(verdict), left_out], ORIGIN)

    assert {key: result[key] for key in list(result)[:13]} == {
        "kills": 1,
        "fault_kinds": 1,
        "lost": 0,
        "repeated": 2,
        "repeated_max_per_kill": 2,
        "unmarked": 0,
        "unknown": 2,
        "unknown_shown": 2,
        "max_recovery_s": 2.5,
        "log_verified": True,
        "asked": 3,
        "wrong": [],
        "not_tried": {"clock-back (sqlite)": "faketime is not installed"},
    }


def test_tries_are_added_up_with_what_the_engine_was_doing() -> None:
    once = Tally(kind="kill-web", database="sqlite").hit(kills=1, recovery_s=4.0, phase="sending")

    assert once.hit(kills=3, recovery_s=1.0, phase="sending") == Tally(
        kind="kill-web",
        database="sqlite",
        tries=2,
        kills=4,
        recovery_s=4.0,
        phases=Counter(sending=2),
    )


def test_repeats_of_one_engine_are_added_up_over_all_incidents() -> None:
    waves = _tally(Verdict(left_in_doubt={"eins.abcd": 20, "eins.efgh": 30}))
    both = waves.with_verdict(Verdict(left_in_doubt={"eins.abcd": 13}))

    assert (waves.most_per_kill, both.most_per_kill) == (30, 33)


def test_run_is_kept_only_if_nothing_was_lost_unmarked_or_beyond_the_window() -> None:
    kept = [
        is_kept([tally])
        for tally in (
            _tally(),
            _tally(Verdict(lost=1)),
            _tally(Verdict(unmarked=1)),
            _tally(Verdict(left_in_doubt={"eins.abcd": 33})),
            _tally().but("a deputy was asked early"),
        )
    ]

    assert kept == [True, False, False, False, False]


def _tried(*, kills: int, kinds: int) -> list[Tally]:
    """Return the counts of a run in which everything held, with so many kills and kinds."""
    first, *others = (Tally(kind=kind, database="sqlite") for kind in list(KINDS)[:kinds])
    return [
        first.hit(kills=kills, recovery_s=1.0),
        *(other.hit(kills=0, recovery_s=1.0) for other in others),
    ]


@pytest.mark.parametrize(
    ("kills", "kinds", "findings"),
    [
        (200, 20, []),
        (199, 20, ["kills: 199, below the bar of 200"]),
        (200, 19, ["kinds of fault: 19, below the bar of 20"]),
        (1, 1, ["kills: 1, below the bar of 200", "kinds of fault: 1, below the bar of 20"]),
    ],
)
def test_whole_run_that_tried_too_little_is_not_kept_and_says_so(
    tmp_path: Path, kills: int, kinds: int, findings: list[str]
) -> None:
    screen, file = StringIO(), tmp_path / "faults.json"
    given = arguments(["--result", str(file)])

    held = report(
        _tried(kills=kills, kinds=kinds), given, ORIGIN, console=Console(file=screen, width=200)
    )

    assert held is not bool(findings)
    assert json.loads(file.read_text(encoding="utf-8"))["wrong"] == findings
    assert [line for line in screen.getvalue().splitlines() if "the bar of" in line] == findings


@pytest.mark.parametrize(
    "less",
    [
        ["--kinds", "kill-web"],
        ["--databases", "sqlite"],
        ["--size", "short"],
        ["--kills", "5"],
        ["--minutes", "2"],
    ],
    ids=lambda words: words[0],
)
def test_who_asks_for_less_than_the_whole_owes_no_bar(tmp_path: Path, less: list[str]) -> None:
    given = arguments(["--result", str(tmp_path / "faults.json"), *less])

    assert report([_tally()], given, ORIGIN, console=Console(file=StringIO()))
    assert not report([_tally().but("late")], given, ORIGIN, console=Console(file=StringIO()))


def test_what_was_not_tried_is_listed_with_its_reason(tmp_path: Path) -> None:
    screen = StringIO()
    rootless = Tally(kind="disk-full", database="sqlite", skipped="a small file system needs root")
    turnless = Tally(kind="kill-web", database="postgres")
    given = arguments(["--size", "short", "--result", str(tmp_path / "faults.json")])

    held = report(
        [_tally(), rootless, turnless], given, ORIGIN, console=Console(file=screen, width=200)
    )

    assert held
    assert [line for line in screen.getvalue().splitlines() if "not tried" in line] == [
        "not tried: disk-full (sqlite): a small file system needs root",
        "not tried: kill-web (postgres): no time was left",
    ]
