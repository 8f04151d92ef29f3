"""Two runs beside each other: the same figures, and how long each step took."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core.figure import Quantity, Share, Stat
from crisis.core.report import ReflectionReport, reflection_report
from crisis.core.run_comparison import StepPair, StepTime, change, compare_runs
from tests.core.test_metrics_reference_run import reference_log


@pytest.fixture(scope="module")
def report() -> ReflectionReport:
    pen = reference_log()
    return reflection_report(pen.log(), log_to=len(pen.entries))


def test_run_beside_itself_is_the_same(report: ReflectionReport) -> None:
    found = compare_runs(report, report)

    assert found.same_playbook
    assert [pair.first for pair in found.figures] == [pair.second for pair in found.figures]
    assert [(pair.definition.id, pair.key) for pair in found.figures] == [
        (figure.id, stat.key) for figure in report.figures for stat in figure.stats
    ]
    assert [pair.step for pair in found.steps] == [span.step for span in report.timeline.spans]
    assert all(pair.first == pair.second for pair in found.steps)


def test_step_and_figure_of_one_run_only_have_no_counterpart(report: ReflectionReport) -> None:
    span = report.timeline.spans[0]
    alone = replace(span, step="Z1", done_at=span.started_at + timedelta(minutes=7))
    other = replace(
        report,
        timeline=replace(report.timeline, spans=(alone,)),
        figures=report.figures[1:],
    )

    found = compare_runs(report, other)

    assert found.steps[-1] == StepPair(
        step="Z1",
        first=None,
        second=StepTime(
            took=timedelta(minutes=7), asked=span.asked, taken=span.taken, late=span.late
        ),
    )
    assert [pair.second for pair in found.steps[:-1]] == [None] * len(report.timeline.spans)
    lost = report.figures[0]
    assert [pair.second for pair in found.figures if pair.definition.id == lost.id] == [
        None for _ in lost.stats
    ]


def test_number_of_the_second_run_stands_with_its_figure(report: ReflectionReport) -> None:
    first = report.figures[0]
    more = replace(first, stats=(*first.stats, Stat(key="more", value=1)))
    other = replace(report, figures=(more, *report.figures[1:]))

    pairs = compare_runs(report, other).figures

    own = [pair for pair in pairs if pair.definition.id == first.id]
    assert own == list(pairs[: len(own)])
    assert (own[-1].key, own[-1].first, own[-1].second) == ("more", None, 1)


def test_step_that_was_not_done_has_no_time(report: ReflectionReport) -> None:
    undone = replace(report.timeline.spans[0], done_at=None)
    run = replace(report, timeline=replace(report.timeline, spans=(undone,)))

    (pair,) = compare_runs(run, run).steps

    assert pair.first is not None
    assert pair.first.took is None


def test_steps_of_different_playbooks_are_not_compared(report: ReflectionReport) -> None:
    other = replace(report, cover=replace(report.cover, playbook="other"))

    found = compare_runs(report, other)

    assert not found.same_playbook
    assert found.steps == ()


@pytest.mark.parametrize(
    ("first", "second", "more"),
    [
        (timedelta(minutes=4), timedelta(minutes=9), timedelta(minutes=5)),
        (3, 1, -2),
        (None, 1, None),
        (3, timedelta(minutes=1), None),
        (Share(part=1, whole=2), Share(part=2, whole=2), None),
    ],
)
def test_change_is_said_where_it_can_be(
    first: Quantity, second: Quantity, more: timedelta | int | None
) -> None:
    assert change(first, second) == more
