"""Statistics and targets."""

import pytest

from bench.figure import Figure, in_ms, percentile


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


@pytest.mark.parametrize(
    ("value", "is_met"),
    [pytest.param(0.7, True, id="just reached"), pytest.param(0.69, False, id="not reached")],
)
def test_figure_that_must_be_at_least_is_met_from_its_target(
    value: float, *, is_met: bool
) -> None:
    figure = Figure(key="ratio", value=value, unit="", target=0.7, at_least=True)

    assert figure.is_met is is_met


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        pytest.param(0.99, 99.0, id="99 of 100"),
        pytest.param(0.5, 50.0, id="half"),
        pytest.param(1.0, 100.0, id="all"),
        pytest.param(0.0, 1.0, id="none"),
    ],
)
def test_percentile_is_a_measured_value(share: float, expected: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], share) == expected


def test_percentile_of_one_value_is_that_value() -> None:
    assert percentile([0.4], 0.99) == 0.4
