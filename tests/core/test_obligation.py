"""One partner's own part in a step: where it stands after whatever was said."""

from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Event
from crisis.core.incident import fold
from crisis.core.obligation import Obligation, ObligationState
from crisis.core.playbook import ExpectSignOff
from tests.builders import T0, a_form_step, a_playbook, a_step, entries_of, minutes

KEYS = {"A10": "acknowledgement", "A02": "answer", "A72": "sign_off"}


def obligation(step: str, *events: Event) -> Obligation:
    playbook = a_playbook(a_step(), a_form_step(), a_step("A72", expect=ExpectSignOff()))
    started = ev.StepStarted(step=step, partners=("ohs",), planned_at=T0, due_at=T0 + minutes(15))
    return fold(entries_of(started, *events, playbook=playbook)).obligations[step, "ohs"]


def acknowledged(step: str, minute: int = 3) -> Event:
    at = T0 + minutes(minute)
    return ev.Acknowledged(
        step=step, partner="ohs", contact="ohs", via=ev.Via.PAGE, happened_at=at
    )


def declined(step: str, minute: int = 5) -> Event:
    at = T0 + minutes(minute)
    return ev.Declined(
        step=step, partner="ohs", contact="ohs", via=ev.Via.PAGE, reason="nein", happened_at=at
    )


def answered(step: str = "A02", minute: int = 7, **answers: str) -> Event:
    at = T0 + minutes(minute)
    return ev.Answered(
        step=step, partner="ohs", contact="ohs", via=ev.Via.PAGE, answers=answers, happened_at=at
    )


def signed(minute: int = 9) -> Event:
    return ev.Signed(
        step="A72",
        partner="ohs",
        contact="ohs",
        via=ev.Via.PAGE,
        verdict="agreed",
        remark="",
        happened_at=T0 + minutes(minute),
    )


def attempted(step: str, n: int = 1) -> ev.AttemptStarted:
    return ev.AttemptStarted(
        step=step,
        partner="ohs",
        n=n,
        contact="ohs",
        channel="ohs-http",
        purpose=ev.Purpose.ASK,
        level=0,
        possible_repeat=False,
        outside_hours=True,
        link_hash="",
        text_hash="",
    )


def ended(step: str, outcome: OutcomeKind, n: int = 1) -> Event:
    return ev.AttemptEnded(step=step, partner="ohs", n=n, outcome=outcome, code="")


def overdue(step: str) -> Event:
    return ev.Overdue(step=step, partner="ohs")


def other_way(step: str) -> Event:
    return ev.TaskRaised(task="t", task_kind=ev.TaskKind.OTHER_WAY, step=step, partner="ohs")


@pytest.mark.parametrize(
    ("step", "events", "state"),
    [
        ("A10", (), ObligationState.PENDING),
        ("A10", (attempted("A10"),), ObligationState.ASKING),
        (
            "A10",
            (attempted("A10"), ended("A10", OutcomeKind.UNKNOWN)),
            ObligationState.UNKNOWN,
        ),
        (
            "A10",
            (attempted("A10"), ended("A10", OutcomeKind.ACCEPTED)),
            ObligationState.ASKING,
        ),
        ("A10", (overdue("A10"),), ObligationState.OVERDUE),
        ("A10", (overdue("A10"), other_way("A10")), ObligationState.HANDED_TO_PERSON),
        ("A10", (other_way("A10"), acknowledged("A10")), ObligationState.ACKNOWLEDGED),
        ("A10", (acknowledged("A10"), declined("A10")), ObligationState.DECLINED),
        ("A02", (acknowledged("A02"),), ObligationState.ACKNOWLEDGED),
        ("A02", (acknowledged("A02"), overdue("A02")), ObligationState.OVERDUE),
        ("A02", (answered(),), ObligationState.ANSWERED),
        ("A02", (declined("A02"), answered()), ObligationState.ANSWERED),
        ("A72", (signed(),), ObligationState.ANSWERED),
        ("A72", (declined("A72"), signed()), ObligationState.ANSWERED),
        ("A10", (ev.StepObsolete(step="A10", reason="completed"),), ObligationState.OBSOLETE),
        (
            "A10",
            (acknowledged("A10"), ev.StepObsolete(step="A10", reason="completed")),
            ObligationState.ACKNOWLEDGED,
        ),
    ],
)
def test_state_says_where_an_obligation_stands(
    step: str, events: tuple[Event, ...], state: ObligationState
) -> None:
    held = obligation(step, *events)

    assert (held.expects, held.state) == (KEYS[step], state)


