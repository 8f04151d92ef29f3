"""Objectives that a playbook declares: rated by their steps, and by what came out uncleared."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.objective import Objective
from crisis.core.playbook import Phase
from crisis.core.rating import Grade, Rule
from crisis.core.report import ReflectionReport, reflection_report
from crisis.core.words import Words
from crisis.render.report_html import report_html
from crisis.render.report_markdown import report_markdown
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step

DUE = T0 + timedelta(minutes=15)
EARLY = Objective(id="Z1", title=Words(de="Früh eingebunden", en="Involved early"), steps=("A1",))
PRESS = Objective(id="Z6", title=Words(de="Gemeinsam", en="Jointly"), steps=("A2",))


def _pen() -> Pen:
    steps = (a_step("A1"), a_step("A2"))
    playbook = a_playbook(Phase(id="p", title=Words(de="Phase"), steps=steps))
    pen = Pen(
        replace(playbook, objectives=(EARLY, PRESS)), a_directory(a_partner("cy"), a_partner("bo"))
    )
    pen.open(occurred_at=None)
    return pen


def _asked(pen: Pen, step: str, minute: int | None) -> None:
    pen.start(T0, step, "cy", due_at=DUE)
    pen.attempt(T0, step, "cy")
    if minute is not None:
        pen.acknowledge(T0 + timedelta(minutes=minute), step, "cy")


def _report(pen: Pen) -> ReflectionReport:
    return reflection_report(pen.log(), log_to=10_000)


def _grades(pen: Pen) -> dict[str, tuple[Grade, list[Rule]]]:
    return {
        one.objective: (one.rating.grade, [reason.rule for reason in one.rating.reasons])
        for one in _report(pen).objectives
    }


def test_each_objective_is_rated_by_its_own_steps() -> None:
    pen = _pen()
    _asked(pen, "A1", 3)

    assert _grades(pen) == {
        "Z1": (Grade.PERFORMED, [Rule.AS_PLANNED]),
        "Z6": (Grade.NOT_OBSERVED, [Rule.NOTHING_DUE]),
    }


def test_figures_of_an_objective_are_those_of_its_steps() -> None:
    pen = _pen()
    _asked(pen, "A1", 3)
    _asked(pen, "A2", None)

    [early, press] = _report(pen).objectives
    assert [(one.steps, [f.id for f in one.figures]) for one in (early, press)] == [
        (("A1",), ["M3", "M4", "M5", "M6", "M9"]),
        (("A2",), ["M3", "M4", "M5", "M6", "M9"]),
    ]
    assert [row.step for row in early.figures[0].rows] == ["A1"]


@pytest.mark.parametrize(
    ("minute", "cleared", "rated"),
    [
        (3, True, (Grade.PERFORMED, [Rule.AS_PLANNED])),
        (3, False, (Grade.UNABLE, [Rule.UNCLEARED])),
        (None, False, (Grade.UNABLE, [Rule.UNCLEARED, Rule.NEVER_REACHED, Rule.STEP_UNDONE])),
    ],
)
def test_what_came_out_uncleared_is_unable(
    minute: int | None, *, cleared: bool, rated: tuple[Grade, list[Rule]]
) -> None:
    pen = _pen()
    _asked(pen, "A2", minute)
    pen.write(
        T0 + timedelta(minutes=40),
        ev.Published(step="A2", cleared=cleared, reason="", happened_at=T0),
    )

    assert _grades(pen)["Z6"] == rated


def test_report_shows_each_objective_with_its_proposal() -> None:
    pen = _pen()
    _asked(pen, "A1", 3)
    report = _report(pen)

    lines = report_markdown(report, language="en").splitlines()
    start = lines.index("### Rating by objective: proposal")
    assert lines[start + 2 : start + 4] == [
        "- **Z1 Involved early**: performed without challenges (as planned)",
        "- **Z6 Jointly**: not observed (no step began)",
    ]
    page = report_html(report, language="de")
    assert page.count("<caption>Vorschlag je Ziel mit seinen eigenen Kennzahlen") == 1
    assert '<th scope="row">Z1 Früh eingebunden</th>' in page


def test_report_without_objectives_says_nothing_of_them() -> None:
    pen = _pen()
    plain = replace(_report(pen), objectives=())

    assert "objective" not in report_markdown(plain, language="en")
    assert "Ziel mit" not in report_html(plain, language="de")
