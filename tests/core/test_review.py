"""What runs say of an agreement, who is asked when it is reviewed, and how that ended."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crisis.core import event as ev
from crisis.core.agreement import PastReview, PinnedAgreement, ReviewOutcome
from crisis.core.event import Entry, IncidentOpened, Mode, Via
from crisis.core.form import Field, FieldKind, Form, Option
from crisis.core.incident import fold
from crisis.core.playbook import ExpectAnswer, ExpectSignOff
from crisis.core.review import (
    PARTY,
    PARTY_LEAD,
    Theme,
    VoiceKind,
    bound,
    carried_on,
    concerns,
    held,
    themes,
    voices,
)
from crisis.core.total import Share
from crisis.core.words import Words
from tests.builders import (
    T0,
    a_decision_step,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
)
from tests.core.test_register import KOK, a_party

OURS = {"basis": ("S5.3",)}
FORM = Form(
    id="F8",
    title=Words(de="Reflexion"),
    fields=(
        Field(id="good", kind=FieldKind.LIST, label=Words(de="Gelungen")),
        Field(id="more", kind=FieldKind.TEXT, label=Words(de="Mehr")),
        Field(id="ours", kind=FieldKind.TEXT, label=Words(de="Nur wir"), visible_to=("OHS",)),
        Field(id="count", kind=FieldKind.COUNT, label=Words(de="Zahl")),
        Field(id="empty", kind=FieldKind.LIST, label=Words(de="Leer")),
    ),
)
PLAYBOOK = replace(
    a_playbook(
        a_step("A10", **OURS),
        a_step("A11", expect=ExpectSignOff(), **OURS),
        a_step("A12", expect=ExpectAnswer(form="F8"), **OURS),
        a_step("A13", expect=ExpectAnswer(form="lost"), **OURS),
        a_step("A20"),
    ),
    forms=(FORM,),
)


def said(step: str, **more: object) -> dict[str, Any]:
    """Return what every reply of the partner has in common."""
    return {
        "step": step,
        "partner": "ohs",
        "contact": "ohs",
        "via": Via.PAGE,
        "happened_at": T0,
        **more,
    }


def begun(step: str) -> ev.StepStarted:
    return ev.StepStarted(
        step=step, planned_at=T0, due_at=T0 + timedelta(days=30), partners=("ohs",)
    )


RUN = entries_of(
    begun("A10"),
    ev.Declined(**said("A10", reason="nicht zuständig")),
    ev.Signed(**said("A11", verdict="dissent", remark="zu spät")),
    ev.Signed(**said("A11", verdict="remark", remark="mit Vorbehalt")),
    ev.Signed(**said("A11", verdict="agreed", remark="")),
    ev.Answered(
        **said(
            "A12",
            answers={
                "good": ["schnell", "", "freundlich"],
                "more": "Danke",
                "ours": "geheim",
                "count": 3,
                "empty": [""],
            },
        )
    ),
    ev.Answered(**said("A13", answers={"good": ["verloren"]})),
    ev.Answered(**said("A20", answers={"good": ["fremd"]})),
    ev.Acknowledged(**said("A10")),
    playbook=PLAYBOOK,
)


def heard(*, since: date | None = None) -> list[tuple[VoiceKind, str, str, tuple[int, ...]]]:
    return [
        (voice.kind, voice.step, voice.said.de, voice.evidence)
        for voice in voices(KOK, [RUN], since=since)
        # The replies of this log are entered late; that is a finding about every step.
        if voice.kind is not VoiceKind.FINDING
    ]


def test_voices_are_what_findings_and_partners_say_of_the_agreement_s_steps() -> None:
    assert heard() == [
        (VoiceKind.DISSENT, "A11", "zu spät", (4,)),
        (VoiceKind.REMARK, "A11", "mit Vorbehalt", (5,)),
        (VoiceKind.DECLINED, "A10", "nicht zuständig", (3,)),
        (VoiceKind.FEEDBACK, "A12", "Gelungen: schnell; freundlich", (7,)),
        (VoiceKind.FEEDBACK, "A12", "Mehr: Danke", (7,)),
    ]


def test_findings_come_first_and_name_their_evidence() -> None:
    declined = RUN[:3]

    found = voices(KOK, [declined], since=None)

    assert [(voice.kind, voice.step, voice.partner, voice.evidence) for voice in found] == [
        (VoiceKind.FINDING, "A10", "ohs", (3,)),
        (VoiceKind.FINDING, "A10", "ohs", (3,)),
        (VoiceKind.DECLINED, "A10", "ohs", (3,)),
    ]
    assert found[0].said.de == (
        "Stelle ohs hat abgelehnt (A10); die Aufgabe ging an die Federführung zurück."
    )
    assert {(voice.incident, voice.code_word, voice.mode) for voice in found} == {
        ("i1", "AHORN 47", Mode.EXERCISE)
    }


def test_only_what_was_said_after_the_last_review_counts() -> None:
    assert heard(since=T0.date()) == []
    assert len(heard(since=T0.date() - timedelta(days=1))) == 5


def test_agreement_that_founds_no_step_is_not_spoken_of() -> None:
    other = replace(KOK, id="other", clauses=())

    assert voices(other, [RUN], since=None) == ()


def opening(**changes: object) -> IncidentOpened:
    first = RUN[0].event
    assert isinstance(first, IncidentOpened)
    return replace(first, **changes)  # type: ignore[arg-type]  # -- fields by name


def run_of(opened: IncidentOpened, *events: ev.Event) -> tuple[Entry, ...]:
    log = entries_of(*events, playbook=opened.playbook)
    return (replace(log[0], event=opened), *log[1:])


def test_run_concerns_what_its_playbook_or_its_steps_draw_on() -> None:
    listed = opening(playbook=replace(PLAYBOOK, agreements=(KOK.id,)))
    cited = opening(agreements=(PinnedAgreement(id=KOK.id, title=KOK.title, digest=""),))

    assert [
        concerns(KOK, fold(run_of(opened)))
        for opened in (listed, cited, opening(), replace(listed, review_of=KOK.id))
    ] == [True, True, False, False]


def decided(option: str, **changes: object) -> ev.Decided:
    given = {
        "step": "R2",
        "option": option,
        "reason": "Ziele erreicht",
        "by_default": False,
        "happened_at": T0 + timedelta(minutes=1),
    }
    return ev.Decided(**{**given, **changes})  # type: ignore[arg-type]  # -- fields by name


REVIEW = opening(playbook=a_playbook(a_decision_step("R2")), mode=Mode.LIVE, review_of="bpol-kok")


def test_review_ends_with_the_decision_of_a_person() -> None:
    assert held(fold(run_of(REVIEW, decided("adapted")))) == PastReview(
        held_on=T0.date(), outcome=ReviewOutcome.ADAPTED, reason="Ziele erreicht", incident="i1"
    )


@pytest.mark.parametrize(
    ("opened", "events"),
    [
        (REVIEW, ()),
        (REVIEW, (decided("open"),)),
        (REVIEW, (decided("confirmed", by_default=True),)),
        (replace(REVIEW, mode=Mode.EXERCISE), (decided("confirmed"),)),
        (replace(REVIEW, review_of=""), (decided("confirmed"),)),
    ],
    ids=["undecided", "open", "by-default", "drill", "no-review"],
)
def test_nothing_else_ends_a_review(opened: IncidentOpened, events: tuple[ev.Event, ...]) -> None:
    assert held(fold(run_of(opened, *events))) is None


def test_widest_unit_of_each_party_is_asked_and_the_first_party_leads() -> None:
    agreement = replace(
        KOK,
        regions=("14",),
        parties=(
            a_party("federal", "BOB"),
            a_party("aid", "OHS"),
            a_party("nobody", "RAA"),
            a_party("federal", "BOB"),
        ),
    )
    directory = a_directory(
        replace(a_partner("federal-b", role="BOB", regions=("00",)), organisation="federal"),
        replace(a_partner("town", regions=("14612",)), organisation="aid"),
        replace(a_partner("land", regions=("14",)), organisation="aid"),
        replace(a_partner("other-role", role="WR", regions=("14",)), organisation="aid"),
    )

    found, missing = bound(directory, agreement)

    assert [(p.id, p.roles, p.regions) for p in found.partners] == [
        ("federal-b", ("BOB", PARTY, PARTY_LEAD), ("14",)),
        ("land", ("OHS", PARTY), ("14",)),
    ]
    assert sorted(found.contacts) == [
        *("federal-b", "federal-b-dep", "federal-b-sup", "land", "land-dep", "land-sup")
    ]
    assert [party.organisation for party in missing] == ["nobody"]


MEASURES = replace(
    PLAYBOOK,
    forms=(
        Form(
            id="F8",
            title=Words(de="Reflexion"),
            fields=(
                Field(id="todo", kind=FieldKind.LIST, label=Words(de="Maßnahmen"), measure=True),
                Field(
                    id="theme",
                    kind=FieldKind.CHOICE,
                    label=Words(de="Thema"),
                    options=(
                        Option(value="tone", label=Words(de="Ton")),
                        Option(value="rooms", label=Words(de="Räume")),
                    ),
                    total=True,
                ),
                Field(id="hints", kind=FieldKind.COUNT, label=Words(de="Hinweise"), total=True),
            ),
        ),
    ),
)


def a_run_that_says(step: str = "A12", **answers: object) -> tuple[Entry, ...]:
    answered = ev.Answered(**said(step, answers=answers))
    return entries_of(begun(step), answered, playbook=MEASURES)


def test_measures_stand_one_by_one_and_before_other_voices() -> None:
    run = a_run_that_says(todo=["Plan bis Mai", "Raum bis Juni"])

    found = [one for one in voices(KOK, [run], since=None) if one.kind is not VoiceKind.FINDING]

    assert [(one.kind, one.said.de, one.evidence) for one in found] == [
        (VoiceKind.MEASURE, "Plan bis Mai", (3,)),
        (VoiceKind.MEASURE, "Raum bis Juni", (3,)),
    ]


def test_review_carries_on_the_measures_that_it_names() -> None:
    review = a_run_that_says("A12", todo=["Raum bis Juni"], hints=3)

    assert [(one.kind, one.said.de) for one in carried_on(review)] == [
        (VoiceKind.MEASURE, "Raum bis Juni")
    ]


def test_themes_add_up_over_runs_where_the_agreement_founds_the_step() -> None:
    runs = [
        a_run_that_says(theme="tone", hints=3),
        a_run_that_says(theme="rooms", hints=4),
        a_run_that_says(theme="rooms"),
        RUN,
    ]

    assert themes(KOK, runs) == (
        Theme(
            label=Words(de="Thema"),
            value=None,
            shares=(Share(word=Words(de="Räume"), count=2), Share(word=Words(de="Ton"), count=1)),
            runs=3,
        ),
        Theme(label=Words(de="Hinweise"), value=7, shares=(), runs=2),
    )
    assert themes(replace(KOK, id="other", clauses=()), runs) == ()
