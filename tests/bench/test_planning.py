"""A very short run of the one measure that needs no process."""

from pathlib import Path

from bench.planning import TARGET_MS, planning


def test_planning_measures_every_moment_of_a_wave_and_reports_the_slowest(
    tmp_path: Path,
) -> None:
    slowest, *moments = planning(tmp_path, partners=5)

    assert [figure.key for figure in moments] == [
        "plan_5_fresh_ms",
        "plan_5_quiet_ms",
        "plan_5_rising_ms",
    ]
    assert (slowest.key, slowest.target) == ("plan_5_ms", TARGET_MS)
    assert slowest.note == "plan() for 5 obligations, the slowest of the following"
    assert slowest.value == max(figure.value or 0.0 for figure in moments)
    assert slowest.value is not None
    assert slowest.value > 0
