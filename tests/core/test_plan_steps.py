"""When steps begin, wait, fall away and end."""

from datetime import UTC, datetime, timedelta

import pytest

from crisis.core import event as ev
from crisis.core.availability import Office
from crisis.core.condition import AtLeast, Condition, Is, IsNot
from crisis.core.contact import ChannelKind
from crisis.core.deadline import Within
from crisis.core.incident import evolve, fold
from crisis.core.obligation import ObligationState
from crisis.core.plan import Compute, Plan, plan
from crisis.core.playbook import (
    Completion,
    ExpectReport,
    ExpectSignOff,
    Start,
)
from tests.builders import (
    T0,
    a_contact,
    a_decision_step,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)
from tests.core.playing import a_timeline, acknowledged, asked, set_to, state_of


@pytest.mark.parametrize(
    ("start", "before", "after"),
    [
        (Start(offset=minutes(90)), 89, 90),
        (Start(after=("A02",), latest=minutes(30)), 29, 30),
    ],
)
def test_step_begins_at_its_moment(start: Start, before: int, after: int) -> None:
    timeline = a_timeline(a_playbook(a_form_step(), a_step(start=start)))
    timeline.perform([])

    timeline.now = T0 + minutes(before)
    assert "A10" not in {step for step, *_ in asked(timeline)}
    timeline.now = T0 + minutes(after)
    assert "A10" in {step for step, *_ in asked(timeline)}


def test_step_after_any_of_two_begins_with_the_first_result() -> None:
    steps = (
        a_form_step("A02"),
        a_form_step("A03"),
        a_step(start=Start(after=("A02", "A03"), mode="any")),
    )
    timeline = a_timeline(a_playbook(*steps))
    timeline.perform([])
    timeline.now = T0 + minutes(4)
    answered = ev.Answered(
        step="A03",
        partner="ohs",
        contact="ohs",
        via=ev.Via.PAGE,
        answers={},
        happened_at=timeline.now,
    )

    timeline.append(answered)

    assert asked(timeline) == [("A10", "ohs-http", "ask")]


def test_undecided_decision_takes_its_default_when_its_time_is_up() -> None:
    timeline = a_timeline(a_playbook(a_decision_step(), a_step(start=Start(after=("A04",)))))
    timeline.perform([])

    timeline.now = T0 + minutes(40)
    timeline.perform([])

    decided = timeline.incident.run_of("A04").decided
    assert decided == ev.Decided(
        step="A04", option="unclear", reason="", by_default=True, happened_at=T0 + minutes(40)
    )
    assert timeline.incident.run_of("A10").started_at == T0 + minutes(40)


def test_decision_that_stands_down_tells_everyone_who_was_contacted() -> None:
    timeline = a_timeline(a_playbook(a_decision_step(), a_step()))
    timeline.perform([])
    timeline.append(
        ev.Decided(step="A04", option="no", reason="Fehlalarm", by_default=False, happened_at=T0)
    )

    sent = asked(timeline)

    assert sent == [("A95", "lead-http", "ask"), ("A95", "ohs-http", "ask")]
    assert state_of(timeline, "A10") is ObligationState.OBSOLETE


@pytest.mark.parametrize(
    ("condition", "begins"),
    [
        (IsNot(attribute="suspected_crime", values=("no",)), True),
        (Is(attribute="suspected_crime", values=("yes",)), False),
        (AtLeast(attribute="deaths", number=1), True),
    ],
)
def test_unknown_counts_as_true_only_where_safety_depends_on_it(
    condition: Condition, *, begins: bool
) -> None:
    timeline = a_timeline(a_playbook(a_step(when=condition)))

    assert bool(asked(timeline)) is begins


def test_unknown_safety_facts_are_asked_for_again_after_twelve_hours() -> None:
    step = a_step(
        start=Start(offset=timedelta(hours=13)), when=AtLeast(attribute="deaths", number=1)
    )
    timeline = a_timeline(a_playbook(step))

    timeline.now = T0 + timedelta(hours=12)
    timeline.perform([])

    assert timeline.incident.tasks["question/deaths"].raised.subject == "deaths"
    timeline.now = T0 + timedelta(hours=13)
    assert asked(timeline) == []


