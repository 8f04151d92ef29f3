"""The audit of a cascade: the hub hears of silent members, and nobody is stuck unseen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.audit import audit
from crisis.core.playbook import Ladder, Rung, RungAction
from tests.builders import T0, minutes
from tests.core.playing import a_timeline
from tests.core.test_cascade import a_cascade, asks_at, hub_playbook, members_directory, said
from tests.core.timelines import Timeline

SECOND = timedelta(seconds=1)
Found = list[tuple[str, str, str, timedelta]]


def found(timeline: Timeline, after: timedelta) -> Found:
    """Return what the audit finds so long after T0: what, step, partner, since when after T0."""
    concerns = audit(timeline.incident, now=T0 + after)
    return [(one.what, one.step, one.partner, one.since - T0) for one in concerns]


def taken_over(*, ladder: Ladder | None = None) -> Timeline:
    """Return a cascade whose hub took over at T0 and whose members have the link."""
    playbook = hub_playbook()
    if ladder is not None:
        playbook = replace(playbook, ladders=(ladder,))
    timeline = a_timeline(playbook, directory=members_directory())
    timeline.perform([])
    said(timeline, "ohs")
    timeline.perform([])
    return timeline


def risen_unsaid(timeline: Timeline, minute: int) -> None:
    """Write down what is due at a minute, and let no message go out."""
    timeline.now = T0 + minutes(minute)
    timeline.append(*timeline.planned().facts)


def test_hub_must_be_told_within_a_minute_that_members_are_silent() -> None:
    timeline = taken_over()
    risen_unsaid(timeline, 5)

    assert found(timeline, minutes(6) - SECOND) == []
    assert found(timeline, minutes(6)) == [("not-reminded", "A18", "ohs", minutes(5))]


def test_hub_that_was_told_is_no_concern() -> None:
    timeline = taken_over()

    assert asks_at(timeline, 5) == [("ohs", "ohs", "chase", 1)]
    assert found(timeline, minutes(9)) == []


def test_silence_counts_from_the_first_member_that_is_still_silent() -> None:
    timeline = taken_over()
    for minute, partner in ((5, "dresden"), (7, "goerlitz")):
        timeline.now = T0 + minutes(minute)
        timeline.append(ev.Escalated(step="A18", partner=partner, level=1))
    both = ("not-reminded", "A18", "ohs", minutes(5))
    assert both in found(timeline, minutes(9))

    said(timeline, "dresden")

    assert found(timeline, minutes(8) - SECOND) == []
    assert found(timeline, minutes(8)) == [("not-reminded", "A18", "ohs", minutes(7))]


def test_member_that_rose_and_answered_leaves_nothing_to_tell() -> None:
    timeline = taken_over()
    timeline.append(ev.Escalated(step="A18", partner="dresden", level=1))
    said(timeline, "dresden")

    whats = [what for what, *_ in found(timeline, minutes(3))]

    assert "not-reminded" not in whats


def test_level_of_the_lead_is_not_the_hubs_to_hear() -> None:
    rung = Rung(action=RungAction.LEAD, after=minutes(5))
    timeline = taken_over(ladder=Ladder(id="A", rungs=(rung,)))

    asks_at(timeline, 5)

    assert found(timeline, minutes(14)) == []
    assert list(timeline.incident.tasks) == ["other-way/A18/dresden", "other-way/A18/goerlitz"]


def test_members_of_a_silent_hub_are_not_the_houses_to_ask() -> None:
    timeline = a_cascade()

    asked = {one.partner: len(one.attempts) for one in timeline.incident.obligations_of("A18")}
    assert asked == {"ohs": 1, "dresden": 0, "goerlitz": 0}
    assert found(timeline, minutes(4)) == []


def refuse(timeline: Timeline) -> None:
    timeline.happens(("decline", 0))


def hand(timeline: Timeline) -> None:
    task = "other-way/A18/ohs"
    timeline.append(
        ev.TaskRaised(task=task, task_kind=ev.TaskKind.OTHER_WAY, step="A18", partner="ohs")
    )


@pytest.mark.parametrize("lose", [refuse, hand])
def test_members_of_a_lost_hub_are_handed_to_the_lead_within_a_minute(
    lose: Callable[[Timeline], None],
) -> None:
    timeline = a_cascade()
    timeline.now = T0 + minutes(2)
    lose(timeline)

    assert found(timeline, minutes(3) - SECOND) == []
    assert found(timeline, minutes(3)) == [
        ("not-handed-over", "A18", "dresden", minutes(2)),
        ("not-handed-over", "A18", "goerlitz", minutes(2)),
    ]


def test_members_in_the_leads_hands_are_no_concern() -> None:
    timeline = a_cascade()
    timeline.now = T0 + minutes(2)
    refuse(timeline)

    timeline.perform([])

    assert found(timeline, minutes(4)) == []
