"""M7 and M8: every way a message can fail, and who answers in whose place."""

from datetime import date, timedelta

from crisis.core import event as ev
from crisis.core.delivery import OutcomeKind
from crisis.core.figure import RowState, Share
from crisis.core.metrics_channel import metric_m7, metric_m8
from crisis.core.metrics_ladder import metric_m6
from crisis.core.playbook import Phase
from crisis.core.scope import read_scope
from crisis.core.words import Words
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step


def _m(count: float) -> timedelta:
    return timedelta(minutes=count)


def _pen() -> Pen:
    pen = Pen(
        a_playbook(Phase(id="p", title=Words(de="Phase"), steps=(a_step("A1"),))),
        a_directory(
            a_partner("cy"), a_partner("bo"), a_partner("dee"), verified=date(2026, 12, 8)
        ),
    )
    pen.open(occurred_at=None)
    pen.start(T0, "A1", "cy", "bo", "dee", due_at=T0 + _m(15))
    return pen


def test_m7_tells_hard_soft_and_policy_failures_from_uncertain_ones() -> None:
    pen = _pen()
    mail = "cy-desk-mail"
    pen.attempt(T0, "A1", "cy", outcome=OutcomeKind.REJECTED, code="550", channel=mail)
    pen.attempt(T0, "A1", "cy", outcome=OutcomeKind.REJECTED, code="policy", channel=mail)
    pen.attempt(T0, "A1", "cy", outcome=OutcomeKind.DEFERRED, code="busy")
    pen.attempt(T0, "A1", "bo", outcome=OutcomeKind.UNKNOWN, code="timeout")
    pen.attempt(T0, "A1", "bo", outcome=None)
    pen.attempt(T0, "A1", "dee", channel="gone")
    figure = metric_m7(read_scope(pen.log(), at=T0 + _m(1)))
    assert {stat.key: stat.value for stat in figure.stats} == {
        "failed": Share(part=3, whole=6),
        "hard": 1,
        "soft": 1,
        "policy": 1,
        "uncertain": 1,
        "channel-email": Share(part=2, whole=2),
        "channel-gone": Share(part=0, whole=1),
        "channel-phone-by-hand": Share(part=1, whole=3),
    }
    assert [row.state for row in figure.rows] == [
        RowState.HARD,
        RowState.POLICY,
        RowState.SOFT,
        RowState.UNCERTAIN,
    ]


def test_m8_says_who_stood_in_for_whom() -> None:
    pen = _pen()
    for partner in ("cy", "bo", "dee"):
        pen.attempt(T0, "A1", partner)
    pen.acknowledge(T0 + _m(1), "A1", "cy", contact="cy-deputy")
    pen.acknowledge(T0 + _m(2), "A1", "bo", contact="bo-desk-superior")
    pen.acknowledge(T0 + _m(3), "A1", "dee", contact="cy-desk")
    figure = metric_m8(read_scope(pen.log(), at=T0 + _m(4)))
    assert [(row.partner, row.subject) for row in figure.rows] == [
        ("cy", "deputy"),
        ("bo", "superior"),
        ("dee", "other"),
    ]
    assert figure.stat("by-deputy") == 1


def test_m8_gives_the_age_of_the_last_check_and_what_was_never_checked() -> None:
    pen = _pen()
    pen.attempt(T0, "A1", "cy")
    pen.attempt(T0, "A1", "bo", channel="bo-desk-mail")
    pen.acknowledge(T0 + _m(1), "A1", "dee")
    figure = metric_m8(read_scope(pen.log(), at=T0 + _m(4)))
    assert figure.stat("verified-median") == timedelta(days=10)
    assert figure.stat("verified-oldest") == timedelta(days=10)
    assert figure.stat("never-verified") == Share(part=1, whole=2)
    assert figure.stat("hard-per-contact") == Share(part=0, whole=2)
    assert figure.rows == ()


def test_m6_keeps_refused_and_dropped_cases_apart_from_running_ones() -> None:
    pen = _pen()
    for partner in ("cy", "bo"):
        pen.rise(T0 + _m(5), "A1", partner, 1)
    pen.decline(T0 + _m(6), "A1", "cy", reason="nicht zuständig")
    figure = metric_m6(read_scope(pen.log(), at=T0 + _m(9)))
    assert [(row.partner, row.state) for row in figure.rows] == [("cy", RowState.DECLINED)]
    assert [row.partner for row in figure.censored] == ["bo"]


def test_m7_points_to_the_outcome_that_holds_where_one_was_corrected() -> None:
    pen = _pen()
    pen.attempt(T0, "A1", "cy")
    corrected = ev.AttemptEnded(
        step="A1", partner="cy", n=1, outcome=OutcomeKind.REJECTED, code="wrong-number"
    )
    last = pen.write(T0 + _m(2), corrected)
    figure = metric_m7(read_scope(pen.log(), at=T0 + _m(4)))
    assert [(row.state, row.evidence) for row in figure.rows] == [(RowState.HARD, (last.seq,))]