@pytest.mark.parametrize(
    ("step", "events", "reached", "done"),
    [
        ("A10", (), None, None),
        ("A10", (acknowledged("A10", 3), acknowledged("A10", 8)), 3, 3),
        ("A10", (acknowledged("A10", 3), declined("A10", 5)), 3, 5),
        ("A10", (declined("A10", 5),), 5, 5),
        ("A10", (declined("A10", 5), acknowledged("A10", 6)), 6, 6),
        ("A02", (acknowledged("A02", 3), answered(minute=7)), 3, 7),
        ("A02", (answered(minute=7, room="no"), answered(minute=9, room="yes")), 7, 7),
        ("A72", (signed(9),), 9, 9),
    ],
)
def test_first_answer_reaches_and_the_first_fulfilment_ends(
    step: str, events: tuple[Event, ...], reached: int | None, done: int | None
) -> None:
    held = obligation(step, *events)

    assert (held.reached_at, held.done_at) == tuple(
        None if minute is None else T0 + minutes(minute) for minute in (reached, done)
    )


def test_later_answer_holds_and_the_first_moment_counts() -> None:
    held = obligation("A02", answered(minute=7, room="no"), answered(minute=9, room="yes"))

    assert held.answer == answered(minute=9, room="yes")
    assert held.first_answered_at == T0 + minutes(7)


def test_whoever_took_over_and_then_declined_has_not_fulfilled_anything() -> None:
    held = obligation("A10", acknowledged("A10"), declined("A10"))

    assert (held.is_fulfilled, held.is_settled) == (False, True)


def test_obligation_that_fell_away_ended_then() -> None:
    held = obligation("A10", ev.StepObsolete(step="A10", reason="condition"))

    assert held.done_at == T0 + minutes(2)


def test_later_outcome_corrects_its_own_attempt_only() -> None:
    held = obligation(
        "A10",
        attempted("A10", 1),
        attempted("A10", 2),
        ended("A10", OutcomeKind.ACCEPTED, 1),
        ended("A10", OutcomeKind.REJECTED, 1),
    )

    assert [attempt.outcome for attempt in held.attempts] == [OutcomeKind.REJECTED, None]
    assert held.is_in_flight


@pytest.mark.parametrize(
    ("events", "contacted"),
    [
        ((), False),
        ((attempted("A10"),), True),
        ((attempted("A10"), ended("A10", OutcomeKind.UNKNOWN)), True),
        ((attempted("A10"), ended("A10", OutcomeKind.REJECTED)), False),
        ((acknowledged("A10"),), True),
    ],
)
def test_partner_was_contacted_if_it_may_know(
    events: tuple[Event, ...], *, contacted: bool
) -> None:
    assert obligation("A10", *events).was_contacted is contacted


def test_obligation_that_begins_anew_keeps_its_attempts_and_forgets_its_ladder() -> None:
    again = ev.StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=T0 + minutes(60))

    held = obligation(
        "A10",
        attempted("A10"),
        ev.Escalated(step="A10", partner="ohs", level=1),
        overdue("A10"),
        ev.StepObsolete(step="A10", reason="condition"),
        again,
    )

    assert (held.state, held.level, held.due_at) == (
        ObligationState.ASKING,
        0,
        T0 + minutes(60),
    )
    assert (len(held.attempts), held.current, held.asked_at) == (1, (), None)


def test_ladder_counts_from_the_first_ask_whatever_was_sent_before() -> None:
    told = replace(attempted("A10"), purpose=ev.Purpose.TASK)
    only_told = obligation("A10", told)
    then_asked = obligation("A10", told, attempted("A10", n=2))

    assert only_told.asked_at is None
    assert then_asked.asked_at == then_asked.attempts[1].started_at
