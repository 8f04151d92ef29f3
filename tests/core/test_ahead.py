"""A run that was opened before its T0: what waits, what follows a moved T0, what is too late."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crisis.core import event as ev
from crisis.core import scheduling
from crisis.core.asked import TOO_LATE
from crisis.core.audit import audit
from crisis.core.condition import AtLeast, Is
from crisis.core.deadline import Within
from crisis.core.desk import open_tasks
from crisis.core.obligation import ObligationState
from crisis.core.playbook import MembersReach, Occasion, Playbook, Start, Step
from crisis.core.steer import stand_down
from crisis.core.words import Words
from crisis.errors import RefusedError, UsageError
from tests.builders import T0, a_decision_step, a_playbook, a_step, minutes
from tests.core.playing import a_timeline, acknowledged, asked, set_to, state_of
from tests.core.test_cascade import members_directory
from tests.core.timelines import Timeline

# In these tests the incident is opened at T0 of the builders, and its own T0 lies ahead.
OPENED = T0
START = OPENED + timedelta(days=10)
BEFORE = a_step("B13", start=Start(offset=-timedelta(days=2)))
BRIEFING = a_step(
    "B14",
    start=Start(offset=-timedelta(hours=2)),
    within=Within(duration=timedelta(), absolute=True),
)
AT_T0 = a_step("B31", start=Start())
AFTER = a_step("B32", start=Start(offset=timedelta(hours=20)))
V = Occasion(id="V", title=Words(de="Verdacht"), when=AtLeast(attribute="deaths", number=1))


def planned(*steps: Step, start: datetime = START, playbook: Playbook | None = None) -> Timeline:
    timeline = a_timeline(playbook or a_playbook(*steps), planned_for=start)
    timeline.perform([])
    return timeline


def at(timeline: Timeline, moment: datetime) -> list[str]:
    """Let time pass to a moment; return the steps that ask."""
    timeline.now = moment
    return [step for step, _, _ in asked(timeline)]


def test_what_prepares_it_begins_at_its_time_and_the_rest_waits() -> None:
    timeline = planned(BEFORE, BRIEFING, AT_T0, AFTER)

    assert timeline.planned().wake_at == START - timedelta(days=2)
    assert at(timeline, START - timedelta(days=2)) == ["B13"]
    timeline.append(acknowledged("B13", at=timeline.now))
    assert timeline.planned().wake_at == START - timedelta(hours=2)
    assert at(timeline, START - timedelta(hours=2)) == ["B14"]
    assert timeline.incident.obligations["B14", "ohs"].due_at == START
    timeline.append(acknowledged("B14", at=timeline.now))
    assert timeline.planned().wake_at == START
    assert at(timeline, START + timedelta(days=3)) == []
    assert audit(timeline.incident, now=timeline.now) == ()


def test_step_whose_time_was_past_at_the_opening_begins_at_once() -> None:
    timeline = a_timeline(a_playbook(BEFORE), planned_for=OPENED + timedelta(hours=5))

    assert asked(timeline) == [("B13", "ohs-http", "ask")]


def test_start_is_asked_for_once_t0_has_passed_and_anew_for_another_one() -> None:
    timeline = planned(AT_T0)

    at(timeline, START)
    [task] = open_tasks(timeline.incident)
    timeline.append(
        *scheduling.move_start(
            timeline.incident, planned_for=START + minutes(90), reason="Nebel", now=timeline.now
        )
    )
    between = open_tasks(timeline.incident)
    at(timeline, START + minutes(90))
    [again] = open_tasks(timeline.incident)
    timeline.append(ev.StartConfirmed(happened_at=timeline.now))

    assert (task.raised.task_kind, between) == (ev.TaskKind.START, ())
    assert again.raised.task != task.raised.task
    assert open_tasks(timeline.incident) == ()


def test_confirmed_start_is_t0_from_which_all_counts() -> None:
    timeline = planned(AT_T0, AFTER)
    begun = START - timedelta(hours=1)
    timeline.now = begun + minutes(5)
    timeline.append(
        *scheduling.confirm_start(timeline.incident, happened_at=begun, now=timeline.now)
    )

    assert (timeline.incident.t0, timeline.incident.is_ahead) == (begun, False)
    assert asked(timeline) == [("B31", "ohs-http", "ask")]
    timeline.append(acknowledged("B31", at=timeline.now))
    assert at(timeline, begun + timedelta(hours=20)) == ["B32"]


def test_occasion_begins_a_planned_run() -> None:
    timeline = planned(playbook=replace(a_playbook(AT_T0), occasions=(V,)))
    timeline.now = START - timedelta(hours=1)
    timeline.append(set_to("deaths", 1, at=timeline.now - minutes(2)))

    assert asked(timeline) == [("B31", "ohs-http", "ask")]
    assert timeline.incident.t0 == START - timedelta(hours=1, minutes=2)
    assert timeline.incident.is_ahead is False


def test_moved_t0_moves_what_counts_from_it_and_asks_nobody_twice() -> None:
    timeline = planned(BEFORE, BRIEFING)
    at(timeline, START - timedelta(days=2))
    timeline.append(acknowledged("B13", at=timeline.now))
    later = START + timedelta(days=5)

    at(timeline, START - timedelta(hours=2))
    timeline.append(ev.StartMoved(planned_for=later, reason="Nebel"))

    assert timeline.incident.obligations["B14", "ohs"].due_at == later
    assert timeline.incident.run_of("B14").due_at == later
    assert "B13" not in at(timeline, later - timedelta(days=2))
    assert state_of(timeline, "B13") is ObligationState.ACKNOWLEDGED


def test_deadline_of_a_hubs_member_moves_with_its_own_distance_from_t0() -> None:
    briefing = replace(
        BRIEFING,
        hub=True,
        members=MembersReach.AROUND,
        members_within=Within(duration=timedelta(hours=1), absolute=True),
    )
    timeline = a_timeline(a_playbook(briefing), planned_for=START, directory=members_directory())
    at(timeline, START - timedelta(hours=2))
    timeline.append(acknowledged("B14", at=timeline.now))
    later = START + timedelta(days=5)

    timeline.append(ev.StartMoved(planned_for=later, reason="Nebel"))

    found = {key[1]: one.due_at for key, one in timeline.incident.obligations.items()}
    assert found.pop("ohs") != later, "a hub that has passed it on is done with it"
    assert set(found.values()) == {later + timedelta(hours=1)}


def test_step_that_has_not_begun_follows_a_moved_t0() -> None:
    timeline = planned(BEFORE)
    timeline.append(ev.StartMoved(planned_for=START + timedelta(days=5), reason="Nebel"))

    assert at(timeline, START - timedelta(days=2)) == []
    assert at(timeline, START + timedelta(days=3)) == ["B13"]


def test_deadline_that_is_moved_away_is_no_longer_late() -> None:
    timeline = planned(BRIEFING)
    at(timeline, START - timedelta(hours=2))
    at(timeline, START)
    late = state_of(timeline, "B14")
    timeline.append(ev.StartMoved(planned_for=START + timedelta(days=1), reason="Nebel"))

    assert late is ObligationState.HANDED_TO_PERSON
    assert timeline.incident.obligations["B14", "ohs"].overdue_at is None


def test_deadline_that_moves_into_the_past_has_passed_with_the_move() -> None:
    timeline = planned(BRIEFING)
    at(timeline, START - timedelta(hours=2))
    timeline.append(ev.StartConfirmed(happened_at=timeline.now - minutes(1)))

    assert timeline.incident.obligations["B14", "ohs"].due_at == timeline.now


def test_what_was_answered_keeps_its_deadline() -> None:
    timeline = planned(BRIEFING)
    at(timeline, START - timedelta(hours=2))
    timeline.append(acknowledged("B14", at=timeline.now))
    timeline.append(ev.StartMoved(planned_for=START + timedelta(days=1), reason="Nebel"))

    assert timeline.incident.obligations["B14", "ohs"].due_at == START


def test_preparation_is_left_out_as_too_late_once_it_has_begun() -> None:
    timeline = planned(BEFORE, AT_T0)
    timeline.append(ev.StartConfirmed(happened_at=timeline.now))

    assert asked(timeline) == [("B31", "ohs-http", "ask")]
    assert timeline.incident.run_of("B13").skipped_reason == TOO_LATE


def test_decision_has_no_default_before_t0() -> None:
    timeline = planned(replace(a_decision_step(), start=Start(offset=-timedelta(hours=1))))
    at(timeline, START - timedelta(hours=1))
    at(timeline, START + timedelta(hours=3))
    undecided = timeline.incident.run_of("A04").decided
    timeline.append(ev.StartConfirmed(happened_at=timeline.now))
    at(timeline, timeline.now + minutes(40))

    assert undecided is None
    assert timeline.incident.run_of("A04").decided is not None
    assert audit(timeline.incident, now=timeline.now) == ()


def test_cancelled_operation_is_stood_down_and_tells_whom_it_asked() -> None:
    timeline = planned(BEFORE, AT_T0)
    at(timeline, START - timedelta(days=2))
    timeline.append(*stand_down(timeline.incident, reason="abgesagt", now=timeline.now))

    assert asked(timeline) == [("A95", "ohs-http", "ask")]
    assert set(at(timeline, START + timedelta(days=1))) == {"A95"}
    assert timeline.incident.is_ahead is True


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (OPENED, "does not lie ahead"),
        (OPENED + timedelta(days=400), "further ahead than a year"),
    ],
)
def test_t0_is_moved_to_what_lies_ahead_only(moment: datetime, said: str) -> None:
    timeline = planned(AT_T0)

    with pytest.raises(UsageError, match=said):
        scheduling.move_start(
            timeline.incident, planned_for=moment, reason="Nebel", now=timeline.now
        )


def test_t0_stays_where_it_is_moved_to_itself() -> None:
    timeline = planned(AT_T0)

    with pytest.raises(RefusedError, match="nothing was changed"):
        scheduling.move_start(
            timeline.incident, planned_for=START, reason="Nebel", now=timeline.now
        )


def test_run_that_has_begun_begins_and_moves_no_more() -> None:
    timeline = a_timeline(a_playbook(AT_T0))

    with pytest.raises(RefusedError, match="has begun"):
        scheduling.confirm_start(timeline.incident, happened_at=T0, now=timeline.now)
    with pytest.raises(RefusedError, match="has begun"):
        scheduling.move_start(
            timeline.incident, planned_for=START, reason="Nebel", now=timeline.now
        )


def test_step_held_by_what_is_not_known_begins_in_time_although_nobody_says_it_has_begun() -> None:
    held = replace(BEFORE, hold_while=Is(attribute="dangerous", values=("yes",)))
    timeline = planned(held)
    assert at(timeline, START - timedelta(days=2)) == []
    assert at(timeline, START) == []

    free = START + timedelta(hours=12)
    assert timeline.planned().wake_at == free
    assert at(timeline, free) == ["B13"]
