"""M1 to M5 and M22 beyond the reference run: refusals, drops, defaults, nothing at all."""

from datetime import timedelta

from crisis.core import event as ev
from crisis.core.event import Via
from crisis.core.figure import RowState, Share
from crisis.core.metrics_contact import (
    metric_m1,
    metric_m2,
    metric_m3,
    metric_m4,
    metric_m5,
    metric_m22,
)
from crisis.core.playbook import DecisionOption, ExpectDecision, ExpectSignOff, Phase
from crisis.core.scope import read_scope
from crisis.core.words import Words
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step


def _m(count: float) -> timedelta:
    return timedelta(minutes=count)


def a_pen() -> Pen:
    """Return an incident with a plain step, a decision and a sign-off, opened without a moment."""
    option = DecisionOption(id="unclear", label=Words(de="unklar"))
    decision = ExpectDecision(options=(option,), default="unclear", default_at=_m(40))
    steps = (
        a_step("A1"),
        a_step("A2", expect=decision),
        a_step("A3", expect=ExpectSignOff()),
        a_step("A4", within=None),
    )
    pen = Pen(
        a_playbook(Phase(id="p", title=Words(de="Phase"), steps=steps)),
        a_directory(a_partner("cy"), a_partner("bo"), a_partner("dee")),
    )
    pen.open(occurred_at=None)
    return pen


def test_m1_is_not_available_while_the_moment_of_the_incident_is_unknown() -> None:
    figure = metric_m1(read_scope(a_pen().log(), at=T0))
    assert (figure.stat("duration"), figure.n) == (None, 0)


def test_m2_lists_partners_that_were_not_tried_yet() -> None:
    pen = a_pen()
    pen.start(T0, "A1", "cy", "bo", due_at=T0 + _m(15))
    pen.attempt(T0 + _m(2), "A1", "cy")
    figure = metric_m2(read_scope(pen.log(), at=T0 + _m(5)))
    assert [(row.partner, row.value) for row in figure.rows] == [("cy", _m(2))]
    assert [(row.partner, row.value) for row in figure.censored] == [("bo", _m(5))]
    assert (figure.stat("median"), figure.n) == (_m(2), 1)


def test_m2_takes_the_earliest_of_a_partners_steps() -> None:
    pen = a_pen()
    for step, minute in (("A1", 4), ("A3", 1), ("A4", 9)):
        pen.start(T0, step, "cy", due_at=None)
        pen.attempt(T0 + _m(minute), step, "cy")
    figure = metric_m2(read_scope(pen.log(), at=T0 + _m(10)))
    assert [(row.step, row.value) for row in figure.rows] == [("A3", _m(1))]


def test_m3_keeps_refusals_and_dropped_cases_apart_from_what_was_measured() -> None:
    pen = a_pen()
    pen.start(T0, "A1", "cy", "bo", "dee", due_at=T0 + _m(15))
    pen.attempt(T0, "A1", "cy")
    pen.attempt(T0, "A1", "bo")
    pen.decline(T0 + _m(3), "A1", "cy", reason="nicht zuständig")
    pen.write(T0 + _m(4), ev.StepObsolete(step="A1", reason="condition"))
    figure = metric_m3(read_scope(pen.log(), at=T0 + _m(30)))
    assert (figure.n, figure.stat("median"), figure.stat("t0-max")) == (0, None, None)
    assert [(row.partner, row.state, row.value) for row in figure.rows] == [
        ("cy", RowState.DECLINED, _m(3)),
        ("dee", RowState.NOT_ASKED, None),
    ]
    assert [(row.partner, row.state, row.value) for row in figure.censored] == [
        ("bo", RowState.FELL_AWAY, _m(4)),
    ]


def test_m3_is_zero_for_a_partner_that_called_before_it_was_asked() -> None:
    pen = a_pen()
    pen.start(T0, "A1", "cy", due_at=T0 + _m(15))
    pen.attempt(T0 + _m(5), "A1", "cy")
    pen.acknowledge(T0 + _m(2), "A1", "cy", recorded_at=T0 + _m(6))
    assert metric_m3(read_scope(pen.log(), at=T0 + _m(9))).stat("max") == _m(0)


