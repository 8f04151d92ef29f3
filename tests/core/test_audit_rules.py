"""Each rule of the audit by itself: silent a second too early, loud a minute after."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.audit import GRACE, audit
from crisis.core.concern import Concern, ConcernKind
from crisis.core.condition import AtLeast
from crisis.core.contact import ChannelKind, Directory
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Entry, Event, Purpose, TaskKind
from crisis.core.incident import Incident, advance, fold
from crisis.core.playbook import ExpectReport, Ladder, Playbook, Rung, RungAction, Start, Step
from crisis.core.words import Words
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

SECOND = timedelta(seconds=1)
MAILED = a_directory(a_partner("ohs"), contacts=(a_contact("ohs", kinds=(ChannelKind.EMAIL,)),))
BEGUN = ev.StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=T0 + minutes(15))
At = tuple[float, Event]


def an_incident(
    *history: At, step: Step | None = None, playbook: Playbook | None = None, **changes: object
) -> Incident:
    """Return an incident with one step and events at these minutes after T0."""
    directory = changes.pop("directory", MAILED)
    assert isinstance(directory, Directory)
    first = entries_of(playbook=playbook or a_playbook(step or a_step()), directory=directory)[0]
    opening = first.event
    assert isinstance(opening, ev.IncidentOpened)
    opened = replace(first, event=replace(opening, **changes))  # type: ignore[arg-type]  # -- replace checks the names itself
    later = [
        Entry(
            seq=number,
            incident="i1",
            version=number,
            at=T0 + minutes(minute),
            actor="system",
            event=event,
        )
        for number, (minute, event) in enumerate(history, start=2)
    ]
    return advance(fold((opened,)), later)


def whats(incident: Incident, minute: float) -> list[str]:
    return [concern.what for concern in audit(incident, now=T0 + minutes(minute))]


def claim(n: int = 1, *, level: int = 0, purpose: Purpose = Purpose.ASK) -> ev.AttemptStarted:
    return ev.AttemptStarted(
        step="A10",
        partner="ohs",
        n=n,
        contact="ohs",
        channel="ohs-email",
        purpose=purpose,
        level=level,
        possible_repeat=False,
        outside_hours=False,
        link_hash="",
        text_hash="",
    )


def outcome(kind: OutcomeKind, n: int = 1) -> ev.AttemptEnded:
    return ev.AttemptEnded(step="A10", partner="ohs", n=n, outcome=kind, code="")


def handed(kind: TaskKind = TaskKind.OTHER_WAY) -> ev.TaskRaised:
    return ev.TaskRaised(task=f"{kind}/A10/ohs", task_kind=kind, step="A10", partner="ohs")


def held(until: float, purpose: Purpose = Purpose.ASK) -> ev.AttemptHeld:
    return ev.AttemptHeld(
        step="A10",
        partner="ohs",
        contact="ohs",
        channel="ohs-email",
        purpose=purpose,
        until=T0 + minutes(until),
        limit="contact 6/minute",
    )


def taken_over(minute: float) -> ev.Acknowledged:
    return ev.Acknowledged(
        step="A10",
        partner="ohs",
        contact="ohs",
        via=ev.Via.PAGE,
        happened_at=T0 + minutes(minute),
    )


RISEN = ev.Escalated(step="A10", partner="ohs", level=1)
LATE = ev.Overdue(step="A10", partner="ohs")
GONE = ev.StepObsolete(step="A10", reason="condition")
ASKED: tuple[At, ...] = ((0, BEGUN), (0, claim()), (0, outcome(OutcomeKind.ACCEPTED)))
UNHEARD: tuple[At, ...] = (*ASKED, (0.5, GONE))
REFUSED: tuple[At, ...] = ((0, BEGUN), (0, claim()), (0, outcome(OutcomeKind.REJECTED)))
NOT_NOW: tuple[At, ...] = ((0, BEGUN), (0, claim()), (0, outcome(OutcomeKind.DEFERRED)))
TAKEN: tuple[At, ...] = (*ASKED, (2, taken_over(2)))


@pytest.mark.parametrize(
    ("history", "minute", "found"),
    [
        ((), 1, ["not-begun"]),
        (((0, BEGUN),), 1, ["not-asked"]),
        (((0, BEGUN), (0, claim())), 2, ["no-outcome"]),
        (ASKED, 6, ["not-escalated"]),
        ((*ASKED, (5, RISEN)), 6, ["level-not-asked"]),
        (REFUSED, 1, ["not-followed-up"]),
        (NOT_NOW, 2, ["not-followed-up"]),
        (((0, BEGUN), (0, held(3))), 4, ["not-asked"]),
        (UNHEARD, 1.5, ["not-told"]),
    ],
)
def test_what_is_missing_is_found_a_minute_after_it_was_due(
    history: tuple[At, ...], minute: float, found: list[str]
) -> None:
    incident = an_incident(*history)

    assert audit(incident, now=T0 + minutes(minute) - SECOND) == ()
    assert whats(incident, minute) == found


@pytest.mark.parametrize(
    ("history", "minute", "found"),
    [
        ((*TAKEN, (15, LATE)), 16, ["not-reminded"]),
        (
            (*ASKED, (1, held(60)), (2, taken_over(2)), (15, LATE)), 16, ["not-reminded"],
        ),
        ((*TAKEN, (2.5, GONE)), 3.5, ["not-told"]),
        (((0, BEGUN), (0.5, taken_over(0.5)), (0.7, GONE)), 1.7, ["not-told"]),
        (TAKEN, 16, ["not-overdue"]),
        (
            (*TAKEN, (15, LATE), (15, claim(2, purpose=Purpose.REMIND)),
             (15, outcome(OutcomeKind.ACCEPTED, 2))),
            136,
            ["not-handed-over"],
        ),
    ],
)  # fmt: skip
def test_who_took_over_and_does_not_deliver_is_not_forgotten(
    history: tuple[At, ...], minute: float, found: list[str]
) -> None:
    incident = an_incident(*history, step=a_form_step("A10"))

    assert audit(incident, now=T0 + minutes(minute) - SECOND) == ()
    assert whats(incident, minute) == found


@pytest.mark.parametrize(
    ("history", "minute"),
    [
        (((0, BEGUN), (0, handed())), 4),
        (((0, BEGUN), (3, held(4))), 4.5),
        ((*TAKEN, (15, LATE), (15, held(17, Purpose.REMIND))), 17),
        ((*ASKED, (0.2, taken_over(0.2)), (0.5, GONE)), 4),
        ((*ASKED, (0.5, replace(GONE, reason="stand-down"))), 4),
        (((0, BEGUN), (0.5, GONE)), 4),
    ],
)
def test_who_is_in_human_hands_held_back_or_free_is_no_concern(
    history: tuple[At, ...], minute: float
) -> None:
    step = a_form_step("A10") if any(event is LATE for _, event in history) else a_step()

    found = whats(an_incident(*history, step=step), minute)

    # Some of these the planner would still act on: they stand for what it cannot do.
    assert set(found) <= {"left-lying"}


def test_nobody_can_be_reminded_who_has_no_channel_any_more() -> None:
    elsewhere = replace(taken_over(2), contact="ohs-dep")
    directory = a_directory(a_partner("ohs"), contacts=(a_contact("ohs-dep", kinds=()),))
    step = a_form_step("A10")
    asked = [(at, replace(e, channel="ohs-http") if isinstance(e, ev.AttemptStarted) else e)
             for at, e in ASKED]  # fmt: skip
    history = (*asked, (2.0, elsewhere), (15.0, LATE))

    assert whats(an_incident(*history, step=step, directory=directory), 30) == []


def test_gaps_among_messages_and_levels_are_found_at_once() -> None:
    second_only = an_incident((0, BEGUN), (0, claim(2)), (0, outcome(OutcomeKind.ACCEPTED, 2)))
    above = an_incident(*ASKED, (5, claim(2, level=1)), (5, outcome(OutcomeKind.ACCEPTED, 2)))

    assert whats(second_only, 0) == ["gap-in-log"]
    assert whats(above, 5) == ["gap-in-log"]


def test_deputy_must_be_asked_over_every_channel() -> None:
    directory = a_directory(a_partner("ohs"))
    ladder = Ladder(id="A", rungs=(Rung(action=RungAction.DEPUTY, after=minutes(5)),))
    playbook = replace(a_playbook(), ladders=(ladder,))
    asked = replace(claim(), channel="ohs-http")
    deputy = replace(claim(2, level=1), contact="ohs-dep", channel="ohs-dep-http")
    history: tuple[At, ...] = (
        (0, BEGUN),
        (0, asked),
        (0, outcome(OutcomeKind.ACCEPTED)),
        (5, RISEN),
        (5, deputy),
        (5, outcome(OutcomeKind.ACCEPTED, 2)),
    )
    incident = an_incident(*history, playbook=playbook, directory=directory)

    assert whats(incident, 6) == ["level-not-asked"]


def test_ladder_in_working_days_is_read_in_working_days() -> None:
    rung = Rung(action=RungAction.NEXT_CHANNEL, working_days=1)
    playbook = replace(a_playbook(a_step(within=None)), ladders=(Ladder(id="A", rungs=(rung,)),))
    begun = replace(BEGUN, due_at=None)
    incident = an_incident((0, begun), *ASKED[1:], playbook=playbook)

    # From Friday evening until Monday.
    assert whats(incident, 2 * 24 * 60) == []
    assert whats(incident, 4 * 24 * 60) == ["not-escalated"]


def test_step_without_a_ladder_goes_to_the_lead() -> None:
    incident = an_incident(*ASKED, (15, LATE), step=a_step(ladder=None))
    endless = an_incident(
        (0, replace(BEGUN, due_at=None)), *ASKED[1:], step=a_step(ladder=None, within=None)
    )

    assert whats(incident, 15.9) == []
    assert whats(incident, 16) == ["not-handed-over"]
    assert whats(endless, 7 * 24 * 60) == []
    assert whats(endless, 7 * 24 * 60 + 1) == ["not-handed-over"]


def test_call_by_hand_must_lie_on_the_desk() -> None:
    phone = a_contact("ohs", kinds=(ChannelKind.PHONE_BY_HAND,))
    directory = a_directory(a_partner("ohs"), contacts=(phone,))
    asked = replace(claim(), channel="ohs-phone-by-hand")
    history: tuple[At, ...] = ((0, BEGUN), (0, asked), (0, outcome(OutcomeKind.ACCEPTED)))
    task = replace(handed(TaskKind.PHONE), task="phone/A10/ohs/1")

    assert whats(an_incident(*history, directory=directory), 1) == ["no-phone-task"]
    assert whats(an_incident(*history, (0, task), directory=directory), 1) == []


def test_nobody_need_tell_the_end_to_whom_nobody_telephoned() -> None:
    kinds = (ChannelKind.PHONE_BY_HAND,)
    by_hand = a_directory(a_partner("ohs"), contacts=(a_contact("ohs", kinds=kinds),))
    asked = replace(claim(), channel="ohs-phone-by-hand")
    task = replace(handed(TaskKind.PHONE), task="phone/A10/ohs/1")
    step = a_step(when=AtLeast(attribute="deaths", number=1))

    incident = an_incident(
        *((0, BEGUN), (0, asked), (0, outcome(OutcomeKind.ACCEPTED)), (0, task), (0.5, GONE)),
        directory=by_hand,
        step=step,
    )

    assert whats(incident, 9) == []


def test_decision_report_and_farewell_have_their_time() -> None:
    decision = replace(BEGUN, step="A04", partners=())
    report = a_step("A61", roles=(), expect=ExpectReport(), within=None, ladder=None)
    gap = ev.TaskRaised(task="gap/A04/OB-L", task_kind=TaskKind.GAP, step="A04", partner="")
    waiting = an_incident((0, decision), (0, gap), step=a_decision_step())
    computing = an_incident((0, replace(BEGUN, step="A61", partners=())), step=report)
    stood_down = an_incident((1, ev.StoodDown(reason="", happened_at=T0 + minutes(1))))

    assert whats(waiting, 40.9) == []
    assert whats(waiting, 41) == ["no-decision"]
    assert whats(computing, 0.9) == []
    assert whats(computing, 1) == ["no-report"]
    assert whats(stood_down, 1.9) == []
    assert whats(stood_down, 2) == ["not-begun"]


def test_step_that_asks_nobody_and_says_so_to_nobody_is_stuck() -> None:
    nobody = an_incident((0, replace(BEGUN, partners=())))
    lost = replace(an_incident(*ASKED), obligations={})

    assert whats(nobody, 0) == ["nobody-asked"]
    assert whats(lost, 0) == ["no-obligation"]


def test_what_hangs_on_a_fact_is_left_to_the_planner_and_its_silence_noticed() -> None:
    step = a_step(when=AtLeast(attribute="deaths", number=1))
    later = a_step(when=AtLeast(attribute="deaths", number=1), start=Start(offset=minutes(10)))
    at_once = an_incident(step=step, attributes={"deaths": 3})
    at_ten = an_incident(step=later, attributes={"deaths": 3})

    (left,) = audit(at_once, now=T0 + GRACE)
    (lying,) = audit(at_ten, now=T0 + minutes(10) + GRACE)

    assert (left.what, left.since) == ("left-lying", T0)
    assert (lying.what, lying.since) == ("left-lying", T0 + minutes(10))
    assert audit(at_ten, now=T0 + minutes(10)) == ()


@pytest.mark.parametrize(
    "step",
    [
        a_step(waits=True),
        a_step(hold_while=AtLeast(attribute="deaths", number=1)),
        a_step(start=Start(after=("A10",))),
    ],
)
def test_step_that_waits_for_more_than_the_clock_is_not_missed(step: Step) -> None:
    assert "not-begun" not in whats(an_incident(step=step, attributes={"deaths": 3}), 5)


def test_skipped_step_and_closed_incident_are_no_concern() -> None:
    skipped = an_incident((0, ev.StepSkipped(step="A10", partner=None, reason="erledigt")))
    closed = an_incident((0, ev.IncidentClosed(reason="")))

    assert whats(skipped, 5) == []
    assert whats(closed, 5) == []


def test_fast_exercise_has_its_grace_in_real_time() -> None:
    incident = an_incident((0, BEGUN), pace=60)

    assert "not-asked" not in whats(incident, 59)
    assert "not-asked" in whats(incident, 60)


def test_concern_says_what_where_and_since_when() -> None:
    incident = an_incident((0, BEGUN))

    (found,) = audit(incident, now=T0 + GRACE)

    assert found == Concern(
        kind=ConcernKind.UNSENT,
        what="not-asked",
        since=T0,
        words=Words(de="Nicht angefragt", en="not asked"),
        incident="i1",
        code_word="AHORN 47",
        step="A10",
        partner="ohs",
        exercise=True,
    )
    assert found.key == ("not-asked", "i1", "A10", "ohs")
    assert found.topic == "not-asked i1"
