"""One obligation's due facts, its asks, and when to look at it again."""

from dataclasses import replace

from crisis.core import event as ev
from crisis.core.condition import IsNot
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Event, Purpose
from crisis.core.playbook import (
    ChannelProfile,
    ExpectSignOff,
    Ladder,
    Rung,
    RungAction,
    Step,
)
from crisis.core.words import Words
from tests.builders import (
    T0,
    a_contact,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)
from tests.core.attempts import claim_of
from tests.core.timelines import HELD, Timeline


def a_timeline(*steps: Step, **kwargs: object) -> Timeline:
    return Timeline(entries=list(entries_of(playbook=a_playbook(*steps), **kwargs)))  # type: ignore[arg-type]  # -- passed on


def acknowledged(step: str = "A10", contact: str = "ohs") -> Event:
    return ev.Acknowledged(
        step=step, partner="ohs", contact=contact, via=ev.Via.PAGE, happened_at=T0
    )


def claimed(timeline: Timeline) -> None:
    """Claim what is due and lose every outcome."""
    due = timeline.planned()
    timeline.append(*due.facts, *(claim_of(ask) for ask in due.asks))


def test_message_lost_on_its_way_to_somebody_who_has_answered_is_still_found_out() -> None:
    timeline = a_timeline()
    claimed(timeline)
    timeline.append(acknowledged())

    assert timeline.planned().wake_at == T0 + minutes(1)
    timeline.now += minutes(1)
    assert timeline.planned().facts == (
        ev.AttemptEnded(step="A10", partner="ohs", n=1, outcome=OutcomeKind.UNKNOWN, code="lost"),
    )
    timeline.perform([])
    assert len(timeline.incident.obligations["A10", "ohs"].attempts) == 1


def test_call_that_somebody_has_taken_over_raises_no_task() -> None:
    phone = a_contact("ohs", kinds=(ChannelKind.PHONE_BY_HAND,))
    directory = a_directory(a_partner("ohs"), contacts=(phone,))
    timeline = a_timeline(a_form_step(), directory=directory)
    claimed(timeline)
    timeline.append(acknowledged("A02"))
    outcome = ev.AttemptEnded(
        step="A02", partner="ohs", n=1, outcome=OutcomeKind.ACCEPTED, code=""
    )
    timeline.append(outcome)

    assert timeline.perform([]) == []
    assert timeline.incident.tasks == {}


def test_reminder_goes_to_whoever_took_over() -> None:
    timeline = a_timeline(a_form_step())
    timeline.perform([])
    timeline.append(acknowledged("A02", "ohs-dep"))

    timeline.now += minutes(15)

    assert [(a.channel, a.purpose) for a in timeline.perform([])] == [
        ("ohs-dep-http", Purpose.REMIND)
    ]


def test_reminder_whose_fate_is_unknown_is_sent_again_with_the_mark() -> None:
    timeline = a_timeline(a_form_step())
    timeline.perform([])
    timeline.append(acknowledged("A02"))
    timeline.now += minutes(15)

    sent = timeline.perform([OutcomeKind.UNKNOWN])

    assert [(a.channel, a.purpose, a.possible_repeat) for a in sent] == [
        ("ohs-http", Purpose.REMIND, False),
        ("ohs-http", Purpose.REMIND, True),
    ]


def test_nobody_is_told_of_the_end_of_an_ask_that_never_arrived() -> None:
    when = IsNot(attribute="suspected_crime", values=("no",))
    timeline = a_timeline(a_step(when=when, ladder=None))
    timeline.perform([OutcomeKind.REJECTED] * 3)
    timeline.append(
        ev.AttributeSet(attribute="suspected_crime", value="no", source="x", happened_at=T0)
    )

    assert timeline.perform([]) == []


def test_whoever_took_over_is_told_of_the_end_of_an_ask() -> None:
    when = IsNot(attribute="suspected_crime", values=("no",))
    timeline = a_timeline(a_form_step(when=when))
    timeline.perform([])
    timeline.append(
        acknowledged("A02", "ohs-dep"),
        ev.AttributeSet(attribute="suspected_crime", value="no", source="x", happened_at=T0),
    )

    assert [(a.channel, a.purpose) for a in timeline.perform([])] == [
        ("ohs-dep-http", Purpose.OBSOLETE)
    ]


def test_end_of_an_ask_is_told_to_whom_it_reached_and_not_to_whom_nobody_telephoned() -> None:
    when = IsNot(attribute="suspected_crime", values=("no",))
    by_hand = a_contact("ohs-dep", kinds=(ChannelKind.PHONE_BY_HAND,))
    timeline = a_timeline(
        a_step(when=when), directory=a_directory(a_partner("ohs"), contacts=(by_hand,))
    )
    channels = []
    for _ in range(3):
        channels += [ask.channel for ask in timeline.perform([])]
        timeline.now += minutes(5)
    assert channels == ["ohs-http", "ohs-sms", "ohs-dep-phone-by-hand"]
    timeline.append(
        ev.AttributeSet(attribute="suspected_crime", value="no", source="x", happened_at=T0)
    )

    assert [(a.contact, a.purpose) for a in timeline.perform([])] == [("ohs", Purpose.OBSOLETE)]


def test_retries_of_a_lower_level_end_once_the_next_level_is_reached() -> None:
    timeline = a_timeline()
    timeline.perform([OutcomeKind.DEFERRED] * 5)
    timeline.now += minutes(5)
    timeline.perform([OutcomeKind.DEFERRED] * 9)
    timeline.now += minutes(5)

    sent = timeline.perform([])

    assert {ask.level for ask in sent} == {2}


