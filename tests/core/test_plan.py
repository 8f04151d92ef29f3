"""What is due, when, and whom the ladder turns to."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from crisis.core import event as ev
from crisis.core.availability import Hours, Office, Rota, Shift
from crisis.core.condition import AtLeast, Condition, Is, IsNot
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Event, Purpose
from crisis.core.incident import evolve, fold
from crisis.core.obligation import ObligationState
from crisis.core.plan import Compute, Plan, plan
from crisis.core.playbook import (
    ChannelProfile,
    Completion,
    ExpectReport,
    ExpectSignOff,
    Playbook,
    Start,
    Within,
)
from crisis.core.pursuit import Ask
from crisis.core.words import Words
from tests.builders import (
    T0,
    a_channel,
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
from tests.core.timelines import Timeline


def a_timeline(playbook: Playbook | None = None, **kwargs: object) -> Timeline:
    return Timeline(entries=list(entries_of(playbook=playbook, **kwargs)))  # type: ignore[arg-type]  # -- passed on


def asked(timeline: Timeline) -> list[tuple[str, str, str]]:
    """Perform what is due and return step, channel and purpose of each message."""
    return [(ask.step, ask.channel, ask.purpose.value) for ask in timeline.perform([])]


def state_of(timeline: Timeline, step: str) -> ObligationState:
    return timeline.incident.obligations[step, "ohs"].state


def acknowledged(step: str = "A10", partner: str = "ohs", *, at: datetime = T0) -> Event:
    return ev.Acknowledged(
        step=step, partner=partner, contact=partner, via=ev.Via.PAGE, happened_at=at
    )


def set_to(name: str, value: str | int, *, at: datetime = T0) -> Event:
    return ev.AttributeSet(attribute=name, value=value, source="POL-FLZ", happened_at=at)


def test_plan_begins_steps_and_asks_first_contact_at_once() -> None:
    incident = fold(entries_of())

    assert plan(incident, now=T0) == Plan(
        facts=(
            ev.StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=T0 + minutes(15)),
        ),
        asks=(
            Ask(
                step="A10",
                partner="ohs",
                n=1,
                contact="ohs",
                channel="ohs-http",
                purpose=Purpose.ASK,
                level=0,
                possible_repeat=False,
            ),
        ),
        wake_at=T0 + minutes(15),
    )


def test_ladder_turns_to_next_channel_deputy_superior_and_lead() -> None:
    timeline = a_timeline()
    seen = {0: asked(timeline)}
    for minute in (5, 10, 15, 20):
        timeline.now = T0 + minutes(minute)
        seen[minute] = asked(timeline)

    assert seen == {
        0: [("A10", "ohs-http", "ask")],
        5: [("A10", "ohs-sms", "ask")],
        10: [
            ("A10", "ohs-dep-http", "ask"),
            ("A10", "ohs-dep-sms", "ask"),
            ("A10", "ohs-dep-email", "ask"),
        ],
        15: [("A10", "ohs-sup-http", "ask")],
        20: [("A10", "lead-http", "task")],
    }
    obligation = timeline.incident.obligations["A10", "ohs"]
    assert (obligation.state, obligation.level) == (ObligationState.HANDED_TO_PERSON, 4)
    assert list(timeline.incident.tasks) == ["other-way/A10/ohs"]


def test_ladder_stops_at_acknowledgement() -> None:
    timeline = a_timeline()
    timeline.perform([])
    timeline.append(acknowledged())

    timeline.now = T0 + minutes(60)

    assert timeline.planned().due == ()
    assert state_of(timeline, "A10") is ObligationState.ACKNOWLEDGED


def test_after_an_outage_every_level_is_asked() -> None:
    timeline = a_timeline()
    timeline.perform([])

    timeline.now = T0 + minutes(30)

    assert {channel for _, channel, _ in asked(timeline)} == {
        "ohs-sms",
        "ohs-dep-http",
        "ohs-dep-sms",
        "ohs-dep-email",
        "ohs-sup-http",
        "lead-http",
    }


def test_hard_failure_moves_to_next_channel_at_once_and_is_no_escalation() -> None:
    timeline = a_timeline()

    sent = timeline.perform([OutcomeKind.REJECTED])

    assert [ask.channel for ask in sent] == ["ohs-http", "ohs-sms"]
    assert timeline.incident.obligations["A10", "ohs"].level == 0


def test_contact_without_any_good_channel_is_passed_over_at_once() -> None:
    timeline = a_timeline()

    sent = timeline.perform([OutcomeKind.REJECTED] * 3)

    assert [(ask.channel, ask.level) for ask in sent] == [
        ("ohs-http", 0),
        ("ohs-sms", 0),
        ("ohs-email", 0),
        ("ohs-dep-http", 2),
        ("ohs-dep-sms", 2),
        ("ohs-dep-email", 2),
    ]


def test_deferred_channels_are_tried_again_later_each_in_turn() -> None:
    directory = a_directory(
        a_partner("ohs"), contacts=(a_contact("ohs", kinds=(ChannelKind.EMAIL,)),)
    )
    timeline = a_timeline(a_playbook(a_step(ladder=None)), directory=directory)
    timeline.perform([OutcomeKind.DEFERRED])

    assert timeline.planned().wake_at == T0 + minutes(1)
    timeline.now = T0 + minutes(1)
    assert [ask.channel for ask in timeline.perform([OutcomeKind.DEFERRED])] == ["ohs-email"]
    assert timeline.planned().wake_at == T0 + minutes(3)


def test_unknown_fate_is_asked_again_with_a_mark_then_over_another_channel() -> None:
    timeline = a_timeline()

    sent = timeline.perform([OutcomeKind.UNKNOWN] * 3)

    assert [(ask.channel, ask.purpose, ask.possible_repeat) for ask in sent] == [
        ("ohs-http", Purpose.ASK, False),
        ("ohs-http", Purpose.REPEAT, True),
        ("ohs-http", Purpose.REPEAT, True),
        ("ohs-sms", Purpose.ASK, True),
    ]


def test_claim_without_outcome_becomes_unknown_after_a_minute() -> None:
    timeline = a_timeline()
    due = timeline.planned()
    (ask,) = due.asks
    timeline.append(*due.facts)
    timeline.append(
        ev.AttemptStarted(
            step=ask.step,
            partner=ask.partner,
            n=ask.n,
            contact=ask.contact,
            channel=ask.channel,
            purpose=ask.purpose,
            level=0,
            possible_repeat=False,
            outside_hours=True,
            link_hash="",
            text_hash="",
        )
    )

    assert timeline.planned() == Plan(wake_at=T0 + minutes(1))
    timeline.now = T0 + minutes(1)
    due = timeline.planned()
    assert due.facts == (
        ev.AttemptEnded(step="A10", partner="ohs", n=1, outcome=OutcomeKind.UNKNOWN, code="lost"),
    )
    assert [(a.channel, a.possible_repeat) for a in due.asks] == [("ohs-http", True)]


def test_call_by_hand_becomes_a_task_on_the_desk() -> None:
    directory = a_directory(
        a_partner("ohs"), contacts=(a_contact("ohs", kinds=(ChannelKind.PHONE_BY_HAND,)),)
    )
    timeline = a_timeline(directory=directory)
    timeline.perform([])

    assert timeline.incident.tasks["phone/A10/ohs/1"].raised == ev.TaskRaised(
        task="phone/A10/ohs/1",
        task_kind=ev.TaskKind.PHONE,
        step="A10",
        partner="ohs",
        contact="ohs",
        channel="ohs-phone-by-hand",
        subject="1",
    )


def test_channels_that_answer_at_this_hour_come_first() -> None:
    day = Hours(opens=time(7), closes=time(18))
    contact = a_contact("ohs")
    closed = a_channel("ohs-day", ChannelKind.HTTP, hours=day)
    directory = a_directory(
        a_partner("ohs"),
        contacts=(replace(contact, channels=(closed, *contact.channels[1:])),),
    )

    assert asked(a_timeline(directory=directory)) == [("A10", "ohs-sms", "ask")]


def test_profile_has_an_order_of_its_own_out_of_hours() -> None:
    profile = ChannelProfile(
        id="ALL",
        title=Words(de=""),
        kinds=(ChannelKind.HTTP, ChannelKind.SMS),
        out_of_hours=(ChannelKind.EMAIL,),
    )
    playbook = a_playbook()
    playbook = replace(playbook, profiles=(profile,))

    assert asked(a_timeline(playbook)) == [("A10", "ohs-email", "ask")]


def test_rota_names_who_is_asked_and_a_gap_goes_straight_to_the_deputy() -> None:
    night = Shift(start=T0, end=T0 + timedelta(hours=1), holder="night")
    duty = a_contact("ohs", availability=Rota(shifts=(night,)), deputy="ohs-dep")
    directory = a_directory(a_partner("ohs"), contacts=(duty, a_contact("night")))
    gap = a_directory(
        a_partner("ohs"),
        contacts=(a_contact("ohs", availability=Rota(shifts=()), deputy="ohs-dep"),),
    )

    assert asked(a_timeline(directory=directory)) == [("A10", "night-http", "ask")]
    assert [channel for _, channel, _ in asked(a_timeline(directory=gap))] == [
        "ohs-dep-http",
        "ohs-dep-sms",
        "ohs-dep-email",
    ]


def test_oral_step_goes_by_telephone_only() -> None:
    kinds = (ChannelKind.SMS, ChannelKind.PHONE_BY_HAND)
    directory = a_directory(a_partner("ohs"), contacts=(a_contact("ohs", kinds=kinds),))
    playbook = a_playbook()
    oral = ChannelProfile(id="ALL", title=Words(de=""), kinds=kinds, oral=True)
    playbook = replace(playbook, profiles=(oral,))

    timeline = a_timeline(playbook, directory=directory)

    assert asked(timeline) == [("A10", "ohs-phone-by-hand", "ask")]


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
