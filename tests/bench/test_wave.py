"""The files of a wave are such as the house would take from anybody."""

from datetime import UTC, datetime
from pathlib import Path

from bench.wave import PLAYBOOK, REGION, STEP, write_wave
from crisis.core.contact import holders
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock

NOW = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)


def test_written_wave_asks_so_many_partners_without_errors(tmp_path: Path) -> None:
    write_wave(tmp_path / "p", tmp_path / "c", partners=3, sink="127.0.0.1:9")

    library = FileLibrary(playbooks=tmp_path / "p", contacts=tmp_path / "c", clock=FakeClock(NOW))
    asked = holders(library.directory(around=NOW), "OHS", region=REGION)

    assert [partner.id for partner in asked] == ["bench-1", "bench-2", "bench-3"]
    assert [step.id for step in library.playbook(PLAYBOOK).steps] == [STEP]
    assert library.address("bench-2-http") == "json://127.0.0.1:9/wave/2"