def test_partner_that_acknowledged_late_after_all_is_out_of_every_hand() -> None:
    timeline = a_timeline()
    timeline.perform([])
    timeline.now += minutes(20)
    timeline.perform([])
    timeline.append(acknowledged())

    timeline.now += minutes(300)

    assert timeline.planned().due == ()


def signed(timeline: Timeline, partner: str) -> Event:
    return ev.Signed(
        step="A10",
        partner=partner,
        contact=partner,
        via=ev.Via.PAGE,
        verdict="agreed",
        remark="",
        happened_at=timeline.now,
    )


def test_final_report_waits_for_a_refused_signature_until_the_lead_leaves_it_out() -> None:
    step = a_step(expect=ExpectSignOff(publishes="final"))
    directory = a_directory(a_partner("ohs"), a_partner("ohs2"))
    timeline = a_timeline(step, directory=directory)
    timeline.perform([])
    refused = ev.Declined(
        step="A10", partner="ohs2", contact="ohs2", via=ev.Via.PAGE, reason="x", happened_at=T0
    )
    timeline.append(signed(timeline, "ohs"), refused)

    assert timeline.planned().computes == ()
    timeline.append(ev.StepSkipped(step="A10", partner="ohs2", reason="nicht beteiligt"))
    assert [compute.status for compute in timeline.planned().computes] == ["final"]


def test_report_that_nobody_was_asked_to_sign_is_not_final() -> None:
    step = a_step(roles=("KRS",), expect=ExpectSignOff(publishes="final"))
    timeline = a_timeline(step)
    timeline.perform([])

    assert timeline.planned().computes == ()


def test_oral_step_has_no_way_to_remind_in_writing() -> None:
    oral = ChannelProfile(
        id="ALL", title=Words(de=""), kinds=(ChannelKind.PHONE_BY_HAND,), oral=True
    )
    playbook = replace(a_playbook(a_form_step()), profiles=(oral,))
    timeline = Timeline(entries=list(entries_of(playbook=playbook)))
    timeline.perform([])
    timeline.append(acknowledged("A02"))

    timeline.now += minutes(15)

    assert timeline.perform([]) == []


def test_message_that_a_limit_holds_back_is_due_at_its_time_and_not_before() -> None:
    timeline = a_timeline()
    assert timeline.perform([HELD]) == []
    obligation = timeline.incident.obligations["A10", "ohs"]

    assert timeline.planned().wake_at == T0 + HELD
    assert [held.until for held in obligation.waiting(T0)] == [T0 + HELD]
    assert (obligation.attempts, obligation.asked_at) == ((), None)

    timeline.now += HELD

    assert obligation.waiting(timeline.now) == ()
    assert [ask.channel for ask in timeline.perform([])] == ["ohs-http"]
    assert timeline.incident.obligations["A10", "ohs"].holds == ()


def test_message_that_is_held_back_again_waits_for_its_new_time() -> None:
    timeline = a_timeline()
    timeline.perform([HELD])
    timeline.now += HELD
    timeline.perform([HELD])

    obligation = timeline.incident.obligations["A10", "ohs"]

    assert [held.until for held in obligation.holds] == [T0 + 2 * HELD]
    assert timeline.planned().wake_at == T0 + 2 * HELD


def test_deadline_passes_also_for_who_was_not_asked_because_of_a_limit() -> None:
    timeline = a_timeline()
    timeline.perform([minutes(30)])
    timeline.now += minutes(15)

    timeline.perform([])

    obligation = timeline.incident.obligations["A10", "ohs"]
    assert obligation.overdue_at == T0 + minutes(15)
    assert obligation.attempts == ()


def test_message_held_back_for_who_has_answered_is_not_sent_any_more() -> None:
    timeline = a_timeline(replace(a_form_step(), id="A10"))
    timeline.perform([OutcomeKind.DEFERRED, HELD])
    obligation = timeline.incident.obligations["A10", "ohs"]
    assert len(obligation.waiting(T0)) == 1

    taken = ev.Acknowledged(
        step="A10", partner="ohs", contact="ohs", via=ev.Via.PAGE, happened_at=T0
    )

    assert obligation.acknowledged(taken).waiting(T0) == ()
    assert replace(obligation, fulfilled_at=T0).waiting(T0) == ()
    assert replace(obligation, obsolete_at=T0).waiting(T0) == ()


def test_notice_does_not_wait_for_the_question_that_a_limit_holds_back() -> None:
    timeline = a_timeline()
    timeline.perform([HELD])
    obligation = timeline.incident.obligations["A10", "ohs"]

    assert obligation.held_until("ohs", "ohs-http", Purpose.REPEAT) == T0 + HELD
    assert obligation.held_until("ohs", "ohs-http", Purpose.OBSOLETE) is None
    assert obligation.held_until("ohs", "ohs-sms", Purpose.ASK) is None


def test_other_channel_of_a_deputy_that_is_held_back_is_not_forgotten() -> None:
    directory = a_directory(
        a_partner("ohs"), contacts=(a_contact("ohs", deputy="ohs-2"), a_contact("ohs-2"))
    )
    ladder = Ladder(
        id="A", rungs=(Rung(action=RungAction.DEPUTY, after=minutes(5), working_days=None),)
    )
    playbook = replace(a_playbook(), ladders=(ladder,))
    timeline = Timeline(entries=list(entries_of(playbook=playbook, directory=directory)))
    timeline.perform([])
    timeline.now += minutes(5)
    first = [ask.channel for ask in timeline.perform([HELD, HELD])]
    held = [one.channel for one in timeline.incident.obligations["A10", "ohs"].holds]
    assert (len(first), len(held)) == (1, 2)

    timeline.now += HELD

    assert [ask.channel for ask in timeline.perform([])] == held
