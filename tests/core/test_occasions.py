"""Moments of the run that have a name: steps begin at them, and deadlines count from them."""

from dataclasses import replace
from datetime import timedelta

from crisis.core import event as ev
from crisis.core.audit import audit
from crisis.core.condition import AtLeast
from crisis.core.deadline import Within
from crisis.core.obligation import ObligationState
from crisis.core.playbook import Occasion, Playbook, Start, Step
from crisis.core.words import Words
from tests.builders import T0, a_playbook, a_step, minutes
from tests.core.playing import a_timeline, acknowledged, set_to, state_of

WHEN = AtLeast(attribute="deaths", number=1)
V = Occasion(id="V", title=Words(de="Todesfall gemeldet"), when=WHEN)


def a_run(*steps: Step) -> Playbook:
    return replace(a_playbook(*steps), occasions=(V,))


def test_step_begins_when_its_occasion_comes_and_its_deadline_counts_from_then() -> None:
    step = a_step(
        "B20",
        start=Start(occasion="V", offset=minutes(5)),
        within=Within(duration=minutes(60), absolute=True, occasion="V"),
    )
    timeline = a_timeline(a_run(step))
    assert timeline.perform([]) == []
    assert audit(timeline.incident, now=T0 + timedelta(days=2)) == ()

    timeline.now = T0 + minutes(34)
    timeline.append(set_to("deaths", 2, at=T0 + minutes(33)))
    assert timeline.perform([]) == []
    assert timeline.incident.occasions == {"V": T0 + minutes(33)}
    assert timeline.planned().wake_at == T0 + minutes(38)

    timeline.now = T0 + minutes(38)
    assert [ask.step for ask in timeline.perform([])] == ["B20"]
    assert timeline.incident.obligations["B20", "ohs"].due_at == T0 + minutes(93)


def test_occasion_that_was_entered_late_leaves_a_least_time() -> None:
    step = a_step(
        start=Start(occasion="V"),
        within=Within(duration=minutes(60), absolute=True, occasion="V"),
    )
    timeline = a_timeline(a_run(step))
    timeline.now = T0 + minutes(120)
    timeline.append(set_to("deaths", 2, at=T0 + minutes(1)))
    timeline.perform([])

    assert timeline.incident.obligations["A10", "ohs"].due_at == T0 + minutes(135)


def test_occasion_comes_once_and_a_later_report_does_not_move_it() -> None:
    timeline = a_timeline(a_run(a_step(start=Start(occasion="V"), when=WHEN)))
    timeline.append(set_to("deaths", 1))
    timeline.perform([])
    timeline.now = T0 + minutes(9)
    timeline.append(set_to("deaths", 3, at=timeline.now))
    timeline.perform([])
    assert timeline.incident.occasions == {"V": T0}

    # Nobody was there after all: what hangs on it falls away, and whoever was asked is told.
    timeline.append(set_to("deaths", 0, at=timeline.now))
    timeline.perform([])
    assert state_of(timeline, "A10") is ObligationState.OBSOLETE


def test_occasion_is_no_assumption() -> None:
    timeline = a_timeline(a_run(a_step(start=Start(occasion="V"))))
    timeline.perform([])

    assert timeline.incident.occasions == {}


def test_deadline_from_an_occasion_that_has_not_come_counts_from_the_start() -> None:
    within = Within(duration=minutes(60), absolute=True, occasion="V")
    timeline = a_timeline(a_run(a_step(within=within)))
    timeline.perform([])

    assert timeline.incident.obligations["A10", "ohs"].due_at == T0 + minutes(60)


def test_no_occasion_comes_after_the_stand_down() -> None:
    timeline = a_timeline(a_run(a_step()))
    timeline.perform([])
    timeline.append(acknowledged(), ev.StoodDown(reason="vorbei", happened_at=T0))
    timeline.append(set_to("deaths", 1))
    timeline.perform([])

    assert timeline.incident.occasions == {}
