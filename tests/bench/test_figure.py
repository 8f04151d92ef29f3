"""Statistics and targets."""

import pytest

from bench.figure import Figure, in_ms


def test_in_ms_gives_median_and_greatest_in_milliseconds() -> None:
    assert in_ms([0.3, 0.1, 0.2, 0.9]) == (250.0, 900.0)


def test_in_ms_of_one_run_is_that_run_twice() -> None:
    assert in_ms([0.01234]) == (12.3, 12.3)


@pytest.mark.parametrize(
    ("value", "target", "is_met"),
    [
        pytest.param(20.0, 20.0, True, id="just kept"),
        pytest.param(20.1, 20.0, False, id="missed"),
        pytest.param(5.0, None, None, id="no target"),
        pytest.param(None, 20.0, None, id="not measured"),
    ],
)
def test_figure_is_met_up_to_its_target(
    value: float | None, target: float | None, *, is_met: bool | None
) -> None:
    assert Figure(key="plan_1000_ms", value=value, unit="ms", target=target).is_met is is_met
