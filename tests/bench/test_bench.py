"""The bench's own command line."""

import pytest

from bench.__main__ import main
from bench.catalogue import SCENARIOS


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
