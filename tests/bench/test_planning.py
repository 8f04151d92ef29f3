"""A very short run of the one measure that needs no process."""

from pathlib import Path

from bench.planning import TARGET_MS, planning


def test_planning_measures_every_moment_of_a_wave(
    tmp_path: Path,
) -> None:
    slower, *moments = planning(tmp_path, partners=5)

    assert [figure.key for figure in moments] == [
        "plan_5_fresh_ms",
        "plan_5_quiet_ms",
        "plan_5_rising_ms",
    ]
    assert (slower.key, slower.target) == ("plan_5_ms", TARGET_MS)
    assert slower.note == "plan() for 5 obligations, the slower of the next two"
    assert slower.value == max(figure.value or 0.0 for figure in moments[:2])
    assert slower.value is not None
    assert slower.value > 0
