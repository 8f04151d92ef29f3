"""The bench's own command line, and a very short run of it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from bench.__main__ import main, measure_all
from bench.catalogue import SCENARIOS
from bench.figure import Figure
from bench.scenario import Run, Scenario
from crisis.errors import UnreachableError


def test_scenarios_have_names_of_their_own() -> None:
    names = [scenario.name for scenario in SCENARIOS]

    assert len(set(names)) == len(names)


def test_unknown_scenario_is_refused_with_those_that_exist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["waves"])

    assert ended.value.code == 2
    names = ", ".join(scenario.name for scenario in SCENARIOS)
    assert f"no scenario waves; there are: {names}" in capsys.readouterr().err


@pytest.mark.integration
def test_quick_run_measures_a_real_house_and_writes_both_results(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "bench", "--quick", "--into", str(tmp_path)),
            *("wave_smtp", "restart", "help"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )

    assert (done.returncode, done.stderr) == (0, "")
    written = json.loads((tmp_path / "quick.json").read_text(encoding="utf-8"))
    assert list(written) == [
        "load_before",
        "cli_help_ms",
        "peer_python_start_ms",
        "peer_click_help_ms",
        "smtp_0ms_ratio_to_bare",
        "smtp_0ms_rate_to_bare",
        "smtp_0ms_engine_s",
        "peer_bare_pool_smtp_0ms_s",
        "smtp_30ms_ratio_to_bare",
        "smtp_30ms_rate_to_bare",
        "smtp_30ms_engine_s",
        "peer_bare_pool_smtp_30ms_s",
        "smtp_factor_over_stock_apprise",
        "peer_stock_apprise_1000_s",
        "restart_first_due_s",
        "prefect_tracked_share",
        "machine",
        "commit",
        "at",
    ]
    pictures = (tmp_path / "quick.html").read_text(encoding="utf-8")
    assert all(f'id="{key}"' in pictures for key in list(written)[:-3])


def test_scenario_that_fails_is_named_and_stops_no_other(tmp_path: Path) -> None:
    broken = Scenario(name="broken", title="Broken", limit_s=5, measure=_broken)
    sound = Scenario(name="sound", title="Sound", limit_s=5, measure=_sound)

    faults = measure_all(Run(folder=tmp_path), (broken, sound), into=tmp_path / "results")

    assert faults == ["broken: the sink is gone"]
    written = json.loads((tmp_path / "results" / "latest.json").read_text(encoding="utf-8"))
    assert (written["before_s"], written["sound_s"]) == (1.0, 2.0)


def test_scenario_that_does_not_end_is_given_up(tmp_path: Path) -> None:
    endless = Scenario(name="endless", title="Endless", limit_s=1, measure=_endless)

    faults = measure_all(Run(folder=tmp_path), (endless,), into=tmp_path)

    assert faults == ["endless: it did not end within 1 s"]


def _endless(_run: Run) -> Iterator[Figure]:
    yield Figure(key="first_s", value=1.0, unit="s")
    Event().wait()


def _broken(_run: Run) -> Iterator[Figure]:
    yield Figure(key="before_s", value=1.0, unit="s")
    raise UnreachableError("the sink is gone")


def _sound(_run: Run) -> Iterator[Figure]:
    yield Figure(key="sound_s", value=2.0, unit="s")