def test_condition_that_becomes_true_late_fires_at_once() -> None:
    timeline = a_timeline(
        a_playbook(a_step(when=Is(attribute="suspected_crime", values=("yes",))))
    )
    timeline.perform([])

    timeline.now = T0 + minutes(80)
    timeline.append(set_to("suspected_crime", "yes"))

    assert asked(timeline) == [("A10", "ohs-http", "ask")]
    assert timeline.incident.obligations["A10", "ohs"].due_at == T0 + minutes(95)


def test_condition_that_becomes_false_makes_the_step_obsolete_and_tells_the_partner() -> None:
    timeline = a_timeline(
        a_playbook(a_step(when=IsNot(attribute="suspected_crime", values=("no",))))
    )
    timeline.perform([])

    timeline.append(set_to("suspected_crime", "no"))

    assert asked(timeline) == [("A10", "ohs-http", "obsolete")]
    assert state_of(timeline, "A10") is ObligationState.OBSOLETE


def test_step_that_leads_into_danger_waits_until_it_is_over() -> None:
    step = a_step(hold_while=Is(attribute="dangerous", values=("yes",)))
    timeline = a_timeline(a_playbook(step))

    assert asked(timeline) == []
    assert timeline.incident.run_of("A10").held_since == T0
    timeline.append(set_to("dangerous", "no"))
    assert asked(timeline) == [("A10", "ohs-http", "ask")]


def test_step_that_can_wait_begins_on_the_next_working_day() -> None:
    holidays = (datetime(2026, 12, 21, tzinfo=UTC).date(),)
    directory = a_directory(a_partner("ohs"), holidays=holidays)
    timeline = a_timeline(a_playbook(a_step(waits=True)), directory=directory)

    assert timeline.planned().wake_at == T0 + timedelta(hours=12)
    timeline.now = datetime(2026, 12, 22, 6, 29, tzinfo=UTC)
    assert timeline.perform([]) == []
    timeline.now = datetime(2026, 12, 22, 6, 30, tzinfo=UTC)
    assert asked(timeline) == [("A10", "ohs-http", "ask")]


def test_role_that_nobody_holds_becomes_a_task_for_the_lead() -> None:
    timeline = a_timeline(a_playbook(a_step(roles=("KRS",))))

    assert asked(timeline) == []
    assert list(timeline.incident.tasks) == ["gap/A10/KRS"]


def test_step_for_those_reached_asks_them_only() -> None:
    steps = (
        a_step("A10"),
        a_step("A11", roles=("WR",)),
        a_step("A20", roles=(), start=Start(offset=minutes(2)), reached_in=("A10", "A11")),
        a_step("A40", roles=(), start=Start(offset=minutes(2)), asked_in=("A10", "A11")),
    )
    directory = a_directory(a_partner("ohs"), a_partner("wr", role="WR"))
    timeline = a_timeline(a_playbook(*steps), directory=directory)
    timeline.perform([])
    timeline.append(acknowledged())

    timeline.now = T0 + minutes(2)
    timeline.perform([])

    assert timeline.incident.run_of("A20").partners == ("ohs",)
    assert timeline.incident.run_of("A40").partners == ("ohs", "wr")


def test_nobody_reached_is_a_task_and_not_silence() -> None:
    step = a_step("A20", roles=(), reached_in=("A10",))
    timeline = a_timeline(a_playbook(step, a_step("A10", start=Start(offset=minutes(9)))))

    timeline.perform([])

    assert list(timeline.incident.tasks) == ["gap/A20/nobody-reached"]


def test_any_one_answer_completes_a_step_that_needs_one() -> None:
    directory = a_directory(a_partner("ohs"), a_partner("ohs2"))
    timeline = a_timeline(
        a_playbook(a_step(completion=Completion.ANY), a_step("A11", start=Start(after=("A10",)))),
        directory=directory,
    )
    timeline.perform([])
    timeline.append(acknowledged())

    sent = asked(timeline)

    assert sent == [("A11", "ohs-http", "ask"), ("A11", "ohs2-http", "ask")]
    assert timeline.incident.obligations["A10", "ohs2"].obsolete_reason == "completed"


def test_answer_that_was_promised_and_is_late_is_reminded_then_handed_to_the_lead() -> None:
    timeline = a_timeline(a_playbook(a_form_step()))
    timeline.perform([])
    timeline.append(acknowledged("A02"))

    timeline.now = T0 + minutes(15)
    assert asked(timeline) == [("A02", "ohs-http", "remind")]
    assert state_of(timeline, "A02") is ObligationState.OVERDUE
    timeline.now = T0 + minutes(15 + 120)
    timeline.perform([])
    assert state_of(timeline, "A02") is ObligationState.HANDED_TO_PERSON


