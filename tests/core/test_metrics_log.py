"""M17 and M27: what changed on the way, and how the log was kept."""

from dataclasses import replace
from datetime import timedelta

from crisis.core import event as ev
from crisis.core.condition import Is
from crisis.core.delivery import OutcomeKind
from crisis.core.figure import RowState, Share
from crisis.core.metrics_log import metric_m17, metric_m27
from crisis.core.playbook import Phase
from crisis.core.scope import read_scope
from crisis.core.words import Words
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step


def _m(count: float) -> timedelta:
    return timedelta(minutes=count)


def _pen() -> Pen:
    extremism = Is(attribute="art", values=("extremismus", "terror"))
    suspicion = Is(attribute="tatverdacht", values=("yes",))
    steps = (
        replace(a_step("A17"), when=suspicion),
        replace(a_step("A52"), when=extremism),
        a_step("A1"),
    )
    pen = Pen(
        a_playbook(Phase(id="p", title=Words(de="Phase"), steps=steps)),
        a_directory(a_partner("cy")),
    )
    pen.open(occurred_at=None, attributes={"art": "unklar", "tatverdacht": "no"})
    return pen


def _set(pen: Pen, minute: float, attribute: str, value: str) -> None:
    at = T0 + _m(minute)
    changed = ev.AttributeSet(attribute=attribute, value=value, source="POL", happened_at=at)
    pen.write(at, changed)


def test_m17_names_the_steps_that_a_change_set_going_and_those_it_will() -> None:
    pen = _pen()
    _set(pen, 5, "tatverdacht", "no")  # says nothing new
    _set(pen, 75, "art", "extremismus")
    _set(pen, 80, "tatverdacht", "yes")
    pen.start(T0 + _m(81), "A17", "cy", due_at=None)
    _set(pen, 90, "art", "terror")  # true before and after
    _set(pen, 95, "tatverdacht", "no")
    _set(pen, 99, "tatverdacht", "yes")  # A17 has long begun
    figure = metric_m17(read_scope(pen.log(), at=T0 + _m(100)))
    assert (figure.stat("changes"), figure.stat("triggered")) == (5, 2)
    assert [(row.step, row.subject, row.value) for row in figure.rows] == [
        ("A17", "tatverdacht", _m(1))
    ]
    assert [(row.step, row.subject, row.value) for row in figure.censored] == [
        ("A52", "art", _m(25))
    ]


def test_m27_counts_late_entries_and_corrections() -> None:
    pen = _pen()
    pen.start(T0, "A1", "cy", due_at=None)
    pen.attempt(T0, "A1", "cy")
    wrong = ev.AttemptEnded(
        step="A1", partner="cy", n=1, outcome=OutcomeKind.REJECTED, code="wrong-number"
    )
    pen.write(T0 + _m(2), wrong)
    pen.acknowledge(T0 + _m(3), "A1", "cy", recorded_at=T0 + _m(20))
    figure = metric_m27(read_scope(pen.log(), at=T0 + _m(30)))
    assert {stat.key: stat.value for stat in figure.stats} == {
        "entries": 6,
        "breaks": 0,
        "late-entries": Share(part=1, whole=6),
        "corrections": 1,
    }
    assert [(row.subject, row.state, row.value) for row in figure.rows] == [
        ("acknowledged", RowState.LATE, _m(17)),
        ("attempt-ended", RowState.CORRECTED, None),
    ]


def test_m27_sees_a_broken_chain() -> None:
    pen = _pen()
    _set(pen, 1, "art", "terror")
    first, second = pen.log()
    forged = (first, replace(second, prev_hash="forged"))
    assert metric_m27(read_scope(forged, at=T0 + _m(2))).stat("breaks") == 1
