"""The files of a wave are such as the house would take from anybody."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.wave import (
    OTHER_REGION,
    PLAYBOOK,
    REGION,
    STEP,
    TIMERS,
    Crowd,
    over_http,
    timer_step,
    write_timers,
    write_wave,
)
from crisis.core.contact import holders
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock

NOW = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)


def a_library(folder: Path) -> FileLibrary:
    return FileLibrary(playbooks=folder / "p", contacts=folder / "c", clock=FakeClock(NOW))


def test_written_wave_asks_so_many_partners_without_errors(tmp_path: Path) -> None:
    write_wave(tmp_path / "p", tmp_path / "c", over_http("127.0.0.1:9", partners=3))

    library = a_library(tmp_path)
    asked = holders(library.directory(around=NOW), "OHS", region=REGION)

    assert [partner.id for partner in asked] == ["bench-1", "bench-2", "bench-3"]
    assert [step.id for step in library.playbook(PLAYBOOK).steps] == [STEP]
    assert library.address("bench-2-http") == "json://127.0.0.1:9/bench/2"


def test_each_crowd_is_asked_in_its_own_region(tmp_path: Path) -> None:
    mails = Crowd(
        name="mail",
        partners=1000,
        address=lambda n: f"mailto://127.0.0.1:9/?from=crisis@bench.example&to=m{n}@bench.example",
        region=OTHER_REGION,
    )
    write_wave(tmp_path / "p", tmp_path / "c", over_http("127.0.0.1:9", partners=1), mails)

    library = a_library(tmp_path)
    directory = library.directory(around=NOW)

    assert [each.id for each in holders(directory, "OHS", region=REGION)] == ["bench-1"]
    assert len(holders(directory, "OHS", region=OTHER_REGION)) == 1000
    assert library.address("mail-1000-email") == mails.address(1000)


def test_timers_begin_at_their_seconds(tmp_path: Path) -> None:
    write_wave(tmp_path / "p", tmp_path / "c", over_http("127.0.0.1:9", partners=1))
    write_timers(tmp_path / "p", seconds=(3, 47))

    steps = a_library(tmp_path).playbook(TIMERS).steps

    assert [(step.id, step.start.offset) for step in steps] == [
        (timer_step(3), timedelta(seconds=3)),
        (timer_step(47), timedelta(seconds=47)),
    ]
