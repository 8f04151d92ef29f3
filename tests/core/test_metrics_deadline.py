"""M9 and M15: what counts as done, what as due, and who reported back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.event import TaskKind
from crisis.core.figure import RowState, Share
from crisis.core.metrics_deadline import metric_m9, metric_m15
from crisis.core.playbook import Completion, ExpectAnswer, ExpectReport, Phase
from crisis.core.scope import read_scope
from crisis.core.words import Words
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step

DUE = T0 + timedelta(minutes=15)
LATER = T0 + timedelta(minutes=60)


def _m(count: float) -> timedelta:
    return timedelta(minutes=count)


def _pen(completion: Completion = Completion.ALL, quorum: int | None = None) -> Pen:
    steps = (
        replace(a_step("A1"), completion=completion, quorum=quorum),
        a_step("A2", expect=ExpectReport()),
        a_step("A3", expect=ExpectAnswer(form="f5"), check_in=True),
    )
    pen = Pen(
        a_playbook(Phase(id="p", title=Words(de="Phase"), steps=steps)),
        a_directory(a_partner("cy"), a_partner("bo"), a_partner("dee")),
    )
    pen.open(occurred_at=None)
    return pen


@pytest.mark.parametrize(
    ("completion", "quorum", "delay"),
    [
        (Completion.ANY, None, None),
        (Completion.QUORUM, 2, _m(5)),
        (Completion.ALL, None, _m(10)),
    ],
)
def test_m9_counts_a_step_as_done_when_enough_have_taken_over(
    completion: Completion, quorum: int | None, delay: timedelta | None
) -> None:
    pen = _pen(completion, quorum)
    pen.start(T0, "A1", "cy", "bo", "dee", due_at=DUE)
    for partner, minute in (("cy", 10), ("bo", 20), ("dee", 25)):
        pen.acknowledge(T0 + _m(minute), "A1", partner)
    figure = metric_m9(read_scope(pen.log(), at=LATER))
    assert [row.value for row in figure.rows] == ([] if delay is None else [delay])
    assert figure.stat("in-time") == Share(part=int(delay is None), whole=1)


def test_m9_counts_a_refused_part_as_done_once_the_lead_has_dealt_with_it() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", "bo", due_at=DUE)
    pen.acknowledge(T0 + _m(3), "A1", "bo")
    pen.decline(T0 + _m(5), "A1", "cy", reason="nicht zuständig")
    for kind, partner in ((TaskKind.PHONE, "bo"), (TaskKind.DECLINED, "cy")):
        task = ev.TaskRaised(task=f"t-{partner}", task_kind=kind, step="A1", partner=partner)
        pen.write(T0 + _m(5), task)
    undone = metric_m9(read_scope(pen.log(), at=LATER))
    assert [row.state for row in undone.censored] == [RowState.RUNNING]
    done = ev.TaskDone(task="t-cy", result="done", note="", happened_at=T0 + _m(12))
    pen.write(T0 + _m(12), done)
    assert metric_m9(read_scope(pen.log(), at=LATER)).stat("in-time") == Share(part=1, whole=1)


def test_m9_takes_a_report_as_done_when_it_was_drafted() -> None:
    pen = _pen()
    pen.start(T0, "A2", due_at=DUE)
    drafted = ev.ReportDrafted(step="A2", status="draft", log_to=1, digest="d")
    pen.write(T0 + _m(1), drafted)
    assert metric_m9(read_scope(pen.log(), at=LATER)).stat("in-time") == Share(part=1, whole=1)


@pytest.mark.parametrize(
    "dropped",
    [
        ev.StepSkipped(step="A1", partner=None, reason="erledigt"),
        ev.StepObsolete(step="A1", reason="condition"),
    ],
)
def test_m9_leaves_out_steps_that_were_dropped_in_time(
    dropped: ev.StepSkipped | ev.StepObsolete,
) -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=DUE)
    pen.write(T0 + _m(3), dropped)
    figure = metric_m9(read_scope(pen.log(), at=LATER))
    assert (figure.stat("in-time"), figure.n) == (None, 0)


def test_m9_waits_for_deadlines_that_have_not_passed() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=DUE)
    assert metric_m9(read_scope(pen.log(), at=T0 + _m(3))).n == 0


def test_m15_counts_who_was_asked_and_who_reported_late() -> None:
    pen = _pen()
    pen.start(T0, "A3", "cy", "bo", "dee", due_at=DUE)
    for partner in ("cy", "bo"):
        pen.attempt(T0, "A3", partner)
    pen.answer(T0 + _m(20), "A3", "cy")
    figure = metric_m15(read_scope(pen.log(), at=LATER))
    assert [(row.state, row.value) for row in figure.rows] == [
        (RowState.MEASURED, Share(part=1, whole=2)),
        (RowState.LATE, Share(part=1, whole=1)),
    ]
    assert figure.evidence == (figure.log_to,)


def test_m15_has_no_round_where_nobody_was_asked() -> None:
    pen = _pen()
    pen.start(T0, "A3", "cy", due_at=DUE)
    assert metric_m15(read_scope(pen.log(), at=LATER)).rows == ()


def test_m9_takes_a_decision_as_done_when_it_was_made() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=DUE)
    decided = ev.Decided(
        step="A1", option="yes", reason="Lage", by_default=False, happened_at=T0 + _m(2)
    )
    pen.write(T0 + _m(30), decided)
    assert metric_m9(read_scope(pen.log(), at=LATER)).stat("in-time") == Share(part=1, whole=1)
