"""Feedback on another's work, and the reply that is owed to it (S3.6)."""

from datetime import datetime

from crisis.core import event as ev
from crisis.core.condition import AtLeast
from crisis.core.deadline import Within
from crisis.core.feedback import Feedback, feedback
from crisis.core.playbook import Attribute, AttributeKind, ExpectAnswer
from crisis.core.repeat import Repeat
from crisis.core.words import Words
from tests.builders import a_directory, a_form_step, a_partner, a_playbook, a_step, minutes
from tests.core.playing import a_timeline
from tests.core.timelines import Timeline

DUE = minutes(60)


def a_run() -> Timeline:
    count = Attribute(id="so_far", kind=AttributeKind.COUNT, label=Words(de="Rückkopplungen"))
    reply = a_step(
        "W05",
        roles=("POL-OS",),
        expect=ExpectAnswer(form="F1", replies_to="W04"),
        when=AtLeast(attribute="so_far", number=1),
        repeat=Repeat(changes="so_far"),
        within=Within(duration=DUE),
        ladder=None,
    )
    steps = (
        a_form_step("W04", roles=("OHS", "WR"), ladder=None, within=None),
        a_form_step("W03", ladder=None, within=None),
        reply,
    )
    directory = a_directory(
        a_partner("ohs"), a_partner("wr", role="WR"), a_partner("police", role="POL-OS")
    )
    timeline = a_timeline(a_playbook(*steps, attributes=(count,)), directory=directory)
    timeline.perform([])
    return timeline


def answer(timeline: Timeline, step: str, partner: str, *, so_far: int | None = None) -> datetime:
    timeline.now += minutes(1)
    timeline.append(
        ev.Answered(
            step=step,
            partner=partner,
            contact=partner,
            via=ev.Via.PAGE,
            answers={"remark": "Wartezeiten"},
            happened_at=timeline.now,
        )
    )
    if so_far is not None:
        timeline.append(
            ev.AttributeSet(
                attribute="so_far", value=so_far, source=partner, happened_at=timeline.now
            )
        )
    timeline.perform([])
    return timeline.now


def test_nothing_is_owed_while_nobody_has_said_anything() -> None:
    timeline = a_run()
    answer(timeline, "W03", "ohs")

    assert feedback(timeline.incident) == ()


def test_feedback_stays_open_until_somebody_replies() -> None:
    timeline = a_run()
    said_at = answer(timeline, "W04", "ohs", so_far=1)

    open_yet = Feedback(
        step="W04",
        partner="ohs",
        said_at=said_at,
        reply_step="W05",
        owed_by=("police",),
        due_at=said_at + DUE,
    )
    assert feedback(timeline.incident) == (open_yet,)
    assert open_yet.is_open
    assert [open_yet.is_overdue(at) for at in (said_at + DUE, said_at + DUE + minutes(1))] == [
        False,
        True,
    ]

    replied_at = answer(timeline, "W05", "police")

    [closed] = feedback(timeline.incident)
    assert (closed.replied_by, closed.replied_at) == ("police", replied_at)
    assert not closed.is_open
    assert not closed.is_overdue(said_at + DUE + minutes(1))


def test_each_has_its_own_reply() -> None:
    timeline = a_run()
    answer(timeline, "W04", "ohs", so_far=1)
    answer(timeline, "W05", "police")
    answer(timeline, "W04", "wr", so_far=2)

    first, second = feedback(timeline.incident)

    assert (first.partner, first.is_open) == ("ohs", False)
    assert (second.partner, second.is_open, second.reply_step) == ("wr", True, "W05.2")


def test_what_began_no_round_is_open_and_owed_by_nobody_yet() -> None:
    timeline = a_run()
    said_at = answer(timeline, "W04", "ohs")

    [one] = feedback(timeline.incident)

    assert (one.reply_step, one.owed_by, one.due_at, one.is_open) == ("", (), None, True)
    assert not one.is_overdue(said_at + DUE + minutes(1))


def test_step_that_had_begun_before_still_owes_the_reply() -> None:
    early = a_step(
        "W05", roles=("POL-OS",), expect=ExpectAnswer(form="F1", replies_to="W04"), ladder=None
    )
    said = a_form_step("W04", roles=("OHS", "WR"), ladder=None, within=None)
    directory = a_directory(
        a_partner("ohs"), a_partner("wr", role="WR"), a_partner("police", role="POL-OS")
    )
    timeline = a_timeline(a_playbook(said, early), directory=directory)
    timeline.perform([])
    answer(timeline, "W04", "ohs")
    answer(timeline, "W05", "police")
    answer(timeline, "W04", "wr")

    assert [(one.partner, one.reply_step, one.is_open) for one in feedback(timeline.incident)] == [
        ("ohs", "W05", False),
        ("wr", "", True),
    ]


def test_correction_is_no_second_feedback() -> None:
    timeline = a_run()
    at = answer(timeline, "W04", "ohs", so_far=1)
    answer(timeline, "W04", "ohs", so_far=1)

    [one] = feedback(timeline.incident)

    assert one.said_at == at
