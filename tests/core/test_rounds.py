"""A step that repeats: each round is asked, answered and late on its own account."""

from datetime import timedelta

from crisis.core import event as ev
from crisis.core.audit import audit
from crisis.core.condition import Is
from crisis.core.event import Purpose
from crisis.core.obligation import ObligationState
from crisis.core.playbook import Start, Step
from crisis.core.repeat import Repeat
from tests.builders import T0, a_directory, a_partner, a_playbook, a_step, minutes
from tests.core.playing import a_timeline, acknowledged, set_to
from tests.core.timelines import Timeline

DAY = timedelta(days=1)
DAILY = a_step("A41", repeat=Repeat(every=DAY, latest=4 * DAY))


def run_of(*steps: Step) -> Timeline:
    return a_timeline(a_playbook(*steps))


def started(timeline: Timeline) -> list[ev.StepStarted]:
    return [one.event for one in timeline.entries if isinstance(one.event, ev.StepStarted)]


def begun_at(timeline: Timeline, after: timedelta) -> list[str]:
    """Let the engine look again so long after T0, and return what it asks for the first time."""
    timeline.now = T0 + after
    return [a.step for a in timeline.perform([]) if a.n == 1 and a.purpose is Purpose.ASK]


def test_each_round_is_an_obligation_of_its_own() -> None:
    timeline = run_of(DAILY)
    timeline.perform([])
    timeline.append(acknowledged("A41"))

    assert begun_at(timeline, DAY) == ["A41.2"]

    second = timeline.incident.obligations["A41.2", "ohs"]
    assert (second.state, second.due_at) == (ObligationState.ASKING, T0 + DAY + minutes(15))
    assert timeline.incident.obligations["A41", "ohs"].state is ObligationState.ACKNOWLEDGED
    assert timeline.incident.step_by_id["A41.2"].title.de == "Schritt A41 (2. Runde)"
    assert timeline.incident.step_by_id["A41.2"].title.en == "Step A41 (round 2)"


def test_silence_in_one_round_climbs_its_own_ladder_only() -> None:
    timeline = run_of(DAILY)
    timeline.perform([])
    timeline.append(acknowledged("A41"))
    timeline.now = T0 + DAY
    timeline.perform([])

    timeline.now = T0 + DAY + minutes(5)
    sent = timeline.perform([])

    assert [(ask.step, ask.level) for ask in sent] == [("A41.2", 1)]
    assert timeline.incident.obligations["A41", "ohs"].level == 0


def test_standstill_asks_one_round_and_says_how_many_went_by() -> None:
    timeline = run_of(DAILY)
    timeline.perform([])
    timeline.append(acknowledged("A41"))

    assert begun_at(timeline, 3 * DAY + minutes(7)) == ["A41.2"]

    assert started(timeline)[-1] == ev.StepStarted(
        step="A41.2",
        partners=("ohs",),
        planned_at=T0 + 3 * DAY,
        due_at=T0 + 3 * DAY + minutes(22),
        of="A41",
        missed=2,
    )
    assert timeline.incident.run_of("A41.2").missed == 2


def test_no_round_is_planned_from_its_end_on() -> None:
    timeline = run_of(DAILY)
    timeline.perform([])
    for day in range(1, 9):
        timeline.now = T0 + day * DAY
        timeline.perform([])

    assert timeline.incident.rounds_of("A41") == ("A41", "A41.2", "A41.3", "A41.4")


def test_rounds_end_when_the_step_they_run_up_to_begins() -> None:
    rounds = a_step("A41", repeat=Repeat(every=DAY, until="A60"))
    timeline = run_of(rounds, a_step("A60", start=Start(offset=2 * DAY)))
    timeline.perform([])

    assert timeline.planned().wake_at is not None
    assert begun_at(timeline, DAY) == ["A41.2"]
    assert begun_at(timeline, 2 * DAY) == ["A60"]
    assert begun_at(timeline, 5 * DAY) == []


def test_rounds_go_on_while_the_step_they_run_up_to_waits_for_another() -> None:
    rounds = a_step("A41", repeat=Repeat(every=DAY, until="A60"))
    timeline = run_of(rounds, a_step("A59"), a_step("A60", start=Start(after=("A59",))))
    timeline.perform([])

    assert begun_at(timeline, DAY) == ["A41.2"]
    timeline.append(acknowledged("A59", at=timeline.now))
    assert begun_at(timeline, DAY + minutes(1)) == ["A60"]
    assert begun_at(timeline, 3 * DAY) == []


def test_no_round_begins_while_the_step_does_not_apply() -> None:
    crime = a_step(
        "A41",
        when=Is(attribute="suspected_crime", values=("yes",)),
        repeat=Repeat(every=DAY, latest=9 * DAY),
    )
    timeline = run_of(crime)
    timeline.append(set_to("suspected_crime", "yes"))
    timeline.perform([])
    timeline.append(set_to("suspected_crime", "no"))
    timeline.perform([])

    assert begun_at(timeline, DAY) == []
    timeline.append(set_to("suspected_crime", "yes"))
    assert begun_at(timeline, DAY + minutes(1)) == ["A41.2"]


