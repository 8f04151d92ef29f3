"""Commands become events, or are refused with the reason."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

import pytest

from crisis.core import decide
from crisis.core import event as ev
from crisis.core.condition import Value
from crisis.core.decide import Answering
from crisis.core.event import Event
from crisis.core.form import Answers, Field, FieldKind, Form
from crisis.core.incident import Incident, fold
from crisis.core.playbook import ExpectSignOff
from crisis.core.words import Words
from crisis.errors import CrisisError, NotFoundError, PersonalDataError, RefusedError, UsageError
from tests.builders import (
    T0,
    a_decision_step,
    a_form_step,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)

NOW = T0 + minutes(10)
A_SIGN_OFF = a_step("A72", expect=ExpectSignOff())


def who(step: str = "A10", *, partner: str = "ohs", at: datetime = NOW) -> Answering:
    return Answering(step=step, partner=partner, contact="ohs", via=ev.Via.PAGE, happened_at=at)


def begun(step: str) -> ev.StepStarted:
    return ev.StepStarted(step=step, partners=("ohs",), planned_at=T0, due_at=T0 + minutes(15))


def an_incident(*events: Event) -> Incident:
    """Return an incident whose steps have begun with one partner."""
    playbook = a_playbook(a_step(), a_form_step(), a_decision_step(), A_SIGN_OFF, a_step("A50"))
    started = [begun(step) for step in ("A10", "A02", "A04", "A72")]
    return fold(entries_of(*started, *events, playbook=playbook))


def acknowledged(step: str = "A10", *, at: datetime = T0) -> ev.Acknowledged:
    return ev.Acknowledged(
        step=step, partner="ohs", contact="ohs", via=ev.Via.PAGE, happened_at=at
    )


def answered(answers: Answers, step: str = "A02") -> ev.Answered:
    return ev.Answered(
        step=step, partner="ohs", contact="ohs", via=ev.Via.PAGE, answers=answers, happened_at=NOW
    )


DECLINED = ev.Declined(
    step="A10", partner="ohs", contact="ohs", via=ev.Via.PAGE, reason="nicht da", happened_at=NOW
)


def answer(incident: Incident, answers: Answers) -> tuple[Event, ...]:
    return decide.answer(incident, who("A02"), answers=answers, now=NOW)


def test_acknowledgement_is_recorded_as_it_happened() -> None:
    late = who(at=T0 + minutes(4))

    assert decide.acknowledge(an_incident(), late, now=NOW) == (acknowledged(at=T0 + minutes(4)),)


def test_second_acknowledgement_is_refused_and_says_who_was_first() -> None:
    with pytest.raises(
        RefusedError,
        match=r"^A10 was already acknowledged at 2026-12-18 19:20:00 by ohs; nothing was",
    ):
        decide.acknowledge(an_incident(acknowledged()), who(), now=NOW)


def test_acknowledgement_takes_a_refusal_back() -> None:
    incident = an_incident(acknowledged(), DECLINED)

    assert decide.acknowledge(incident, who(), now=NOW) == (acknowledged(at=NOW),)


def test_refusal_goes_back_to_the_lead_as_a_task() -> None:
    assert decide.decline(an_incident(), who(), reason="nicht da", now=NOW) == (
        DECLINED,
        ev.TaskRaised(
            task="declined/A10/ohs/5",
            task_kind=ev.TaskKind.DECLINED,
            step="A10",
            partner="ohs",
            contact="ohs",
        ),
    )


@pytest.mark.parametrize(
    ("reason", "error", "message"),
    [
        ("", UsageError, "a reason is needed; say in a few words why"),
        (" \n", UsageError, "a reason is needed"),
        ("Frau Müller ist im Urlaub", PersonalDataError, "a person's name and was not stored"),
        ("x" * 1001, UsageError, "at most 1000 characters"),
    ],
)
def test_refusal_needs_a_reason_without_names(
    reason: str, error: type[CrisisError], message: str
) -> None:
    with pytest.raises(error, match=message) as caught:
        decide.decline(an_incident(), who(), reason=reason, now=NOW)

    assert "Müller" not in str(caught.value)


def test_answer_acknowledges_raises_a_task_for_a_guard_and_sets_a_fact() -> None:
    given: Answers = {"room": "no", "deaths": 2, "remark": ""}

    assert answer(an_incident(), given) == (
        acknowledged("A02", at=NOW),
        answered({"room": "no", "deaths": 2}),
        ev.TaskRaised(
            task="guard/A02/ohs/room/5",
            task_kind=ev.TaskKind.GUARD,
            step="A02",
            partner="ohs",
            contact="ohs",
            subject="room",
        ),
        ev.AttributeSet(attribute="deaths", value=2, source="A02/ohs", happened_at=NOW),
    )


def test_answer_after_an_acknowledgement_acknowledges_nothing_anew() -> None:
    incident = an_incident(acknowledged("A02"))

    assert answer(incident, {"room": "yes"}) == (answered({"room": "yes"}),)


def test_fact_that_is_known_already_is_not_set_again() -> None:
    known = ev.AttributeSet(attribute="deaths", value=2, source="POL-FLZ", happened_at=T0)
    incident = an_incident(acknowledged("A02"), known)

    assert answer(incident, {"deaths": 2}) == (answered({"deaths": 2}),)


SETTING = Form(
    id="F1",
    title=Words(de=""),
    fields=(
        Field(id="danger", kind=FieldKind.TRISTATE, label=Words(de=""), sets="dangerous"),
        Field(id="spoken", kind=FieldKind.LIST, label=Words(de=""), sets="languages"),
        Field(id="needs", kind=FieldKind.NEEDS, label=Words(de=""), sets="wishes"),
    ),
)


def facts_set(answers: Answers, known: dict[str, Value]) -> dict[str, Value]:
    incident = an_incident(acknowledged("A02"))
    playbook = replace(incident.playbook, forms=(SETTING,))
    incident = replace(
        incident, opened=replace(incident.opened, playbook=playbook), attributes=known
    )
    return {
        event.attribute: event.value
        for event in answer(incident, answers)
        if isinstance(event, ev.AttributeSet)
    }


def test_who_does_not_know_takes_nothing_from_those_who_do() -> None:
    assert facts_set({"danger": "unknown"}, {"dangerous": "yes"}) == {}
    assert facts_set({"danger": "unknown"}, {}) == {"dangerous": "unknown"}
    assert facts_set({"danger": "no"}, {"dangerous": "yes"}) == {"dangerous": "no"}


def test_list_becomes_a_list_and_rows_become_no_fact() -> None:
    given: Answers = {
        "spoken": ["Dari", "Arabisch"],
        "needs": [{"group": "support", "band": "1-4"}],
    }

    assert facts_set(given, {}) == {"languages": ("Dari", "Arabisch")}


def test_every_fault_of_an_answer_is_listed_and_nothing_recorded() -> None:
    with pytest.raises(UsageError) as caught:
        answer(an_incident(), {"room": "maybe", "deaths": -1})

    assert str(caught.value).splitlines() == [
        (
            "room: Bitte wählen: ja (yes), nein (no), noch offen (unknown). / "
            "Please choose: yes, no, not known yet (unknown)."
        ),
        (
            "deaths: Bitte eine ganze Zahl ab 0 eingeben oder das Feld leer lassen, "
            "wenn sie offen ist. / Please enter a whole number from 0, or leave the field "
            "empty while it is not known."
        ),
    ]


def test_person_in_an_answer_is_refused() -> None:
    with pytest.raises(PersonalDataError, match=r"^remark: Der Text scheint"):
        answer(an_incident(), {"remark": "Herr Meier wartet"})


def test_step_without_a_form_takes_no_answer() -> None:
    with pytest.raises(RefusedError, match="A10 asks for no answer to a form; acknowledge or"):
        decide.answer(an_incident(), who(), answers={}, now=NOW)


@pytest.mark.parametrize(
    ("verdict", "remark"), [("agreed", ""), ("remark", "Zeile 3 fehlt"), ("dissent", "falsch")]
)
def test_signature_is_recorded(
    verdict: Literal["agreed", "remark", "dissent"], remark: str
) -> None:
    signed = decide.sign(an_incident(), who("A72"), verdict=verdict, remark=remark, now=NOW)

    assert signed[:1] == (
        ev.Signed(
            step="A72",
            partner="ohs",
            contact="ohs",
            via=ev.Via.PAGE,
            verdict=verdict,
            remark=remark,
            happened_at=NOW,
        ),
    )


def test_dissent_lies_on_the_leads_desk() -> None:
    signed = decide.sign(an_incident(), who("A72"), verdict="dissent", remark="falsch", now=NOW)

    assert signed[1:] == (
        ev.TaskRaised(
            task="dissent/A72/ohs/5",
            task_kind=ev.TaskKind.DISSENT,
            step="A72",
            partner="ohs",
            contact="ohs",
        ),
    )


def test_dissent_without_words_is_refused() -> None:
    with pytest.raises(UsageError, match="a remark is needed"):
        decide.sign(an_incident(), who("A72"), verdict="dissent", remark="", now=NOW)


def test_remark_that_names_a_person_is_refused() -> None:
    with pytest.raises(PersonalDataError):
        decide.sign(
            an_incident(), who("A72"), verdict="agreed", remark="Dank an Frau Müller", now=NOW
        )


def test_step_that_asks_for_no_signature_takes_none() -> None:
    with pytest.raises(RefusedError, match="A10 asks for no signature"):
        decide.sign(an_incident(), who(), verdict="agreed", remark="", now=NOW)


@pytest.mark.parametrize(
    ("events", "answering", "error", "message"),
    [
        ((), who("A99"), NotFoundError, "no step 'A99'; there are: A10, A02, A04, A72, A50, A95"),
        (
            (),
            who(partner="wr"),
            NotFoundError,
            "A10 was not asked of 'wr'; it was asked of: ohs",
        ),
        ((), who("A50"), NotFoundError, "A50 has not begun: nobody was asked yet"),
        (
            (),
            replace(who(), contact="eve"),
            NotFoundError,
            "there is no contact 'eve'; this partner's are: ohs, ohs-dep, ohs-sup",
        ),
        (
            (ev.StepObsolete(step="A10", reason="condition"),),
            who(),
            RefusedError,
            "A10 is no longer asked of ohs; thank you",
        ),
        (
            (ev.IncidentClosed(reason="Ende"),),
            who(),
            RefusedError,
            "incident i1 is closed; its log takes no more answers",
        ),
        ((), who(at=NOW + minutes(2)), UsageError, "lies in the future"),
        ((), who(at=T0 - minutes(1)), UsageError, "lies before the incident was opened"),
    ],
)
def test_reply_that_fits_nothing_is_refused(
    events: tuple[Event, ...], answering: Answering, error: type[CrisisError], message: str
) -> None:
    with pytest.raises(error, match=message):
        decide.acknowledge(an_incident(*events), answering, now=NOW)


def test_clock_of_a_partner_may_be_a_minute_ahead() -> None:
    ahead = who(at=NOW + minutes(1))

    assert decide.acknowledge(an_incident(), ahead, now=NOW) == (
        acknowledged(at=NOW + minutes(1)),
    )


def decided(incident: Incident, step: str = "A04", option: str = "yes") -> tuple[Event, ...]:
    return decide.decide(
        incident, step=step, option=option, reason="Lagebild", happened_at=NOW, now=NOW
    )


def test_decision_is_recorded_and_may_be_changed_later() -> None:
    first = decided(an_incident())

    assert first == (
        ev.Decided(step="A04", option="yes", reason="Lagebild", by_default=False, happened_at=NOW),
    )
    assert decided(an_incident(*first), option="unclear") == (replace(first[0], option="unclear"),)


@pytest.mark.parametrize(
    ("step", "option", "error", "message"),
    [
        ("A99", "yes", NotFoundError, "there is no step 'A99'"),
        ("A10", "yes", RefusedError, "A10 is no decision"),
        ("A04", "perhaps", NotFoundError, "no option 'perhaps'; there are: yes, no, unclear"),
    ],
)
def test_decision_that_fits_nothing_is_refused(
    step: str, option: str, error: type[CrisisError], message: str
) -> None:
    with pytest.raises(error, match=message):
        decided(an_incident(), step, option)


def test_decision_is_not_made_before_it_is_asked_for() -> None:
    incident = fold(entries_of(playbook=a_playbook(a_decision_step())))

    with pytest.raises(RefusedError, match="A04 has not begun yet; nothing is to be decided"):
        decided(incident)


def test_decision_needs_a_reason() -> None:
    with pytest.raises(UsageError, match="a reason is needed"):
        decide.decide(an_incident(), step="A04", option="yes", reason="", happened_at=NOW, now=NOW)


@pytest.mark.parametrize(
    "over",
    [ev.StoodDown(reason="Fehlalarm", happened_at=T0), ev.IncidentClosed(reason="Ende")],
)
def test_nothing_is_decided_once_the_incident_is_over(over: Event) -> None:
    with pytest.raises(RefusedError, match="it is not steered any more"):
        decided(an_incident(over))


def test_empty_form_is_no_answer() -> None:
    with pytest.raises(UsageError) as refused:
        answer(an_incident(), {"room": "", "remark": ""})

    assert str(refused.value).startswith("Bitte mindestens eine Frage beantworten;")
