"""What is written for programs and printed for people."""

import json
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import Figure
from bench.result import heading, row, write_result

AT = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)
KEPT = Figure(key="cold_start_s", value=3.17, unit="s", target=20.0, note="a fresh folder")
MISSED = Figure(key="cli_help_ms", value=250.0, unit="ms", target=200.0)
SHOWN = Figure(
    key="smtp_0ms_ratio_to_bare", value=0.09, unit="", target=0.5, at_least=True, note="a share"
)
SKIPPED = Figure(key="before_prefect_first_ms", value=None, unit="ms", target=500.0, note="why")


def test_write_result_is_one_flat_object_of_what_was_measured(tmp_path: Path) -> None:
    file = tmp_path / "results" / "latest.json"

    for figures in ([MISSED], [KEPT, SHOWN, SKIPPED]):
        write_result(file, figures, machine="Kern, 2 cores", commit="abc", at=AT)

    assert json.loads(file.read_text(encoding="utf-8")) == {
        "cold_start_s": 3.17,
        "smtp_0ms_ratio_to_bare": 0.09,
        "machine": "Kern, 2 cores",
        "commit": "abc",
        "at": "2026-12-18T18:20:00+00:00",
    }
    assert [path.name for path in file.parent.iterdir()] == ["latest.json"]


def test_row_says_kept_or_missed_in_words_and_columns() -> None:
    assert [heading(), *map(row, (KEPT, MISSED, SHOWN, SKIPPED))] == [
        "figure                                  measured        target",
        "cold_start_s                              3.17 s        ≤ 20 s  ✓ kept  a fresh folder",
        "cli_help_ms                               250 ms      ≤ 200 ms  ✗ missed",
        "smtp_0ms_ratio_to_bare                      0.09         ≥ 0.5  ✗ missed  a share",
        "before_prefect_first_ms                     none      ≤ 500 ms  why",
    ]
