"""An incident at a moment: what is assumed, who leads, when a step had its outcome."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.core import event as ev
from crisis.core.availability import Rota
from crisis.core.condition import AtLeast, Condition, Is
from crisis.core.event import Event
from crisis.core.incident import fold
from crisis.core.outlook import Outlook, needed_answers, outcome_at, outlook, unanswered_questions
from crisis.core.playbook import Completion, ExpectReport, ExpectSignOff, Lead, Step
from crisis.core.words import Words
from tests.builders import (
    T0,
    a_contact,
    a_decision_step,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    entries_of,
    minutes,
)

PARTNERS = ("ohs", "wr", "krs")
STARTED = ev.StepStarted(step="A10", partners=PARTNERS, planned_at=T0, due_at=None)


def view_of(step: Step, *events: Event, hours: float = 0) -> Outlook:
    directory = a_directory(*(a_partner(name) for name in PARTNERS))
    entries = entries_of(*events, playbook=a_playbook(step), directory=directory)
    return outlook(fold(entries), now=T0 + timedelta(hours=hours))


def acknowledged(partner: str, minute: int) -> Event:
    return ev.Acknowledged(
        step="A10",
        partner=partner,
        contact=partner,
        via=ev.Via.PAGE,
        happened_at=T0 + minutes(minute),
    )


def declined(partner: str, minute: int) -> Event:
    return ev.Declined(
        step="A10",
        partner=partner,
        contact=partner,
        via=ev.Via.PAGE,
        reason="",
        happened_at=T0 + minutes(minute),
    )


ALL = a_step()
ANY = a_step(completion=Completion.ANY)
TWO = a_step(completion=Completion.QUORUM, quorum=2)


@pytest.mark.parametrize(
    ("step", "events", "minute"),
    [
        (ALL, (), None),
        (ALL, (acknowledged("ohs", 9), acknowledged("wr", 5)), None),
        (ALL, (acknowledged("ohs", 9), acknowledged("wr", 5), declined("krs", 7)), 9),
        (ANY, (acknowledged("ohs", 9), acknowledged("wr", 5)), 5),
        (ANY, (acknowledged("wr", 5), declined("wr", 6)), None),
        (ANY, tuple(declined(name, 6) for name in PARTNERS), 6),
        (TWO, (acknowledged("ohs", 9),), None),
        (TWO, (acknowledged("ohs", 9), acknowledged("wr", 5)), 9),
    ],
)
def test_step_has_its_outcome_when_enough_have_answered(
    step: Step, events: tuple[Event, ...], minute: int | None
) -> None:
    found = outcome_at(view_of(step, STARTED, *events), step)

    assert found == (None if minute is None else T0 + minutes(minute))


@pytest.mark.parametrize("step", [ALL, ANY])
def test_step_that_asked_nobody_had_its_outcome_when_it_began(step: Step) -> None:
    nobody = replace(STARTED, partners=())

    assert outcome_at(view_of(step, nobody), step) == T0 + minutes(1)


def test_step_that_has_not_begun_has_no_outcome_unless_it_was_skipped() -> None:
    skipped = ev.StepSkipped(step="A10", partner=None, reason="x")

    assert outcome_at(view_of(ALL), ALL) is None
    assert outcome_at(view_of(ALL, skipped), ALL) == T0 + minutes(1)


def test_report_is_the_outcome_of_its_step() -> None:
    step = a_step(expect=ExpectReport())
    drafted = ev.ReportDrafted(step="A10", status="draft", log_to=1, digest="d")
    started = replace(STARTED, partners=())

    assert outcome_at(view_of(step, started), step) is None
    assert outcome_at(view_of(step, started, drafted), step) == T0 + minutes(2)


def test_decision_is_an_outcome_when_it_was_made() -> None:
    step = a_decision_step("A10")
    decided = ev.Decided(
        step="A10", option="yes", reason="x", by_default=False, happened_at=T0 + minutes(0.5)
    )

    assert outcome_at(view_of(step, STARTED, decided), step) == T0 + minutes(0.5)


def test_signatures_that_publish_a_report_are_no_outcome_before_it() -> None:
    signatures = tuple(
        ev.Signed(
            step="A10",
            partner=name,
            contact=name,
            via=ev.Via.PAGE,
            verdict="agreed",
            remark="",
            happened_at=T0 + minutes(4),
        )
        for name in PARTNERS
    )
    plain, publishing = (a_step(expect=ExpectSignOff(publishes=what)) for what in ("", "final"))

    assert outcome_at(view_of(plain, STARTED, *signatures), plain) == T0 + minutes(4)
    assert outcome_at(view_of(publishing, STARTED, *signatures), publishing) is None


@pytest.mark.parametrize(
    ("step", "of", "needed"),
    [
        (ALL, 3, 3),
        (ANY, 3, 1),
        (ANY, 0, 0),
        (TWO, 3, 2),
        (TWO, 1, 1),
        (a_step(completion=Completion.QUORUM), 3, 1),
    ],
)
def test_answers_needed_are_never_more_than_were_asked(step: Step, of: int, needed: int) -> None:
    assert needed_answers(step, of=of) == needed


@pytest.mark.parametrize(
    ("hours", "condition", "applies"),
    [
        (11.9, AtLeast(attribute="deaths", number=1), True),
        (12, AtLeast(attribute="deaths", number=1), False),
        (0, Is(attribute="suspected_crime", values=("yes",)), False),
        (99, None, True),
    ],
)
def test_worse_case_counts_for_twelve_hours(
    hours: float, condition: Condition | None, *, applies: bool
) -> None:
    assert view_of(ALL, hours=hours).applies(condition) is applies


def test_only_safety_facts_that_some_step_looks_at_are_asked_for() -> None:
    looks = a_step(
        when=AtLeast(attribute="deaths", number=1),
        hold_while=Is(attribute="suspected_crime", values=("yes",)),
    )
    known = ev.AttributeSet(attribute="deaths", value=0, source="x", happened_at=T0)
    unknown = replace(known, attribute="dangerous", value="unknown")
    holds = a_step(hold_while=Is(attribute="dangerous", values=("yes",)))

    assert unanswered_questions(view_of(looks)) == ("deaths",)
    assert unanswered_questions(view_of(looks, known)) == ()
    assert unanswered_questions(view_of(holds, unknown)) == ("dangerous",)
    assert unanswered_questions(view_of(ALL)) == ()


def test_lead_that_is_silent_is_stood_in_for_by_the_next() -> None:
    lead = Lead(role="OB-L", deputies=("OHS",), handover=Words(de=""))
    playbook = replace(a_playbook(), lead=lead)
    gap = a_contact("lead", availability=Rota(shifts=()))
    awake = a_directory(a_partner("ohs"))
    asleep = a_directory(a_partner("ohs"), contacts=(gap,))

    def contact(directory: object, other_than: str) -> str | None:
        entries = entries_of(playbook=playbook, directory=directory)  # type: ignore[arg-type]  # -- it is one
        found = outlook(fold(entries), now=T0).lead_contact(other_than=other_than)
        return None if found is None else found.id

    assert contact(awake, "wr") == "lead"
    assert contact(awake, "lead") == "ohs"
    assert contact(asleep, "wr") == "ohs"
    assert contact(asleep, "ohs") is None
