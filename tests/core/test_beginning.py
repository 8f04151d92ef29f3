"""When steps begin, with whom, when they fall away, and when they come back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.condition import Is, IsNot
from crisis.core.deadline import Within
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Event, Purpose
from crisis.core.obligation import ObligationState
from crisis.core.plan import MOST_ROUNDS
from crisis.core.playbook import Completion, ExpectReport, Playbook, Start, Step
from tests.builders import (
    T0,
    a_directory,
    a_form_step,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)
from tests.core.attempts import claim_of
from tests.core.timelines import Timeline

CRIME = a_step(when=IsNot(attribute="suspected_crime", values=("no",)))


def a_timeline(*steps: Step, playbook: Playbook | None = None, **kwargs: object) -> Timeline:
    entries = entries_of(playbook=playbook or a_playbook(*steps), **kwargs)  # type: ignore[arg-type]  # -- passed on
    return Timeline(entries=list(entries))


def crime(value: str) -> Event:
    return ev.AttributeSet(
        attribute="suspected_crime", value=value, source="POL-FLZ", happened_at=T0
    )


def acknowledged(timeline: Timeline, partner: str = "ohs", step: str = "A10") -> Event:
    return ev.Acknowledged(
        step=step,
        partner=partner,
        contact=partner,
        via=ev.Via.PAGE,
        happened_at=timeline.now,
    )


def test_partner_with_two_roles_in_a_step_is_asked_once() -> None:
    both = replace(a_partner("ohs"), roles=("OHS", "WR"))
    timeline = a_timeline(
        a_step(roles=("OHS", "WR")), directory=a_directory(both, a_partner("wr", role="WR"))
    )

    sent = timeline.perform([])

    assert [(ask.partner, ask.n) for ask in sent] == [("ohs", 1), ("wr", 1)]


def test_fact_that_was_wrong_and_is_corrected_brings_the_step_back() -> None:
    timeline = a_timeline(CRIME)
    timeline.perform([])
    timeline.now += minutes(4)
    timeline.append(crime("no"))
    taken_back = timeline.perform([])
    timeline.now += minutes(6)
    timeline.append(crime("unknown"))

    asked_again = timeline.perform([])

    assert [ask.purpose for ask in (*taken_back, *asked_again)] == [Purpose.OBSOLETE, Purpose.ASK]
    obligation = timeline.incident.obligations["A10", "ohs"]
    assert (obligation.state, obligation.due_at) == (ObligationState.ASKING, T0 + minutes(25))
    assert [attempt.n for attempt in obligation.attempts] == [1, 2, 3]
    assert timeline.incident.run_of("A10").partners == ("ohs",)
    # The ladder begins anew as well.
    timeline.now += minutes(5)
    assert [(ask.channel, ask.level) for ask in timeline.perform([])] == [("ohs-sms", 1)]


def test_step_comes_back_for_those_only_that_had_not_answered() -> None:
    directory = a_directory(a_partner("ohs"), a_partner("ohs2"))
    timeline = a_timeline(CRIME, directory=directory)
    timeline.perform([])
    timeline.append(acknowledged(timeline), crime("no"))
    timeline.perform([])
    timeline.append(crime("yes"))

    sent = timeline.perform([])

    assert [(ask.partner, ask.purpose) for ask in sent] == [("ohs2", Purpose.ASK)]
    assert timeline.incident.obligations["A10", "ohs"].state is ObligationState.ACKNOWLEDGED


def test_step_that_others_completed_does_not_come_back() -> None:
    directory = a_directory(a_partner("ohs"), a_partner("ohs2"))
    timeline = a_timeline(replace(CRIME, completion=Completion.ANY), directory=directory)
    timeline.perform([])
    timeline.append(acknowledged(timeline))
    timeline.perform([])
    timeline.append(crime("yes"))

    assert timeline.perform([]) == []
    assert timeline.incident.obligations["A10", "ohs2"].obsolete_reason == "completed"


def test_step_falls_away_twice_and_tells_nobody_who_was_not_asked_again() -> None:
    timeline = a_timeline(CRIME)
    timeline.perform([])
    timeline.append(crime("no"))
    timeline.perform([])
    timeline.append(crime("yes"))
    timeline.append(*timeline.planned().facts)
    timeline.append(crime("no"))

    assert timeline.perform([]) == []


def test_held_step_is_reported_once_and_begins_with_the_missing_role_as_a_task() -> None:
    step = a_step(
        roles=("OHS", "KRS"), hold_while=Is(attribute="dangerous", values=("yes", "unknown"))
    )
    timeline = a_timeline(step)
    timeline.perform([])
    timeline.now += minutes(3)
    timeline.perform([])
    safe = ev.AttributeSet(attribute="dangerous", value="no", source="x", happened_at=T0)
    timeline.append(safe)

    timeline.perform([])

    held = [e for e in timeline.entries if isinstance(e.event, ev.StepHeld)]
    assert [entry.at for entry in held] == [T0]
    assert list(timeline.incident.tasks) == ["gap/A10/KRS"]


def test_report_asks_nobody_and_misses_nobody() -> None:
    step = a_step(roles=("OHS",), expect=ExpectReport(), within=None)
    timeline = a_timeline(step)

    timeline.perform([])

    assert timeline.incident.run_of("A10").partners == ()
    assert timeline.incident.tasks == {}


@pytest.mark.parametrize(
    ("within", "due"),
    [
        (None, None),
        (Within(duration=minutes(15)), minutes(75)),
        (Within(duration=minutes(90), absolute=True), minutes(90)),
        (Within(duration=minutes(15), absolute=True), minutes(75)),
    ],
)
def test_deadline_counts_from_the_start_or_from_t0(
    within: Within | None, due: timedelta | None
) -> None:
    timeline = a_timeline(a_step(start=Start(offset=minutes(60)), within=within))
    timeline.now += minutes(60)
    timeline.perform([])

    assert timeline.incident.run_of("A10").due_at == (None if due is None else T0 + due)


def test_decliners_are_not_asked_in_what_follows() -> None:
    directory = a_directory(a_partner("ohs"), a_partner("ohs2"), a_partner("ohs3"))
    follows = {"roles": (), "start": Start(offset=minutes(5))}
    timeline = a_timeline(
        a_step(),
        a_step("A20", reached_in=("A10",), **follows),
        a_step("A30", asked_in=("A10",), **follows),
        directory=directory,
    )
    timeline.perform([])
    timeline.append(
        acknowledged(timeline),
        ev.Declined(
            step="A10", partner="ohs2", contact="ohs2", via=ev.Via.PAGE, reason="", happened_at=T0
        ),
    )
    timeline.now += minutes(5)
    timeline.perform([])

    assert timeline.incident.run_of("A20").partners == ("ohs",)
    assert timeline.incident.run_of("A30").partners == ("ohs", "ohs3")


def stood_down(timeline: Timeline) -> tuple[str, ...]:
    """Stand the incident down and return who is told."""
    timeline.append(ev.StoodDown(reason="Fehlalarm", happened_at=timeline.now))
    timeline.append(*timeline.planned().facts)
    return timeline.incident.run_of("A95").partners


def test_stand_down_tells_whom_a_message_is_under_way_to() -> None:
    timeline = a_timeline()
    due = timeline.planned()
    timeline.append(*due.facts, *(claim_of(ask) for ask in due.asks))

    assert stood_down(timeline) == ("ohs",)


def test_stand_down_tells_whom_the_lead_reached_another_way() -> None:
    timeline = a_timeline(a_step(ladder=None))
    timeline.perform([OutcomeKind.REJECTED] * 3)
    timeline.append(acknowledged(timeline))

    assert stood_down(timeline) == ("ohs",)


def test_stand_down_tells_nobody_whom_no_message_can_have_reached() -> None:
    timeline = a_timeline(a_form_step(ladder=None))
    timeline.perform([OutcomeKind.REJECTED] * 3)

    assert stood_down(timeline) == ()
    assert timeline.incident.obligations["A02", "ohs"].obsolete_reason == "stand-down"
    assert timeline.incident.run_of("A95").started_at == T0


def test_stand_down_begins_no_further_step_and_wakes_for_none() -> None:
    timeline = a_timeline(a_step(start=Start(offset=minutes(90))))

    stood_down(timeline)
    timeline.perform([])

    assert timeline.planned().wake_at is None
    timeline.now += minutes(90)
    assert timeline.perform([]) == []


def test_chain_of_steps_longer_than_one_plan_is_carried_on_by_the_next() -> None:
    names = [f"A{number:03d}" for number in range(MOST_ROUNDS + 10)]
    first, *rest = names
    chain = [a_step(first, roles=("KRS",))] + [
        a_step(name, roles=("KRS",), start=Start(after=(before,)))
        for before, name in zip(names, rest, strict=False)
    ]
    timeline = a_timeline(*chain)

    begun = {fact.step for fact in timeline.planned().facts if isinstance(fact, ev.StepStarted)}
    timeline.perform([])

    assert begun == set(names[:MOST_ROUNDS])
    assert {name for name in names if timeline.incident.run_of(name).started_at} == set(names)
