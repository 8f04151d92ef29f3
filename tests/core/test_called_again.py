"""Who is only reached by telephone hears of reminders, and that it is over, by telephone."""

from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core import steer
from crisis.core.condition import IsNot
from crisis.core.contact import ChannelKind
from crisis.core.decide import Answering, acknowledge
from crisis.core.desk import open_tasks
from crisis.core.event import Purpose
from crisis.core.incident import fold
from crisis.core.message import call_message
from crisis.core.plan import plan
from crisis.core.playbook import ExpectAnswer
from crisis.core.steer import Result
from crisis.errors import RefusedError
from tests.builders import (
    T0,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    minutes,
)
from tests.core.playing import a_timeline, set_to
from tests.core.timelines import Timeline


def a_called_run(*, when: bool = False) -> Timeline:
    """Return a run in which Cy is asked by telephone, with a mailbox behind it."""
    kinds = (ChannelKind.PHONE_BY_HAND, ChannelKind.EMAIL)
    crime = IsNot(attribute="suspected_crime", values=("no",)) if when else None
    expect = ExpectAnswer(form="F1")
    step = a_step(profile="ALL", when=crime, ladder=None, expect=expect)
    directory = a_directory(a_partner("ohs"), contacts=(a_contact("ohs", kinds=kinds),))
    timeline = a_timeline(a_playbook(step), directory=directory)
    timeline.perform([])
    return timeline


def report(timeline: Timeline, result: Result) -> None:
    [call] = open_tasks(timeline.incident)
    timeline.append(
        *steer.finish_task(
            timeline.incident,
            task=call.raised.task,
            result=result,
            note="",
            happened_at=timeline.now,
            now=timeline.now,
        )
    )


def said(timeline: Timeline) -> list[str]:
    incident = timeline.incident
    return [
        call_message(incident, task.raised, "en", code="7")[:40] for task in open_tasks(incident)
    ]


def test_who_was_asked_by_telephone_is_told_by_telephone_that_it_is_over() -> None:
    timeline = a_called_run(when=True)
    report(timeline, "reached")
    timeline.append(set_to("suspected_crime", "no"))
    timeline.perform([])

    assert said(timeline) == [
        f"{timeline.incident.step_by_id['A10'].title.en}: This request no longer applies."[:40]
    ]
    report(timeline, "wrong-number")
    asks = timeline.perform([])
    assert [(ask.channel, ask.purpose) for ask in asks] == [("ohs-email", Purpose.OBSOLETE)]
    assert open_tasks(timeline.incident) == ()


def test_call_that_says_it_is_over_lies_there_until_it_was_made_or_all_is_over() -> None:
    timeline = a_called_run(when=True)
    report(timeline, "reached")
    timeline.append(set_to("suspected_crime", "no"))
    timeline.perform([])
    stood_down = ev.StoodDown(reason="Entwarnung", happened_at=timeline.now)

    report(timeline, "reached")
    assert open_tasks(timeline.incident) == ()

    timeline = a_called_run(when=True)
    report(timeline, "reached")
    timeline.append(set_to("suspected_crime", "no"))
    timeline.perform([])
    timeline.append(stood_down)
    assert open_tasks(timeline.incident) == ()


def test_who_took_over_by_telephone_is_reminded_by_telephone() -> None:
    timeline = a_called_run()
    report(timeline, "reached")
    timeline.now = T0 + minutes(60)
    timeline.perform([])

    assert [text[:8] for text in said(timeline)] == ["Reminder"]
    report(timeline, "no-answer")
    asks = timeline.perform([])
    assert [(ask.channel, ask.purpose) for ask in asks] == [("ohs-email", Purpose.REMIND)]


def test_who_was_not_called_yet_is_not_called_to_hear_that_it_is_over() -> None:
    timeline = a_called_run(when=True)
    timeline.append(set_to("suspected_crime", "no"))

    assert timeline.perform([]) == []
    assert open_tasks(timeline.incident) == ()


def test_call_stays_due_until_it_lies_on_the_desk() -> None:
    entries = a_called_run().entries
    raised = next(n for n, e in enumerate(entries) if isinstance(e.event, ev.TaskRaised))
    before = fold(entries[: raised - 1])
    incident = fold(entries[:raised])

    first = plan(incident, now=T0, before=plan(before, now=T0).recollection)
    # Somebody wrote in between, and what was planned was refused.
    again = plan(incident, now=T0, before=first.recollection)

    assert [fact.kind for fact in first.facts] == ["task-raised"]
    assert again.facts == first.facts


def a_late_call(*, others: int = 0) -> Timeline:
    """Return a run that was stood down while the call to Cy still lay on the desk."""
    more = tuple(a_partner(f"ohs{number}") for number in range(others))
    kinds = (ChannelKind.PHONE_BY_HAND,)
    directory = a_directory(a_partner("ohs"), *more, contacts=(a_contact("ohs", kinds=kinds),))
    timeline = a_timeline(a_playbook(a_step(ladder=None)), directory=directory)
    timeline.perform([])
    timeline.now = T0 + minutes(20)
    timeline.append(ev.StoodDown(reason="Fehlalarm", happened_at=timeline.now))
    timeline.perform([])
    timeline.now = T0 + minutes(30)
    return timeline


def told(timeline: Timeline) -> tuple[str, ...]:
    return timeline.incident.run_of("A95").partners


def test_who_was_telephoned_before_the_end_is_told_of_it_when_the_call_is_entered_after() -> None:
    timeline = a_late_call(others=1)
    assert told(timeline) == ("ohs0",)

    timeline.append(
        *steer.finish_task(
            timeline.incident,
            task="phone/A10/ohs/1",
            result="reached",
            note="",
            happened_at=T0 + minutes(10),
            now=timeline.now,
        )
    )
    with pytest.raises(RefusedError, match="have not been told yet"):
        steer.close(timeline.incident, reason="Ende")
    asks = timeline.perform([])

    assert [(ask.step, ask.channel) for ask in asks if ask.partner == "ohs"] == [
        ("A95", "ohs-phone-by-hand")
    ]
    assert told(timeline) == ("ohs0", "ohs")
    assert timeline.planned().facts == ()


def test_call_that_was_entered_as_taken_over_counts_alike() -> None:
    timeline = a_late_call()
    said_at = Answering(
        step="A10",
        partner="ohs",
        contact="ohs",
        via=ev.Via.PHONE,
        happened_at=T0 + minutes(19),
    )

    timeline.append(*acknowledge(timeline.incident, said_at, now=timeline.now))
    timeline.perform([])

    assert told(timeline) == ("ohs",)
    with pytest.raises(RefusedError, match="A10 is no longer asked of ohs; thank you"):
        acknowledge(
            timeline.incident, replace(said_at, happened_at=timeline.now), now=timeline.now
        )


@pytest.mark.parametrize("result", ["no-answer", "wrong-number"])
def test_who_was_not_reached_is_told_of_nothing(result: Result) -> None:
    timeline = a_late_call()

    timeline.append(
        *steer.finish_task(
            timeline.incident,
            task="phone/A10/ohs/1",
            result=result,
            note="",
            happened_at=T0 + minutes(10),
            now=timeline.now,
        )
    )

    assert timeline.perform([]) == []
    assert told(timeline) == ()
