"""The eight laws of the core (`model-codebases.md` §9), for random playbooks and histories."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.core.contact import Directory
from crisis.core.incident import fold
from crisis.core.plan import EVERYONE, plan
from crisis.core.playbook import Playbook
from crisis.core.pursuit import Ask
from tests.builders import entries_of
from tests.core.rotas import turning_directories
from tests.core.timelines import MOVES, Fate, Timeline, directory, move_on, playbooks, timelines
from tests.core.timelines import refolded as read_in_two_pieces

LAWS = settings(max_examples=60, deadline=None)


@LAWS
@given(timelines(), st.data())
def test_law_1_the_log_may_be_read_in_pieces(timeline: Timeline, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(timeline.entries)))

    assert read_in_two_pieces(timeline.entries, cut) == fold(timeline.entries)


@LAWS
@given(timelines())
def test_law_2_nothing_is_due_after_everything_due_was_done(timeline: Timeline) -> None:
    assert timeline.planned().due == ()


@LAWS
@given(timelines())
def test_law_3_the_next_wake_up_lies_in_the_future(timeline: Timeline) -> None:
    wake_at = timeline.planned().wake_at

    assert wake_at is None or wake_at > timeline.now


@LAWS
@given(timelines(), st.floats(0, 1))
def test_law_4_silence_until_the_next_wake_up(timeline: Timeline, share: float) -> None:
    wake_at = timeline.planned().wake_at or timeline.now + timedelta(days=400)
    moment = timeline.now + (wake_at - timeline.now) * min(share, 0.999999)

    assert plan(timeline.incident, now=moment).due == ()


@LAWS
@given(timelines(), st.integers(0, 400))
def test_law_5_a_plan_never_fails(timeline: Timeline, days: int) -> None:
    plan(timeline.incident, now=timeline.now + timedelta(days=days))


@LAWS
@given(playbooks(), MOVES)
def test_law_7_a_restart_between_any_two_ticks_changes_nothing(
    playbook: Playbook, moves: list[tuple[int | None, tuple[str, int], list[Fate]]]
) -> None:
    in_one_go = _played(playbook, moves, restarting=False)
    restarted = _played(playbook, moves, restarting=True)

    assert restarted == in_one_go


@LAWS
@given(timelines())
def test_law_8_no_attempt_is_ever_due_twice(timeline: Timeline) -> None:
    for obligation in timeline.incident.obligations.values():
        numbers = [attempt.n for attempt in obligation.attempts]
        assert numbers == list(range(1, len(numbers) + 1))


@LAWS
@given(
    playbooks(), st.one_of(st.just(directory()), turning_directories()), MOVES, st.integers(0, 4)
)
def test_law_9_a_plan_that_recollects_equals_one_that_does_not(
    playbook: Playbook,
    known: Directory,
    moves: list[tuple[int | None, tuple[str, int], list[Fate]]],
    most: int,
) -> None:
    timeline = Timeline(entries=list(entries_of(playbook=playbook, directory=known)))
    before = None
    for wait, action, outcomes in moves:
        move_on(timeline, wait)
        timeline.happens(action)
        # Twice: facts are recorded, messages still wait for room.
        for wanted in (most, EVERYONE):
            recollected = plan(timeline.incident, now=timeline.now, before=before, most=wanted)
            assert recollected == plan(timeline.incident, now=timeline.now, most=wanted)
            before = recollected.recollection
            timeline.append(*recollected.facts)
        timeline.perform(list(outcomes))


@LAWS
@given(timelines(), st.integers(0, 3))
def test_law_10_who_wants_fewer_gets_the_first_and_is_told_how_many_are_left(
    timeline: Timeline, most: int
) -> None:
    moment = timeline.now + timedelta(days=1)
    whole, some = (
        plan(timeline.incident, now=moment),
        plan(timeline.incident, now=moment, most=most),
    )

    assert some.asks == whole.asks[:most]
    assert some.left == len(whole.asks) - len(some.asks)
    assert replace(some, asks=whole.asks, left=0) == whole


def _played(
    playbook: Playbook,
    moves: list[tuple[int | None, tuple[str, int], list[Fate]]],
    *,
    restarting: bool,
) -> list[Ask]:
    timeline = Timeline(entries=list(entries_of(playbook=playbook, directory=directory())))
    asked = timeline.perform([])
    for wait, action, outcomes in moves:
        move_on(timeline, wait)
        timeline.happens(action)
        if restarting:
            timeline.incident = fold(timeline.entries)
        asked.extend(timeline.perform(list(outcomes)))
    return asked
