"""Facts that become known: of the right kind, naming nobody, answering the question."""

from dataclasses import replace

import pytest

from crisis.core import event as ev
from crisis.core import steer
from crisis.core.condition import Value
from crisis.core.event import Event
from crisis.core.incident import Incident, fold
from crisis.core.playbook import Attribute, AttributeKind
from crisis.core.words import Words
from crisis.errors import NotFoundError, PersonalDataError, UsageError
from tests.builders import (
    T0,
    a_playbook,
    entries_of,
    minutes,
)

NOW = T0 + minutes(10)
FACTS = (
    Attribute(id="languages", kind=AttributeKind.LIST, label=Words(de="Sprachen")),
    Attribute(id="district", kind=AttributeKind.REGION, label=Words(de="Kreis")),
)
QUESTION = ev.TaskRaised(
    task="question/deaths",
    task_kind=ev.TaskKind.QUESTION,
    step="",
    partner="",
    subject="deaths",
)


def an_incident(*events: Event) -> Incident:
    return fold(entries_of(*events, playbook=a_playbook(attributes=FACTS)))


def set_to(name: str, value: Value, *events: Event) -> tuple[Event, ...]:
    return steer.set_attribute(
        an_incident(*events), name=name, value=value, source="POL-FLZ", happened_at=NOW, now=NOW
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind_of_event", "terror"),
        ("dangerous", "unknown"),
        ("deaths", 0),
        ("languages", ("Dari", "Arabisch")),
        ("district", "14612"),
    ],
)
def test_fact_of_its_kind_is_set(name: str, value: Value) -> None:
    assert set_to(name, value) == (
        ev.AttributeSet(attribute=name, value=value, source="POL-FLZ", happened_at=NOW),
    )


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("kind_of_event", "flood", "write one of terror, extremism, unclear"),
        ("dangerous", "maybe", "write yes, no or unknown"),
        ("deaths", -1, "write a whole number from 0"),
        ("deaths", "drei", "write a whole number from 0"),
        ("deaths", True, "write a whole number from 0"),
        ("languages", "Dari", "write a list, parted by commas"),
        ("district", "146", "write a region's key of 2, 5 or 8 digits"),
        ("district", 14612, "write a region's key of 2, 5 or 8 digits"),
    ],
)
def test_fact_of_another_kind_is_refused_with_what_to_write(
    name: str, value: Value, wanted: str
) -> None:
    with pytest.raises(UsageError, match=f"does not fit: {wanted}"):
        set_to(name, value)


def test_person_in_a_list_is_refused() -> None:
    with pytest.raises(PersonalDataError, match="languages: Der Text scheint"):
        set_to("languages", ("Dari", "Frau Müller"))


def test_unknown_fact_lists_those_there_are() -> None:
    with pytest.raises(
        NotFoundError,
        match="pb has no attribute 'weather'; there are: deaths, dangerous, suspected_crime, "
        "kind_of_event, languages, district",
    ):
        set_to("weather", "rain")


def test_fact_answers_the_question_for_it() -> None:
    found = set_to("deaths", 0, QUESTION)

    assert found[1:] == (
        ev.TaskDone(task="question/deaths", result="done", note="", happened_at=NOW),
    )


def test_question_stays_while_the_fact_is_unknown_and_is_answered_once() -> None:
    done = ev.TaskDone(task="question/dangerous", result="done", note="", happened_at=T0)
    question = replace(QUESTION, task="question/dangerous", subject="dangerous")

    assert len(set_to("dangerous", "unknown", question)) == 1
    assert len(set_to("dangerous", "no", question, done)) == 1
    assert len(set_to("dangerous", "no", question)) == 2
