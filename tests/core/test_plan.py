"""What is due first: whom the plan asks, and whom the ladder turns to."""

from dataclasses import replace
from datetime import time, timedelta

from crisis.core import event as ev
from crisis.core.availability import Hours, Rota, Shift
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Purpose
from crisis.core.incident import fold
from crisis.core.obligation import ObligationState
from crisis.core.plan import Plan, plan
from crisis.core.playbook import (
    ChannelProfile,
)
from crisis.core.pursuit import Ask
from crisis.core.words import Words
from tests.builders import (
    T0,
    a_channel,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)
from tests.core.attempts import claim_of
from tests.core.playing import a_timeline, acknowledged, asked, state_of
from tests.core.timelines import Timeline


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


def test_claim_is_given_up_after_a_real_minute_however_fast_the_clock_runs() -> None:
    first, *_ = entries_of(playbook=a_playbook(a_step(ladder=None, within=None)))
    opened = first.event
    assert isinstance(opened, ev.IncidentOpened)
    timeline = Timeline(entries=[replace(first, event=replace(opened, pace=60))])
    due = timeline.planned()
    timeline.append(*due.facts, *(claim_of(ask) for ask in due.asks))

    timeline.now = T0 + minutes(59)
    assert timeline.planned().facts == ()
    timeline.now = T0 + minutes(60)
    assert timeline.planned().facts == (
        ev.AttemptEnded(step="A10", partner="ohs", n=1, outcome=OutcomeKind.UNKNOWN, code="lost"),
    )
