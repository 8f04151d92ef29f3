"""What is written down of a run, and when it counts as kept."""

from collections import Counter
from datetime import UTC, datetime

from bench.faults.table import Origin, is_enough, is_kept, summary
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
        "not_tried": {"clock-back": "faketime is not installed"},
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


def test_bar_is_two_hundred_kills_of_twenty_kinds() -> None:
    few = summary([_tally()], ORIGIN)

    assert not is_enough(few)
    assert is_enough({**few, "kills": 200, "fault_kinds": 20})