def test_m3_counts_a_signature_and_a_decision_but_no_default() -> None:
    pen = a_pen()
    signed = ev.Signed(
        step="A3",
        partner="cy",
        contact="cy-desk",
        via=Via.PAGE,
        verdict="agreed",
        remark="",
        happened_at=T0 + _m(6),
    )
    by_default = ev.Decided(
        step="A2", option="unclear", reason="", by_default=True, happened_at=T0 + _m(40)
    )
    for step, partner in (("A2", "bo"), ("A3", "cy")):
        pen.start(T0, step, partner, due_at=T0 + _m(15))
        pen.attempt(T0, step, partner)
    pen.write(T0 + _m(6), signed)
    pen.write(T0 + _m(40), by_default)
    figure = metric_m3(read_scope(pen.log(), at=T0 + _m(50)))
    assert [(row.step, row.value) for row in figure.rows] == [("A3", _m(6))]
    assert [(row.step, row.value) for row in figure.censored] == [("A2", _m(50))]


def test_m4_leaves_out_running_deadlines_and_steps_without_one() -> None:
    pen = a_pen()
    pen.start(T0, "A1", "cy", "bo", due_at=T0 + _m(15))
    pen.start(T0, "A4", "dee", due_at=None)
    pen.attempt(T0, "A1", "cy")
    pen.acknowledge(T0 + _m(1), "A1", "cy")
    pen.attempt(T0, "A4", "dee")
    figure = metric_m4(read_scope(pen.log(), at=T0 + _m(9)))
    assert figure.stat("in-time") == Share(part=1, whole=1)
    assert [(row.partner, row.state) for row in figure.censored] == [("bo", RowState.RUNNING)]


def test_m4_counts_a_case_dropped_after_its_deadline_as_missed() -> None:
    pen = a_pen()
    pen.start(T0, "A1", "cy", due_at=T0 + _m(15))
    pen.attempt(T0, "A1", "cy")
    pen.write(T0 + _m(20), ev.StepObsolete(step="A1", reason="condition"))
    assert metric_m4(read_scope(pen.log(), at=T0 + _m(30))).stat("in-time") == Share(
        part=0, whole=1
    )


def test_m5_names_nobody_that_refused_and_keeps_running_cases_apart() -> None:
    pen = a_pen()
    pen.start(T0, "A1", "cy", "bo", due_at=T0 + _m(15))
    pen.start(T0, "A4", "dee", due_at=None)
    pen.decline(T0 + _m(1), "A1", "cy", reason="nicht zuständig")
    figure = metric_m5(read_scope(pen.log(), at=T0 + _m(16)))
    assert [(row.partner, row.value) for row in figure.rows] == [("bo", _m(16))]
    assert [row.partner for row in figure.censored] == ["dee"]


def test_m5_ends_with_the_record() -> None:
    pen = a_pen()
    pen.start(T0, "A4", "dee", due_at=None)
    pen.write(T0 + _m(60), ev.IncidentClosed(reason="Übung beendet"))
    figure = metric_m5(read_scope(pen.log(), at=T0 + _m(60)))
    assert [row.partner for row in figure.rows] == ["dee"]


def test_m22_compares_the_times_inside_and_outside_office_hours() -> None:
    pen = a_pen()
    pen.start(T0, "A1", "cy", "bo", "dee", due_at=None)
    pen.attempt(T0, "A1", "cy", outside=True)
    pen.attempt(T0, "A1", "bo", outside=False)
    pen.acknowledge(T0 + _m(9), "A1", "cy")
    pen.acknowledge(T0 + _m(3), "A1", "bo")
    figure = metric_m22(read_scope(pen.log(), at=T0 + _m(10)))
    assert {stat.key: stat.value for stat in figure.stats} == {
        "outside": Share(part=1, whole=2),
        "median-outside": _m(9),
        "median-inside": _m(3),
    }