def test_only_the_last_round_comes_back() -> None:
    crime = a_step(
        "A41",
        when=Is(attribute="suspected_crime", values=("yes",)),
        repeat=Repeat(every=DAY, latest=9 * DAY),
    )
    timeline = run_of(crime)
    timeline.append(set_to("suspected_crime", "yes"))
    timeline.perform([])
    timeline.now = T0 + DAY
    timeline.perform([])
    timeline.append(set_to("suspected_crime", "no", at=timeline.now))
    timeline.perform([])
    assert {o.state for o in timeline.incident.obligations.values()} == {ObligationState.OBSOLETE}

    timeline.append(set_to("suspected_crime", "yes", at=timeline.now))

    timeline.now = T0 + DAY + minutes(1)
    assert [ask.step for ask in timeline.perform([])] == ["A41.2"]


def test_step_that_was_left_out_has_no_more_rounds_but_a_round_may_be_left_out_alone() -> None:
    timeline = run_of(DAILY)
    timeline.perform([])
    timeline.now = T0 + DAY
    timeline.perform([])
    timeline.append(ev.StepSkipped(step="A41.2", partner=None, reason="entfällt"))

    assert begun_at(timeline, 2 * DAY) == ["A41.3"]
    timeline.append(ev.StepSkipped(step="A41", partner=None, reason="entfällt"))
    assert begun_at(timeline, 3 * DAY) == []


def test_new_value_of_a_fact_begins_a_round_and_the_same_value_does_not() -> None:
    timeline = run_of(a_step("A42", repeat=Repeat(changes="deaths", latest=DAY)))
    timeline.append(set_to("deaths", 1))
    timeline.perform([])
    timeline.append(set_to("deaths", 1))
    assert begun_at(timeline, minutes(1)) == []

    timeline.append(set_to("deaths", 2), set_to("deaths", 3, at=T0 + minutes(2)))
    assert begun_at(timeline, minutes(3)) == ["A42.2"]

    last = started(timeline)[-1]
    assert (last.planned_at, last.missed) == (T0 + minutes(2), 1)
    timeline.append(set_to("deaths", 4, at=T0 + 2 * DAY))
    assert begun_at(timeline, 2 * DAY) == []


def test_calendar_rounds_begin_on_their_dates_after_t0() -> None:
    dates = (T0 - DAY, T0 + DAY, T0 + 31 * DAY)
    timeline = run_of(a_step("S1", repeat=Repeat(dates=dates)))

    assert timeline.perform([]) == []
    assert timeline.planned().wake_at == T0 + minutes(12 * 60)
    assert begun_at(timeline, DAY) == ["S1"]
    assert begun_at(timeline, 31 * DAY) == ["S1.2"]


def test_calendar_without_a_date_to_come_never_begins() -> None:
    timeline = run_of(a_step("S1", repeat=Repeat(dates=(T0 - DAY,))))

    assert timeline.perform([]) == []


def test_gap_of_an_earlier_round_is_not_put_on_the_desk_again() -> None:
    timeline = a_timeline(
        a_playbook(a_step("A41", roles=("NOBODY",), repeat=Repeat(every=DAY, latest=4 * DAY))),
        directory=a_directory(a_partner("ohs")),
    )
    timeline.perform([])
    timeline.now = T0 + DAY
    timeline.perform([])
    assert list(timeline.incident.tasks) == ["gap/A41/NOBODY"]
    assert audit(timeline.incident, now=timeline.now) == ()

    done = ev.TaskDone(task="gap/A41/NOBODY", result="done", note="", happened_at=timeline.now)
    timeline.append(done)
    timeline.now = T0 + 2 * DAY
    timeline.perform([])

    assert list(timeline.incident.tasks) == ["gap/A41/NOBODY", "gap/A41.3/NOBODY"]


def test_stand_down_ends_every_round() -> None:
    timeline = run_of(DAILY)
    timeline.perform([])
    timeline.now = T0 + DAY
    timeline.perform([])
    timeline.append(ev.StoodDown(reason="vorbei", happened_at=timeline.now))
    timeline.perform([])

    states = {key[0]: o.state for key, o in timeline.incident.obligations.items()}
    assert states == {
        "A41": ObligationState.OBSOLETE,
        "A41.2": ObligationState.OBSOLETE,
        "A95": ObligationState.ASKING,
    }
    assert begun_at(timeline, 3 * DAY) == []


def test_auditor_misses_a_round_that_did_not_begin() -> None:
    timeline = run_of(DAILY)
    timeline.perform([])
    timeline.append(acknowledged("A41"))

    found = audit(timeline.incident, now=T0 + DAY + minutes(2))

    assert [(one.what, one.step) for one in found] == [("not-begun", "A41")]


def test_auditor_misses_a_calendar_round_that_did_not_begin() -> None:
    timeline = run_of(a_step("S1", repeat=Repeat(dates=(T0 - DAY, T0 + DAY))))

    assert audit(timeline.incident, now=T0 + DAY) == ()
    found = audit(timeline.incident, now=T0 + DAY + minutes(2))

    assert [(one.what, one.step) for one in found] == [("not-begun", "S1")]
