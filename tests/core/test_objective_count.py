"""Objectives that compare numbers, and those of which no log can tell."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.form import Answer, Field, FieldKind, Form
from crisis.core.objective import CountedAgainst, Objective
from crisis.core.playbook import ExpectAnswer, Phase
from crisis.core.rating import Grade, Reason, Rule
from crisis.core.report import ReflectionReport, reflection_report
from crisis.core.words import Words
from crisis.render.report_markdown import report_markdown
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step

DUE = T0 + timedelta(minutes=15)
COUNTS = CountedAgainst(form="FIRST", field="offered", attribute="suspected")
P, S, M, U, NB = (
    Grade.PERFORMED,
    Grade.SOME,
    Grade.MAJOR,
    Grade.UNABLE,
    Grade.NOT_OBSERVED,
)
HELP = Objective(id="Z5", title=Words(de="Hilfe", en="Help"), steps=("B23",), counts=COUNTS)


def a_pen(objective: Objective = HELP, *, visible_to: tuple[str, ...] = ()) -> Pen:
    """Return a run in which Cy and Bo are asked how many were offered help."""
    label = Words(de="Angeboten", en="Offered")
    field = Field(id="offered", kind=FieldKind.BAND, label=label, visible_to=visible_to)
    room = Field(id="room", kind=FieldKind.TRISTATE, label=label)
    form = Form(id="FIRST", title=Words(de="Erstberatung"), fields=(field, room))
    steps = (a_step("B23", expect=ExpectAnswer(form="FIRST")), a_step("B24"))
    phase = Phase(id="p", title=Words(de="Phase"), steps=steps)
    playbook = replace(a_playbook(phase, forms=(form,)), objectives=(objective,))
    pen = Pen(playbook, a_directory(a_partner("cy"), a_partner("bo")))
    pen.open(occurred_at=None)
    return pen


def asked(pen: Pen, *answers: dict[str, Answer] | None) -> None:
    """Ask as many partners as there are answers; None is silence."""
    partners = ("cy", "bo")[: len(answers)]
    pen.start(T0, "B23", *partners, due_at=DUE)
    for partner, given in zip(partners, answers, strict=True):
        pen.attempt(T0, "B23", partner)
        pen.acknowledge(T0 + timedelta(minutes=1), "B23", partner)
        if given is not None:
            answered = ev.Answered(
                step="B23",
                partner=partner,
                contact=f"{partner}-desk",
                via=ev.Via.PAGE,
                answers=given,
                happened_at=T0 + timedelta(minutes=5),
            )
            pen.write(answered.happened_at, answered)


def suspected(pen: Pen, number: int) -> None:
    at = T0 + timedelta(minutes=6)
    pen.write(
        at, ev.AttributeSet(attribute="suspected", value=number, source="BPOL", happened_at=at)
    )


def report_of(pen: Pen) -> ReflectionReport:
    return reflection_report(pen.log(), log_to=10_000)


def rated(pen: Pen) -> tuple[Grade, list[Rule]]:
    (objective,) = report_of(pen).objectives
    return objective.rating.grade, [reason.rule for reason in objective.rating.reasons]


def offered(value: Answer) -> dict[str, Answer]:
    return {"offered": value}


@pytest.mark.parametrize(
    ("answers", "number", "grade", "rule"),
    [
        ([offered("5-19")], 7, P, Rule.AS_PLANNED),
        ([offered(7)], 7, P, Rule.AS_PLANNED),
        ([offered("1-4"), offered("5-19")], 23, P, Rule.AS_PLANNED),
        ([offered("100+")], 4000, P, Rule.AS_PLANNED),
        ([offered("1-4"), offered("5-19")], 24, M, Rule.COUNT_FEWER),
        ([offered(0)], 3, U, Rule.COUNT_FEWER),
        ([offered("5-19")], 4, S, Rule.COUNT_MORE),
        ([offered("1-4"), offered("100+")], 50, S, Rule.COUNT_MORE),
        ([{"room": "yes"}], 3, NB, Rule.COUNT_UNKNOWN),
        # Who has given no number may have offered what is missing.
        ([offered("1-4"), {"room": "yes"}], 9, NB, Rule.COUNT_UNKNOWN),
        ([offered("1-4"), {"room": "yes"}], 3, P, Rule.AS_PLANNED),
    ],
)
def test_sum_of_the_answers_is_compared_with_what_is_known(
    answers: list[dict[str, Answer] | None], number: int, grade: Grade, rule: Rule
) -> None:
    pen = a_pen()
    asked(pen, *answers)
    suspected(pen, number)

    assert rated(pen) == (grade, [rule])


def test_number_that_nobody_entered_is_missing() -> None:
    pen = a_pen()
    asked(pen, offered("1-4"))

    assert rated(pen) == (NB, [Rule.COUNT_UNKNOWN])


def test_question_that_its_form_has_not_is_missing() -> None:
    pen = a_pen(replace(HELP, counts=replace(COUNTS, field="accepted")))
    asked(pen, offered("1-4"))
    suspected(pen, 3)

    assert rated(pen) == (NB, [Rule.COUNT_UNKNOWN])


def test_step_without_the_form_adds_nothing() -> None:
    pen = a_pen(replace(HELP, steps=("B24",)))
    pen.start(T0, "B24", "cy", due_at=DUE)
    pen.attempt(T0, "B24", "cy")
    pen.acknowledge(T0 + timedelta(minutes=1), "B24", "cy")
    asked(pen, offered("1-4"))
    suspected(pen, 3)

    assert rated(pen) == (NB, [Rule.COUNT_UNKNOWN])


def test_reason_names_the_answers_and_the_number_in_the_log() -> None:
    pen = a_pen()
    asked(pen, offered("1-4"))
    suspected(pen, 2)
    suspected(pen, 9)

    (objective,) = report_of(pen).objectives
    kinds = {entry.seq: entry.event.kind for entry in pen.log()}
    (reason,) = objective.rating.reasons
    assert [kinds[seq] for seq in reason.evidence] == ["answered", "attribute-set"]
    assert reason.evidence[-1] == max(kinds)


@pytest.mark.parametrize(
    ("answers", "number", "grade", "rule"),
    [
        # One partner's own number, or a small one, would tell what the form keeps.
        ([offered("5-19")], 30, NB, Rule.COUNT_WITHHELD),
        ([offered("1-4"), offered("1-4")], 30, NB, Rule.COUNT_WITHHELD),
        ([offered("1-4"), offered("5-19")], 30, M, Rule.COUNT_FEWER),
    ],
)
def test_what_only_some_may_read_is_compared_only_where_the_sum_may_be_told(
    answers: list[dict[str, Answer] | None], number: int, grade: Grade, rule: Rule
) -> None:
    pen = a_pen(visible_to=("FBS",))
    asked(pen, *answers)
    suspected(pen, number)

    assert rated(pen) == (grade, [rule])
    if rule is Rule.COUNT_WITHHELD:
        (objective,) = report_of(pen).objectives
        assert objective.rating.reasons == (Reason(rule=rule),)


def test_worse_grade_by_the_steps_stays_and_says_both() -> None:
    pen = a_pen()
    asked(pen, offered("1-4"))
    pen.rise(T0 + timedelta(minutes=2), "B23", "cy", 1)
    pen.rise(T0 + timedelta(minutes=3), "B23", "cy", 2)

    assert rated(pen) == (S, [Rule.ESCALATED, Rule.COUNT_UNKNOWN])


def test_nothing_is_compared_before_anything_began() -> None:
    assert rated(a_pen()) == (NB, [Rule.NOTHING_DUE])


def test_what_no_log_can_show_is_never_called_performed() -> None:
    kept = Objective(
        id="Z3", title=Words(de="Vertraulich", en="Kept"), steps=("B23",), shown_by_log=False
    )
    pen = a_pen(kept)
    asked(pen, offered("1-4"))

    assert rated(pen) == (NB, [Rule.NOT_IN_LOG])
    lines = report_markdown(report_of(pen), language="en").splitlines()
    told = "whether it was met is in no log: please judge for yourselves"
    assert f"- **Z3 Kept**: not observed ({told})" in lines
