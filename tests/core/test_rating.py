"""Proposed grades and lights: each rule, and what proves it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.definition import Heading
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Entry, TaskKind
from crisis.core.playbook import Mandatory, Phase
from crisis.core.rating import Grade, Light, Rule, goal_lights, rate
from crisis.core.scope import Scope, read_scope
from crisis.core.words import Words
from tests.report_log import T0, Pen, a_directory, a_partner, a_playbook, a_step

DUE = T0 + timedelta(minutes=15)


def _m(count: float) -> timedelta:
    return timedelta(minutes=count)


def _pen(mandatory: Mandatory = Mandatory.ALWAYS) -> Pen:
    pen = Pen(
        a_playbook(
            Phase(
                id="p",
                title=Words(de="Phase"),
                steps=(a_step("A1", mandatory=mandatory), a_step("A2", mandatory=mandatory)),
            )
        ),
        a_directory(a_partner("cy"), a_partner("bo")),
    )
    pen.open(occurred_at=None)
    return pen


def _asked(pen: Pen, *answers: tuple[str, float]) -> None:
    """Ask two partners at T0; each answers after some minutes."""
    pen.start(T0, "A1", "cy", "bo", due_at=DUE)
    for partner in ("cy", "bo"):
        pen.attempt(T0, "A1", partner)
    for partner, minute in answers:
        pen.acknowledge(T0 + _m(minute), "A1", partner)


def _read(pen: Pen) -> Scope:
    return read_scope(pen.log(), at=T0 + _m(60))


def _rules(scope: Scope) -> list[Rule]:
    return [reason.rule for reason in rate(scope).reasons]


def test_rate_observes_nothing_before_a_step_began() -> None:
    rating = rate(_read(_pen()))
    assert (rating.grade, rating.reasons[0].rule) == (Grade.NOT_OBSERVED, Rule.NOTHING_DUE)


def test_rate_is_p_when_all_came_in_time() -> None:
    pen = _pen()
    _asked(pen, ("cy", 3), ("bo", 4))
    assert rate(_read(pen)).grade is Grade.PERFORMED


def test_rate_is_s_after_an_escalation_to_level_two() -> None:
    pen = _pen()
    _asked(pen, ("cy", 3), ("bo", 12))
    for level in (1, 2):
        pen.rise(T0 + _m(5 * level), "A1", "bo", level)
    scope = _read(pen)
    assert (rate(scope).grade, _rules(scope)) == (Grade.SOME, [Rule.ESCALATED])


def test_rate_is_s_after_a_deviation_that_nobody_explained() -> None:
    pen = _pen()
    _asked(pen, ("cy", 3), ("bo", 4))
    pen.write(T0 + _m(9), ev.StepSkipped(step="A2", partner="cy", reason=" "))
    scope = _read(pen)
    assert (rate(scope).grade, _rules(scope)) == (Grade.SOME, [Rule.UNEXPLAINED])


def test_rate_is_m_when_half_came_late() -> None:
    pen = _pen()
    _asked(pen, ("cy", 3), ("bo", 20))
    scope = _read(pen)
    assert (rate(scope).grade, _rules(scope)) == (Grade.MAJOR, [Rule.SHARE_BELOW_FEW])


def test_rate_is_m_while_a_guard_question_is_open_and_not_after() -> None:
    pen = _pen()
    _asked(pen, ("cy", 3), ("bo", 4))
    guard = ev.TaskRaised(task="g", task_kind=TaskKind.GUARD, step="A1", partner="cy")
    pen.write(T0 + _m(5), guard)
    scope = _read(pen)
    assert (rate(scope).grade, _rules(scope)) == (Grade.MAJOR, [Rule.GUARD_OPEN])
    pen.write(T0 + _m(9), ev.TaskDone(task="g", result="done", note="", happened_at=T0 + _m(9)))
    assert rate(_read(pen)).grade is Grade.PERFORMED


def test_rate_is_u_when_a_mandatory_step_was_skipped() -> None:
    pen = _pen()
    _asked(pen, ("cy", 3), ("bo", 4))
    pen.write(T0 + _m(9), ev.StepSkipped(step="A2", partner=None, reason="anders gelöst"))
    scope = _read(pen)
    assert (rate(scope).grade, _rules(scope)) == (Grade.UNABLE, [Rule.STEP_UNDONE])


def test_rate_forgives_an_optional_partner_that_was_never_reached() -> None:
    pen = _pen(Mandatory.OPTIONAL)
    _asked(pen, ("cy", 3))
    assert rate(_read(pen)).grade is Grade.MAJOR


def test_goal_lights_are_grey_before_anything_began() -> None:
    lights = goal_lights(_read(_pen()))
    assert {light.light for light in lights} == {Light.GREY}
    assert [light.heading for light in lights] == list(Heading)


def test_goal_lights_are_green_when_all_went_as_planned() -> None:
    pen = _pen()
    _asked(pen, ("cy", 3), ("bo", 4))
    assert {light.light for light in goal_lights(_read(pen))} == {Light.GREEN}


def _forged(pen: Pen) -> tuple[Entry, ...]:
    *rest, last = pen.log()
    return (*rest, replace(last, prev_hash="forged"))


def test_goal_lights_turn_red_for_clarity_when_the_chain_is_broken() -> None:
    pen = _pen()
    _asked(pen, ("cy", 3), ("bo", 4))
    clarity = goal_lights(read_scope(_forged(pen), at=T0 + _m(60)))[0]
    assert (clarity.light, clarity.reasons[0].rule) == (Light.RED, Rule.CHAIN_BROKEN)


@pytest.mark.parametrize(
    ("heading", "light", "rules"),
    [
        (Heading.CLARITY, Light.YELLOW, [Rule.WRONG_DATA, Rule.DECLINED, Rule.LATE_ENTRIES]),
        (Heading.EFFICIENCY, Light.RED, [Rule.STEPS_LATE]),
        (Heading.COMPLETENESS, Light.RED, [Rule.SHARE_BELOW_FEW]),
        (Heading.QUALITY, Light.YELLOW, [Rule.CHANNEL_FAILURES]),
    ],
)
def test_goal_lights_say_by_which_rules_they_turned(
    heading: Heading, light: Light, rules: list[Rule]
) -> None:
    pen = _pen()
    _asked(pen)
    pen.attempt(T0, "A1", "cy", outcome=OutcomeKind.REJECTED, code="550")
    pen.decline(T0 + _m(4), "A1", "cy", reason="nicht zuständig")
    pen.acknowledge(T0 + _m(20), "A1", "bo", recorded_at=T0 + _m(30))
    found = next(goal for goal in goal_lights(_read(pen)) if goal.heading is heading)
    assert (found.light, [reason.rule for reason in found.reasons]) == (light, rules)
    assert all(reason.evidence for reason in found.reasons)