def test_step_without_a_ladder_goes_to_the_lead_at_its_deadline() -> None:
    timeline = a_timeline(a_playbook(a_step(ladder=None)))
    timeline.perform([])

    timeline.now = T0 + minutes(15)
    timeline.perform([])

    assert state_of(timeline, "A10") is ObligationState.HANDED_TO_PERSON


def test_report_is_computed_once_its_step_begins_and_again_when_all_have_signed() -> None:
    report = a_step("A70", roles=("OB-L",), expect=ExpectReport(), ladder=None, within=None)
    sign = a_step("A72", start=Start(after=("A70",)), expect=ExpectSignOff(publishes="final"))
    timeline = a_timeline(a_playbook(report, sign))
    timeline.perform([])

    assert timeline.planned().computes == (Compute(step="A70", status="draft"),)
    timeline.append(ev.ReportDrafted(step="A70", status="draft", log_to=9, digest="d"))
    timeline.perform([])
    timeline.append(
        ev.Signed(
            step="A72",
            partner="ohs",
            contact="ohs",
            via=ev.Via.PAGE,
            verdict="agreed",
            remark="",
            happened_at=T0,
        )
    )
    assert timeline.planned().computes == (Compute(step="A72", status="final"),)


def test_deadline_that_passed_before_the_step_began_leaves_a_quarter_of_an_hour() -> None:
    step = a_step(
        start=Start(offset=minutes(60)), within=Within(duration=minutes(30), absolute=True)
    )
    timeline = a_timeline(a_playbook(step))

    timeline.now = T0 + minutes(60)
    timeline.perform([])

    assert timeline.incident.obligations["A10", "ohs"].due_at == T0 + minutes(75)


def test_nothing_is_due_once_the_incident_is_closed() -> None:
    timeline = a_timeline()
    timeline.append(ev.IncidentClosed(reason="Ende"))

    assert timeline.planned() == Plan()


def test_office_contact_is_asked_over_what_it_has() -> None:
    office = a_contact("ohs", availability=Office(land="14"))
    timeline = a_timeline(directory=a_directory(a_partner("ohs"), contacts=(office,)))

    assert asked(timeline) == [("A10", "ohs-http", "ask")]


def test_skipped_step_does_not_begin() -> None:
    entries = entries_of()
    incident = fold(entries)
    skipped = ev.StepSkipped(step="A10", partner=None, reason="erledigt")
    entry = type(entries[0])(seq=2, incident="i1", version=2, at=T0, actor="ada", event=skipped)

    assert plan(evolve(incident, entry), now=T0).due == ()


def test_who_was_never_telephoned_is_not_told_that_it_is_over() -> None:
    by_hand = a_directory(
        a_partner("ohs"), contacts=(a_contact("ohs", kinds=(ChannelKind.PHONE_BY_HAND,)),)
    )
    called, uncalled = (a_timeline(a_playbook(a_step()), directory=by_hand) for _ in range(2))
    for timeline in (called, uncalled):
        assert [ask.channel for ask in timeline.perform([])] == ["ohs-phone-by-hand"]
    called.append(acknowledged())

    for timeline in (called, uncalled):
        timeline.append(ev.StoodDown(reason="Fehlalarm", happened_at=T0))
        timeline.perform([])

    told = [timeline.incident.run_of("A95").partners for timeline in (called, uncalled)]
    assert told == [("ohs",), ()]


def test_deadline_in_working_days_leaves_out_the_weekend_and_the_lands_holidays() -> None:
    step = a_step(within=Within.of_working_days(1), ladder=None)
    monday = datetime(2026, 12, 21, tzinfo=UTC).date()
    directory = a_directory(a_partner("ohs"), holidays=[monday])
    timeline = a_timeline(a_playbook(step), directory=directory)
    timeline.perform([])

    due_at = T0 + timedelta(days=4)
    assert timeline.incident.obligations["A10", "ohs"].due_at == due_at
    timeline.now = due_at - minutes(1)
    assert timeline.planned().due == ()
    timeline.now = due_at
    timeline.perform([])
    assert state_of(timeline, "A10") is ObligationState.HANDED_TO_PERSON
