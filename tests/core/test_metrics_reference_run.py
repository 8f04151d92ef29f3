"""The run of `playbooks.md` §7.4, worked out by hand: wave 1 (A10 to A17), read at 20:30."""

from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Via
from crisis.core.figure import RowState, Share
from crisis.core.metrics_channel import metric_m7, metric_m8
from crisis.core.metrics_contact import (
    metric_m1,
    metric_m2,
    metric_m3,
    metric_m4,
    metric_m5,
    metric_m22,
)
from crisis.core.metrics_deadline import metric_m9, metric_m15
from crisis.core.metrics_ladder import metric_m6
from crisis.core.playbook import DecisionOption, ExpectAnswer, ExpectDecision, Mandatory, Phase
from crisis.core.rating import Grade, Reason, Rule, rate
from crisis.core.scope import Scope, read_scope
from crisis.core.words import Words
from tests.report_log import Pen, a_directory, a_partner, a_playbook, a_step, clock

WAVE = ("A10", "A11", "A12", "A13", "A14", "A15", "A16", "A17")
RISES = {"A11": 1, "A12": 2, "A13": 4, "A14": 3, "A16": 4}
RISES_AT = ("19:46", "19:51", "19:56", "20:01")
ACKNOWLEDGED = {
    "A10": "19:44",
    "A11": "19:49",
    "A12": "19:53",
    "A13": "20:10",
    "A14": "19:59",
    "A15": "19:44",
}
PARTNERS = {
    "A01": "ob-l",
    "A02": "pol-flz",
    "A03": "irls",
    "A04": "ob-l",
    "A10": "psnv-lz",
    "A11": "pol-os",
    "A12": "ohs",
    "A13": "wr",
    "A14": "bob",
    "A15": "kobe",
    "A16": "krs",
}


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def _pen() -> Pen:
    partners = [a_partner(partner) for partner in dict.fromkeys(PARTNERS.values())]
    conditional = {"A14", "A15", "A17"}
    undecided = DecisionOption(id="unclear", label=Words(de="unklar", en="unclear"))
    decision = ExpectDecision(options=(undecided,), default="unclear", default_at=_minutes(40))
    return Pen(
        a_playbook(
            Phase(
                id="alarm",
                title=Words(de="Alarm und Feststellung"),
                steps=(
                    a_step("A01"),
                    a_step("A02", expect=ExpectAnswer(form="f1")),
                    a_step("A03", expect=ExpectAnswer(form="f1")),
                    a_step("A04", expect=decision),
                ),
            ),
            Phase(
                id="wave-1",
                title=Words(de="Kontaktaufnahme"),
                steps=tuple(
                    a_step(
                        step,
                        mandatory=Mandatory.IF_TRUE if step in conditional else Mandatory.ALWAYS,
                    )
                    for step in WAVE
                ),
            ),
        ),
        a_directory(*partners),
    )


def _alarm(pen: Pen) -> None:
    pen.open(clock("19:20"), occurred_at=clock("19:02"), attributes={"tatverdacht": "no"})
    for step, due in (("A01", "19:30"), ("A02", "19:40"), ("A03", "19:35")):
        pen.start(clock("19:20"), step, PARTNERS[step], due_at=clock(due))
        pen.attempt(clock("19:20"), step, PARTNERS[step])
    pen.acknowledge(clock("19:24"), "A01", "ob-l")
    pen.answer(clock("19:28"), "A03", "irls")
    pen.start(clock("19:28"), "A04", "ob-l", due_at=clock("19:38"))
    pen.attempt(clock("19:28"), "A04", "ob-l")
    pen.answer(clock("19:31"), "A02", "pol-flz")
    decided = ev.Decided(
        step="A04",
        option="unclear",
        reason="Lage unübersichtlich",
        by_default=False,
        happened_at=clock("19:40"),
    )
    pen.write(clock("19:41"), decided, actor="ada")


def reference_log() -> Pen:
    """Return the whole log of the reference run up to 20:30."""
    pen = _pen()
    _alarm(pen)
    asked = WAVE[:-1]
    for step in asked:
        pen.start(clock("19:41"), step, PARTNERS[step], due_at=clock("19:56"))
    for step in asked:
        if step == "A15":
            pen.attempt(
                clock("19:41"), step, "kobe", outcome=OutcomeKind.REJECTED, code="wrong-number"
            )
            pen.attempt(clock("19:41"), step, "kobe", channel="kobe-desk-mail")
        else:
            pen.attempt(clock("19:41"), step, PARTNERS[step])
    later = [(at, "ack", step) for step, at in ACKNOWLEDGED.items()]
    later += [
        (RISES_AT[level - 1], f"rise {level}", step)
        for step, highest in RISES.items()
        for level in range(1, highest + 1)
    ]
    later += [("19:56", "overdue", step) for step in ("A13", "A14", "A16")]
    for at, what, step in sorted(later):
        partner = PARTNERS[step]
        if what == "ack":
            contact = "ohs-deputy" if step == "A12" else ""
            pen.acknowledge(clock(at), step, partner, contact=contact)
        elif what == "overdue":
            pen.overdue(clock(at), step, partner)
        else:
            level = int(what.split()[1])
            pen.rise(clock(at), step, partner, level)
            who = "ohs-deputy" if (step, level) == ("A12", 2) else ""
            pen.attempt(clock(at), step, partner, level=level, contact=who)
    return pen


