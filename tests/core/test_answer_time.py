"""How people answer: rules, and what a log teaches."""

from dataclasses import replace
from datetime import timedelta
from math import isclose

import pytest

from crisis.core import event as ev
from crisis.core.answer_time import (
    LEAST,
    AnswerTime,
    AnswerTimes,
    Rule,
    Seen,
    learned,
    seen_in,
)
from crisis.core.contact import ChannelKind
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Event
from crisis.core.incident import fold
from tests.builders import T0, entries_of, minutes

SLOW = AnswerTime(never=0.5, median=minutes(20), spread=2)
QUICK = AnswerTime(never=0, median=minutes(2), spread=1)


@pytest.mark.parametrize(
    ("chance", "size", "after"),
    [(0.4, 0.5, None), (0.5, 0.5, 20), (0.9, 0.8413447, 40), (0.9, 0.1586553, 10)],
)
def test_two_numbers_give_an_answer(chance: float, size: float, after: float | None) -> None:
    found = SLOW.after(chance, size)

    assert (found is None) == (after is None)
    assert found is None or after is None or isclose(found / minutes(1), after, rel_tol=1e-4)


def test_first_rule_that_fits_counts() -> None:
    times = AnswerTimes(
        rules=(
            Rule(role="OHS", channel=ChannelKind.SMS, time=QUICK),
            Rule(role=None, channel=ChannelKind.EMAIL, time=SLOW),
        ),
        otherwise=AnswerTime(never=1, median=minutes(1), spread=1),
    )

    assert times.of(("WR", "OHS"), ChannelKind.SMS) is QUICK
    assert times.of(("WR",), ChannelKind.EMAIL) is SLOW
    assert times.of(("WR",), ChannelKind.SMS) is times.otherwise


def sent(n: int, contact: str = "ohs", kind: str = "sms", level: int = 0) -> tuple[Event, ...]:
    return (
        ev.AttemptStarted(
            step="A10",
            partner="ohs",
            n=n,
            contact=contact,
            channel=f"{contact}-{kind}",
            purpose=ev.Purpose.ASK,
            level=level,
            possible_repeat=False,
            outside_hours=False,
            link_hash="",
            text_hash="",
        ),
        ev.AttemptEnded(step="A10", partner="ohs", n=n, outcome=OutcomeKind.ACCEPTED, code="250"),
    )


def replied(contact: str, at: float, kind: str = "acknowledged") -> Event:
    if kind == "declined":
        return ev.Declined(
            step="A10",
            partner="ohs",
            contact=contact,
            via=ev.Via.PAGE,
            reason="",
            happened_at=T0 + minutes(at),
        )
    return ev.Acknowledged(
        step="A10",
        partner="ohs",
        contact=contact,
        via=ev.Via.PAGE,
        happened_at=T0 + minutes(at),
    )


BEGUN = ev.StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=None)


# Events lie a minute apart: the first message leaves at 2, the second at 4, the third at 6.
@pytest.mark.parametrize(
    ("events", "after"),
    [
        ((*sent(1),), [None]),
        ((*sent(1), replied("ohs", 5)), [minutes(3)]),
        ((*sent(1), replied("ohs", 5, "declined")), [minutes(3)]),
        # The second message was answered, so the first was not.
        ((*sent(1), *sent(2, kind="email"), replied("ohs", 7)), [None, minutes(3)]),
        # Whether the first contact would have answered, nobody knows any more.
        ((*sent(1), *sent(2, "ohs-dep"), replied("ohs-dep", 9)), [minutes(5)]),
        # What left after the answer teaches nothing.
        ((*sent(1), replied("ohs", 3), *sent(2, "ohs-dep")), [minutes(1)]),
        ((*sent(1), replied("ohs", 2)), [LEAST]),
        ((*sent(1), ev.StepObsolete(step="A10", reason="completed")), []),
    ],
)
def test_log_tells_which_messages_were_answered(
    events: tuple[Event, ...], after: list[timedelta | None]
) -> None:
    incident = fold(entries_of(BEGUN, *events))

    assert [seen.after for seen in seen_in(incident)] == after


def test_task_for_the_lead_is_no_message_to_the_partner() -> None:
    started, ended = sent(1)
    assert isinstance(started, ev.AttemptStarted)
    task = replace(started, purpose=ev.Purpose.TASK)

    assert list(seen_in(fold(entries_of(BEGUN, task, ended)))) == []


def test_seen_messages_name_roles_and_channel() -> None:
    incident = fold(entries_of(BEGUN, *sent(1)))

    assert list(seen_in(incident)) == [Seen(roles=("OHS",), channel=ChannelKind.SMS, after=None)]


def test_what_was_seen_often_enough_becomes_a_rule() -> None:
    often = [Seen(roles=("OHS",), channel=ChannelKind.SMS, after=minutes(4))] * 6
    never = [Seen(roles=("OHS",), channel=ChannelKind.SMS, after=None)] * 2
    seldom = [Seen(roles=("WR",), channel=ChannelKind.EMAIL, after=minutes(90))] * 4

    times = learned([*often, *never, *seldom], otherwise=SLOW)

    seen = AnswerTime(never=0.25, median=minutes(4), spread=1)
    assert [(rule.role, rule.channel) for rule in times.rules] == [
        ("OHS", ChannelKind.SMS),
        (None, ChannelKind.SMS),
    ]
    assert all(rule.time == seen for rule in times.rules)
    assert times.otherwise.never == pytest.approx(1 / 6)
    assert learned([], otherwise=SLOW) == AnswerTimes(rules=(), otherwise=SLOW)
