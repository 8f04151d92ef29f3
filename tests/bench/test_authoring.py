"""A very short run of what authors wait for."""

from pathlib import Path

import pytest

from bench.authoring import authoring
from bench.scenario import Run


@pytest.mark.integration
def test_authoring_measures_what_the_contract_names(tmp_path: Path) -> None:
    figures = list(authoring(Run(folder=tmp_path, quick=True)))

    assert [(figure.key, figure.target) for figure in figures] == [
        ("check_all_s", 1.0),
        ("check_500_steps_s", 0.5),
        ("bad_file_s", 2.0),
        ("bad_file_mb", 200.0),
        ("simulate_18_months_s", 1.0),
        ("monte_carlo_10k_s", 30.0),
        ("coverage_year_s", 20.0),
    ]
    assert all(figure.value is not None and figure.value > 0 for figure in figures)