@pytest.fixture(scope="module")
def wave() -> Scope:
    """Return wave 1 as it stood at 20:30."""
    return read_scope(reference_log().entries, at=clock("20:30"), steps=WAVE)


def test_reference_run_m1_is_eighteen_minutes(wave: Scope) -> None:
    assert metric_m1(wave).stat("duration") == _minutes(18)


def test_reference_run_m2_of_a10_is_twenty_one_minutes(wave: Scope) -> None:
    figure = metric_m2(wave)
    assert {row.step: row.value for row in figure.rows} == dict.fromkeys(WAVE[:-1], _minutes(21))
    assert figure.censored == ()


def test_reference_run_m3_has_median_ten_and_greatest_twenty_nine(wave: Scope) -> None:
    figure = metric_m3(wave)
    assert {row.step: row.value for row in figure.rows} == {
        "A10": _minutes(3),
        "A11": _minutes(8),
        "A12": _minutes(12),
        "A13": _minutes(29),
        "A14": _minutes(18),
        "A15": _minutes(3),
    }
    assert (figure.stat("median"), figure.stat("max"), figure.n) == (_minutes(10), _minutes(29), 6)
    assert (figure.stat("t0-median"), figure.stat("t0-max")) == (_minutes(31), _minutes(50))


def test_reference_run_m3_lists_a16_as_running_since_forty_nine_minutes(wave: Scope) -> None:
    censored = [(row.step, row.value, row.state) for row in metric_m3(wave).censored]
    assert censored == [("A16", _minutes(49), RowState.RUNNING)]


def test_reference_run_m4_is_four_of_seven(wave: Scope) -> None:
    figure = metric_m4(wave)
    in_time = [row.step for row in figure.rows if row.state is RowState.IN_TIME]
    assert in_time == ["A10", "A11", "A12", "A15"]
    assert figure.stat("in-time") == Share(part=4, whole=7)
    assert round(100 * 4 / 7, 1) == 57.1


def test_reference_run_m5_names_a16(wave: Scope) -> None:
    figure = metric_m5(wave)
    assert [(row.step, row.partner) for row in figure.rows] == [("A16", "krs")]
    assert figure.stat("never") == Share(part=1, whole=7)


def test_reference_run_m6_counts_five_four_three_two(wave: Scope) -> None:
    figure = metric_m6(wave)
    assert {stat.key: stat.value for stat in figure.stats} == {
        "level-1": 5,
        "level-2": 4,
        "level-3": 3,
        "level-4": 2,
        "steps": Share(part=5, whole=7),
        "succeeded-0": 2,
        "succeeded-1": 1,
        "succeeded-2": 1,
        "succeeded-3": 1,
        "succeeded-4": 1,
    }
    assert [row.step for row in figure.censored] == ["A16"]


def test_reference_run_m7_has_one_hard_failure_at_a15(wave: Scope) -> None:
    figure = metric_m7(wave)
    assert [(row.step, row.state) for row in figure.rows] == [("A15", RowState.HARD)]
    assert (figure.stat("hard"), figure.stat("soft"), figure.stat("policy")) == (1, 0, 0)


def test_reference_run_m8_names_the_deputy_of_a12(wave: Scope) -> None:
    figure = metric_m8(wave)
    assert [(row.step, row.subject) for row in figure.rows] == [("A12", "deputy")]
    assert (figure.stat("by-deputy"), figure.stat("by-other")) == (1, Share(part=1, whole=6))


def test_reference_run_m9_has_a16_still_open_after_its_deadline(wave: Scope) -> None:
    figure = metric_m9(wave)
    assert figure.stat("in-time") == Share(part=4, whole=7)
    assert [(row.step, row.value) for row in figure.rows] == [
        ("A13", _minutes(14)),
        ("A14", _minutes(3)),
    ]
    assert [(row.step, row.value) for row in figure.censored] == [("A16", _minutes(34))]


def test_reference_run_m15_is_not_available_without_a_round(wave: Scope) -> None:
    assert metric_m15(wave).stat("received") is None


def test_reference_run_m22_is_seven_of_seven(wave: Scope) -> None:
    assert metric_m22(wave).stat("outside") == Share(part=7, whole=7)


def test_reference_run_is_rated_not_performed_because_a16_was_never_reached(wave: Scope) -> None:
    rating = rate(wave)
    assert rating.grade is Grade.UNABLE
    assert [reason.rule for reason in rating.reasons] == [Rule.NEVER_REACHED, Rule.STEP_UNDONE]
    assert all(isinstance(reason, Reason) and reason.evidence for reason in rating.reasons)


def test_reference_run_evidence_points_to_the_attempt_and_the_acknowledgement(
    wave: Scope,
) -> None:
    by_seq = {entry.seq: entry.event for entry in wave.entries}
    for row in metric_m3(wave).rows:
        tried, taken = (by_seq[seq] for seq in row.evidence)
        assert isinstance(tried, ev.AttemptStarted)
        assert isinstance(taken, ev.Acknowledged)
        assert (tried.step, taken.step, taken.via) == (row.step, row.step, Via.PHONE)
