"""What the duty officer may do at any time, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core import steer
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Event
from crisis.core.incident import Incident, fold
from crisis.errors import CrisisError, NotFoundError, PersonalDataError, RefusedError
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

NOW = T0 + minutes(10)
STARTED = ev.StepStarted(step="A10", partners=("ohs", "wr"), planned_at=T0, due_at=None)
FORM_STARTED = ev.StepStarted(step="A02", partners=("ohs",), planned_at=T0, due_at=None)
PHONED = ev.AttemptStarted(
    step="A10",
    partner="ohs",
    n=1,
    contact="ohs",
    channel="ohs-phone-by-hand",
    purpose=ev.Purpose.ASK,
    level=0,
    possible_repeat=False,
    outside_hours=True,
    link_hash="hash",
    text_hash="",
)
PHONE = ev.TaskRaised(
    task="phone/A10/ohs/1",
    task_kind=ev.TaskKind.PHONE,
    step="A10",
    partner="ohs",
    contact="ohs",
    channel="ohs-phone-by-hand",
    subject="1",
)
OTHER_WAY = ev.TaskRaised(
    task="other-way/A10/ohs", task_kind=ev.TaskKind.OTHER_WAY, step="A10", partner="ohs"
)
QUESTION = ev.TaskRaised(
    task="question/deaths",
    task_kind=ev.TaskKind.QUESTION,
    step="",
    partner="",
    subject="deaths",
)


def an_incident(*events: Event) -> Incident:
    playbook = a_playbook(a_step(), a_form_step(), a_step("A50"))
    directory = a_directory(a_partner("ohs"), a_partner("wr"))
    return fold(entries_of(STARTED, FORM_STARTED, *events, playbook=playbook, directory=directory))


def acknowledged(partner: str = "ohs", step: str = "A10", via: ev.Via = ev.Via.PAGE) -> Event:
    return ev.Acknowledged(step=step, partner=partner, contact=partner, via=via, happened_at=NOW)


@pytest.mark.parametrize(("step", "partner"), [("A10", None), ("A10", "wr"), ("A50", None)])
def test_step_or_one_partner_of_it_is_skipped_with_a_reason(
    step: str, partner: str | None
) -> None:
    assert steer.skip(an_incident(), step=step, partner=partner, reason="erledigt") == (
        ev.StepSkipped(step=step, partner=partner, reason="erledigt"),
    )


@pytest.mark.parametrize(
    ("step", "partner", "message"),
    [
        ("A99", None, "there is no step 'A99'"),
        ("A10", "eve", "A10 was not asked of 'eve'; it was asked of: ohs, wr"),
        ("A50", "ohs", "A50 has not begun: nobody was asked yet"),
    ],
)
def test_skip_of_what_is_not_there_is_refused(
    step: str, partner: str | None, message: str
) -> None:
    with pytest.raises(NotFoundError, match=message):
        steer.skip(an_incident(), step=step, partner=partner, reason="erledigt")


@pytest.mark.parametrize(
    ("first", "partner", "whom"),
    [(None, None, "A10"), ("wr", "wr", "A10 wr"), (None, "wr", "A10 wr")],
)
def test_what_was_left_out_is_not_left_out_again(
    first: str | None, partner: str | None, whom: str
) -> None:
    incident = an_incident(ev.StepSkipped(step="A10", partner=first, reason="erledigt"))

    with pytest.raises(
        RefusedError, match=rf"^{whom} was already left out at 2026-12-18 19:2\d:\d\d; nothing"
    ):
        steer.skip(incident, step="A10", partner=partner, reason="noch einmal")


def test_step_is_left_out_after_one_partner_and_the_other_partner_after_that() -> None:
    incident = an_incident(ev.StepSkipped(step="A10", partner="wr", reason="erledigt"))

    for partner in ("ohs", None):
        assert steer.skip(incident, step="A10", partner=partner, reason="auch") == (
            ev.StepSkipped(step="A10", partner=partner, reason="auch"),
        )


def ask(incident: Incident, *, within: timedelta | None = None) -> tuple[Event, ...]:
    return steer.ask(
        incident, partner="wr", text="Haben Sie Decken?", reason="Kälte", within=within, now=NOW
    )


def an_ask(step: str, *, within: timedelta | None = None) -> ev.AdHocAsked:
    return ev.AdHocAsked(
        step=step,
        partner="wr",
        text="Haben Sie Decken?",
        reason="Kälte",
        due_at=None if within is None else NOW + within,
        within=within,
    )


def test_asks_outside_the_playbook_are_numbered() -> None:
    first = ask(an_incident(), within=minutes(30))

    assert first == (an_ask("X01", within=minutes(30)),)
    assert ask(an_incident(*first)) == (an_ask("X02"),)


def test_ask_never_takes_the_name_of_a_step_of_the_playbook() -> None:
    incident = fold(
        entries_of(playbook=a_playbook(a_step("X02")), directory=a_directory(a_partner("wr")))
    )

    assert ask(incident) == (an_ask("X01"),)
    both = fold(
        entries_of(
            *ask(incident),
            playbook=a_playbook(a_step("X02")),
            directory=a_directory(a_partner("wr")),
        )
    )
    assert ask(both) == (an_ask("X03"),)


def test_ask_of_somebody_unknown_lists_the_partners() -> None:
    with pytest.raises(
        NotFoundError, match="no partner 'eve' in this incident; there are: lead, ohs, wr"
    ):
        steer.ask(an_incident(), partner="eve", text="?", reason="x", within=None, now=NOW)


def test_note_is_kept_also_after_the_incident_was_closed() -> None:
    incident = an_incident(ev.IncidentClosed(reason="Ende"))

    assert steer.note(incident, text="Presse fragt an", happened_at=T0, now=NOW) == (
        ev.NoteAdded(text="Presse fragt an", happened_at=T0),
    )


def test_stand_down_happens_once() -> None:
    stood_down = steer.stand_down(an_incident(), reason="Fehlalarm", now=NOW)

    assert stood_down == (ev.StoodDown(reason="Fehlalarm", happened_at=NOW),)
    with pytest.raises(RefusedError, match="incident i1 is stood-down"):
        steer.stand_down(an_incident(*stood_down), reason="Fehlalarm", now=NOW)


SETTLED = (
    acknowledged(),
    acknowledged("wr"),
    ev.StepSkipped(step="A02", partner=None, reason="x"),
)


def test_close_after_a_stand_down_does_not_suggest_another() -> None:
    told = ev.StepStarted(step="A95", partners=("ohs", "wr"), planned_at=T0, due_at=None)
    over = ev.StoodDown(reason="Fehlalarm", happened_at=T0)
    ended = an_incident(PHONED, acknowledged(), acknowledged("wr"), over, told)

    with pytest.raises(RefusedError, match=r"\. Skip them with a reason or enter what they said$"):
        steer.close(ended, reason="Ende")


def test_close_names_everyone_who_has_not_answered() -> None:
    with pytest.raises(RefusedError) as caught:
        steer.close(an_incident(PHONED, acknowledged("wr")), reason="Ende")

    assert str(caught.value) == (
        "2 partners have not answered: A10 ohs (asking); A02 ohs (pending). Skip them with a "
        "reason, enter what they said, or stand the incident down"
    )


def test_close_is_possible_when_all_is_answered_or_in_the_hands_of_a_person() -> None:
    closed = (ev.IncidentClosed(reason="Ende"),)

    assert steer.close(an_incident(*SETTLED), reason="Ende") == closed
    in_hands = an_incident(OTHER_WAY, *SETTLED[1:])
    assert steer.close(in_hands, reason="Ende") == closed


def test_close_happens_once() -> None:
    with pytest.raises(RefusedError, match="incident i1 was closed at 2026-12-18T18:26:00"):
        steer.close(an_incident(*SETTLED, ev.IncidentClosed(reason="Ende")), reason="Ende")


def test_close_waits_until_those_who_were_contacted_are_told_of_the_stand_down() -> None:
    over = ev.StoodDown(reason="Fehlalarm", happened_at=NOW)
    told = ev.StepStarted(step="A95", partners=("ohs", "wr"), planned_at=NOW, due_at=None)

    with pytest.raises(RefusedError, match="have not been told yet; close it once the engine"):
        steer.close(an_incident(*SETTLED, over), reason="Ende")
    with pytest.raises(RefusedError, match=r"A95 ohs \(pending\); A95 wr \(pending\)"):
        steer.close(an_incident(*SETTLED, over, told), reason="Ende")


def test_stand_down_before_anybody_was_contacted_can_be_closed_at_once() -> None:
    entries = entries_of(ev.StoodDown(reason="Fehlalarm", happened_at=T0))

    assert steer.close(fold(entries), reason="Ende") == (ev.IncidentClosed(reason="Ende"),)


def finish(
    *events: Event, task: str = PHONE.task, result: steer.Result = "reached", note: str = ""
) -> tuple[Event, ...]:
    return steer.finish_task(
        an_incident(*events),
        task=task,
        result=result,
        note=note,
        happened_at=NOW,
        now=NOW,
    )


def done(task: str, result: steer.Result, note: str = "") -> ev.TaskDone:
    return ev.TaskDone(task=task, result=result, note=note, happened_at=NOW)


def ended(outcome: OutcomeKind, code: str) -> ev.AttemptEnded:
    return ev.AttemptEnded(step="A10", partner="ohs", n=1, outcome=outcome, code=code)


@pytest.mark.parametrize(
    ("result", "follows"),
    [
        ("reached", (acknowledged(via=ev.Via.PHONE),)),
        ("wrong-number", (ended(OutcomeKind.REJECTED, "wrong-number"),)),
        ("no-answer", (ended(OutcomeKind.DEFERRED, "no-answer"),)),
        ("done", ()),
    ],
)
def test_call_ends_as_it_was_reported(result: steer.Result, follows: tuple[Event, ...]) -> None:
    found = finish(PHONED, PHONE, result=result, note="Warteschleife")

    assert found == (done(PHONE.task, result, "Warteschleife"), *follows)


def test_person_reached_another_way_has_taken_over() -> None:
    assert finish(OTHER_WAY, task=OTHER_WAY.task) == (
        done(OTHER_WAY.task, "reached"),
        acknowledged(via=ev.Via.PHONE),
    )


@pytest.mark.parametrize("result", ["no-answer", "wrong-number"])
def test_person_not_reached_another_way_stays_on_the_desk(result: steer.Result) -> None:
    found = finish(OTHER_WAY, task=OTHER_WAY.task, result=result)

    assert found == (
        done(OTHER_WAY.task, result),
        replace(OTHER_WAY, task="other-way/A10/ohs/4"),
    )


@pytest.mark.parametrize(
    ("events", "task", "result"),
    [
        ((QUESTION,), QUESTION.task, "done"),
        ((PHONED, PHONE, acknowledged()), PHONE.task, "reached"),
        ((OTHER_WAY,), OTHER_WAY.task, "done"),
        (
            (replace(OTHER_WAY, task="guard/x", task_kind=ev.TaskKind.GUARD),),
            "guard/x",
            "no-answer",
        ),
    ],
)
def test_task_that_changes_nothing_is_just_done(
    events: tuple[Event, ...], task: str, result: steer.Result
) -> None:
    assert finish(*events, task=task, result=result) == (done(task, result),)


def test_call_about_an_answer_that_is_still_missing_changes_no_acknowledgement() -> None:
    started = replace(PHONED, step="A02")
    task = replace(PHONE, step="A02")

    found = finish(started, task, acknowledged(step="A02"))

    assert found == (done(PHONE.task, "reached"),)


@pytest.mark.parametrize(
    ("events", "task", "note", "error", "message"),
    [
        ((), "phone/A99", "", NotFoundError, "no task 'phone/A99'; open are: none"),
        ((PHONE,), "phone/A99", "", NotFoundError, "open are: phone/A10/ohs/1"),
        ((PHONE,), PHONE.task, "Frau Müller war da", PersonalDataError, "note: "),
        (
            (PHONE, ev.IncidentClosed(reason="Ende")),
            PHONE.task,
            "",
            RefusedError,
            "incident i1 is closed",
        ),
        (
            (PHONE, ev.TaskDone(task=PHONE.task, result="reached", note="", happened_at=T0)),
            PHONE.task,
            "",
            RefusedError,
            r"phone/A10/ohs/1 was done at 2026-12-18T18:20:00\+00:00 \(reached\)",
        ),
    ],
)
def test_report_on_a_task_that_is_not_open_is_refused(
    events: tuple[Event, ...], task: str, note: str, error: type[CrisisError], message: str
) -> None:
    with pytest.raises(error, match=message):
        finish(*events, task=task, note=note)


def test_link_is_revoked_only_if_it_was_given_out() -> None:
    incident = an_incident(PHONED)

    assert steer.revoke_link(incident, link_hash="hash", reason="weitergeleitet") == (
        ev.LinkRevoked(link_hash="hash", reason="weitergeleitet"),
    )
    with pytest.raises(NotFoundError, match="gave out no link with the hash 'other'"):
        steer.revoke_link(incident, link_hash="other", reason="weitergeleitet")
