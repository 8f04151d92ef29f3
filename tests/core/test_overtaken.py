"""Whether what others wrote meanwhile matters to what was decided."""

import pytest

from crisis.core import event as ev
from crisis.core.delivery import OutcomeKind
from crisis.core.event import Event
from crisis.core.overtaken import is_overtaken
from tests.builders import T0
from tests.core.test_obligation import (
    acknowledged,
    answered,
    attempted,
    declined,
    ended,
    other_way,
    overdue,
    signed,
)

NOTE = ev.NoteAdded(text="Presse", happened_at=T0)
STARTED = ev.StepStarted(step="A10", partners=("ohs",), planned_at=T0, due_at=None)
ACCEPTED = ended("A10", OutcomeKind.ACCEPTED)
ANOTHER = ev.AttemptEnded(step="A10", partner="pol", n=1, outcome=OutcomeKind.ACCEPTED, code="250")
DEATHS = ev.AttributeSet(attribute="deaths", value=1, source="bo", happened_at=T0)
DANGER = ev.AttributeSet(attribute="dangerous", value="yes", source="bo", happened_at=T0)
QUESTION = ev.TaskRaised(
    task="question/deaths", task_kind=ev.TaskKind.QUESTION, step="", partner=""
)


@pytest.mark.parametrize(
    "since",
    [(), (NOTE,), (ANOTHER,), (acknowledged("A20"), answered("A20"), declined("A20"), signed())],
)
def test_claim_stands_beside_notes_and_what_belongs_to_other_obligations(
    since: tuple[Event, ...],
) -> None:
    assert not is_overtaken((attempted("A10"), overdue("A10"), other_way("A10")), since)


@pytest.mark.parametrize(
    "since",
    [
        # Its own partner answered, or its own message came out.
        acknowledged("A10"),
        ACCEPTED,
        # Somebody else claims, plans or steers.
        attempted("A20"),
        overdue("A20"),
        STARTED,
        DEATHS,
        ev.StoodDown(reason="Fehlalarm", happened_at=T0),
        ev.LinkRevoked(link_hash="ff", reason="Handy verloren"),
        ev.IncidentClosed(reason="Ende"),
    ],
)
def test_claim_is_overtaken_by_what_touches_it_or_all(since: Event) -> None:
    assert is_overtaken((attempted("A10"),), (NOTE, ANOTHER, since))


def test_fact_about_a_step_is_overtaken_by_an_answer_of_any_of_its_partners() -> None:
    assert is_overtaken((STARTED,), (ANOTHER,))
    assert not is_overtaken((STARTED,), (acknowledged("A20"),))


@pytest.mark.parametrize("decided", [NOTE, QUESTION, ev.IncidentClosed(reason="Ende")])
def test_what_may_concern_everybody_is_overtaken_by_any_answer(decided: Event) -> None:
    assert is_overtaken((decided,), (ANOTHER,))
    assert not is_overtaken((decided,), (NOTE,))


def test_nothing_decided_cannot_be_overtaken_by_answers() -> None:
    assert not is_overtaken((), (ANOTHER,))


@pytest.mark.parametrize("decided", [acknowledged("A10"), ACCEPTED, declined("A10")])
def test_answer_stands_beside_claims_and_facts_of_other_obligations(decided: Event) -> None:
    assert not is_overtaken((decided,), (attempted("A20"), overdue("A20"), other_way("A20")))


@pytest.mark.parametrize("since", [attempted("A10"), overdue("A10"), STARTED, QUESTION])
def test_answer_is_overtaken_by_what_touches_it_or_a_step(since: Event) -> None:
    assert is_overtaken((acknowledged("A10"),), (attempted("A20"), since))


@pytest.mark.parametrize(
    ("decided", "since", "overtaken"),
    [
        (DEATHS, ANOTHER, False),
        (DEATHS, attempted("A20"), False),
        (acknowledged("A10"), DEATHS, False),
        (DEATHS, DANGER, False),
        (DEATHS, DEATHS, True),
        # What is known decides whom to ask.
        (attempted("A10"), DEATHS, True),
    ],
)
def test_fact_about_the_incident_is_overtaken_by_its_like_and_overtakes_claims(
    decided: Event, since: Event, *, overtaken: bool
) -> None:
    assert is_overtaken((decided,), (since,)) is overtaken
