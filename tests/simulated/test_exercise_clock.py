"""The exercise clock: shared, faster or skipping, never going back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crisis.errors import RefusedError, UnreachableError
from crisis.simulated.clock import FakeClock
from crisis.simulated.exercise_clock import ExerciseClock

EVENING = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)


def test_time_runs_as_fast_as_told(tmp_path: Path) -> None:
    wall = FakeClock()
    clock = ExerciseClock(tmp_path / "clock.json", wall=wall, scale=60, start=EVENING)

    wall.advance(seconds=10)

    assert clock.now() == EVENING + timedelta(minutes=10)


def test_skip_is_seen_by_every_process(tmp_path: Path) -> None:
    wall = FakeClock()
    ours = ExerciseClock(tmp_path / "clock.json", wall=wall, start=EVENING)
    theirs = ExerciseClock(tmp_path / "clock.json", wall=wall)
    before = theirs.now()

    ours.skip_to(EVENING + timedelta(hours=24))
    wall.advance(seconds=1)

    assert (before, theirs.now()) == (EVENING, EVENING + timedelta(hours=24, seconds=1))


def test_clock_never_goes_back(tmp_path: Path) -> None:
    clock = ExerciseClock(tmp_path / "clock.json", wall=FakeClock(), start=EVENING)

    with pytest.raises(RefusedError, match="does not go back to 2026-12-18T18:19"):
        clock.skip_to(EVENING - timedelta(minutes=1))

    assert clock.now() == EVENING


def test_another_scale_takes_over_without_a_jump(tmp_path: Path) -> None:
    wall = FakeClock()
    slow = ExerciseClock(tmp_path / "clock.json", wall=wall, scale=1, start=EVENING)
    wall.advance(seconds=30)

    fast = ExerciseClock(tmp_path / "clock.json", wall=wall, scale=600)
    wall.advance(seconds=1)

    assert slow.now() == fast.now() == EVENING + timedelta(seconds=30, minutes=10)
    assert slow.scale == 600


def test_without_a_start_it_begins_with_real_time(tmp_path: Path) -> None:
    wall = FakeClock(EVENING)

    assert ExerciseClock(tmp_path / "clock.json", wall=wall).now() == EVENING


def test_spoilt_file_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "clock.json"
    file.write_text("{}")

    with pytest.raises(UnreachableError, match="remove the file and start again"):
        ExerciseClock(file, wall=FakeClock())


def test_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UnreachableError, match="cannot be kept in"):
        ExerciseClock(tmp_path / "file" / "clock.json", wall=FakeClock())
