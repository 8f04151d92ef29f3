"""Every event is written and comes back equal; what could not come back is refused."""

import json
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.core.condition import Value
from crisis.core.contact import Contact, Partner
from crisis.core.event import (
    Answered,
    AttributeSet,
    Event,
    IncidentOpened,
    NoteAdded,
    StepHeld,
    Via,
)
from crisis.core.form import Answer, Form
from crisis.core.playbook import Attribute, Phase, Step
from crisis.errors import BrokenChainError, UnreachableError
from crisis.store.chain import canonical
from crisis.store.codec import CODEC, Codec, kind_of
from tests.store.happening import AT, a_note, an_attempt, an_opening

EVENTS = get_args(Event)
VALUES = st.text() | st.integers() | st.lists(st.text()).map(tuple)


def _openings() -> st.SearchStrategy[IncidentOpened]:
    """Draw openings with one part of any shape each: whole ones are too large to draw."""
    base = an_opening()

    def opening(parts: tuple[Step, Form, Attribute, Partner, Contact, Value]) -> IncidentOpened:
        step, form, attribute, partner, contact, value = parts
        playbook = replace(
            base.playbook,
            phases=(Phase(id=step.id, title=step.title, steps=(step,)),),
            forms=(form,),
            attributes=(attribute,),
        )
        directory = replace(base.directory, partners=(partner,), contacts={contact.id: contact})
        return replace(
            base, playbook=playbook, directory=directory, attributes={attribute.id: value}
        )

    kinds = (Step, Form, Attribute, Partner, Contact)
    return st.tuples(*map(st.from_type, kinds), VALUES).map(opening)


@pytest.mark.parametrize("cls", EVENTS, ids=kind_of)
@settings(max_examples=25)
@given(data=st.data())
def test_every_event_comes_back_equal(cls: type[Event], data: st.DataObject) -> None:
    event = data.draw(_openings() if cls is IncidentOpened else st.from_type(cls))
    kind, encoded = CODEC.encode(event)
    text = canonical(encoded)
    assert kind == kind_of(cls)
    assert CODEC.decode(kind, json.loads(text)) == event
    assert CODEC.decode_text(kind, text) == event


def test_kinds_are_different_words() -> None:
    assert len({kind_of(cls) for cls in EVENTS}) == len(EVENTS)


def test_whole_opening_comes_back_equal() -> None:
    opening = an_opening(partners=40)
    kind, data = CODEC.encode(opening)
    assert CODEC.decode_text(kind, canonical(data)) == opening


def test_encode_spells_data_out() -> None:
    assert CODEC.encode(an_attempt("ff")) == (
        "attempt-started",
        {
            "step": "ask",
            "partner": "cy",
            "n": 1,
            "contact": "cy-desk",
            "channel": "cy-mail",
            "purpose": "ask",
            "level": 0,
            "possible_repeat": False,
            "outside_hours": False,
            "link_hash": "ff",
            "text_hash": "00",
            "engine": "",
            "provider": "",
        },
    )


def test_holidays_are_written_in_order() -> None:
    _, data = CODEC.encode(an_opening())
    assert data["directory"]["holidays"] == {"14": ["2026-12-25", "2026-12-26", "2027-01-01"]}


@pytest.mark.parametrize("wrap", [MappingProxyType, ChainMap])
def test_read_only_mappings_are_written_like_others(
    wrap: Callable[[dict[str, Answer]], Mapping[str, Answer]],
) -> None:
    answers: dict[str, Answer] = {
        "beds": 5,
        "room": "5",
        "none": [],
        "rows": [{"need": "tea"}],
        "days": ["Mo"],
    }
    event = Answered(
        step="ask", partner="cy", contact="cy", via=Via.PAGE, answers=answers, happened_at=AT
    )
    wrapped = Answered(
        step="ask", partner="cy", contact="cy", via=Via.PAGE, answers=wrap(answers), happened_at=AT
    )
    assert CODEC.encode(wrapped) == CODEC.encode(event)


def test_encode_refuses_what_could_not_be_read_again() -> None:
    wrong: Any = "yesterday"
    with pytest.raises(TypeError, match="This note-added could not be read again"):
        CODEC.encode(NoteAdded(text="x", happened_at=wrong))
    nothing: Any = object()
    with pytest.raises(TypeError, match="object has no place in the log"):
        CODEC.encode(AttributeSet(attribute="x", value=nothing, source="ada", happened_at=AT))


def test_encode_refuses_what_would_be_read_as_something_else() -> None:
    number: Any = "1"
    with pytest.raises(TypeError, match="This attempt-started would be read as something else"):
        CODEC.encode(an_attempt(n=number))


def test_encode_refuses_a_class_outside_the_union() -> None:
    codec = Codec([StepHeld], {})
    with pytest.raises(TypeError, match="NoteAdded is not in the Event union; add it there"):
        codec.encode(a_note())


def test_old_shapes_are_lifted_one_after_the_other() -> None:
    def renamed(data: dict[str, Any]) -> dict[str, Any]:
        return {"text": data["remark"], "day": data["day"]}

    def timed(data: dict[str, Any]) -> dict[str, Any]:
        return {"text": data["text"], "happened_at": f"{data['day']}T00:00:00Z"}

    codec = Codec([NoteAdded], {("note-added", 1): renamed, ("note-added", 2): timed})
    first = {"remark": "x", "day": "2026-12-18"}
    second = {"_schema": 2, "text": "x", "day": "2026-12-18"}
    note = NoteAdded(text="x", happened_at=AT.replace(hour=0, minute=0))
    kind, third = codec.encode(note)
    assert third == {"text": "x", "happened_at": "2026-12-18T00:00:00Z", "_schema": 3}
    for data in (first, second, third):
        assert codec.decode(kind, data) == note
        assert codec.decode_text(kind, canonical(data)) == note


def test_newer_shapes_and_kinds_name_the_cure() -> None:
    with pytest.raises(UnreachableError, match=r"kind note-added .* Install that version"):
        CODEC.decode_text("note-added", '{"_schema":2,"text":"x"}')
    with pytest.raises(UnreachableError, match=r"kind moon-landed .* Install that version"):
        CODEC.decode_text("moon-landed", "{}")
    with pytest.raises(UnreachableError, match=r"kind moon-landed .* Install that version"):
        CODEC.decode("moon-landed", {})


@pytest.mark.parametrize("text", ['{"text":"x"}', "{", '{"_schema":'])
def test_data_that_make_no_event_are_a_broken_chain(text: str) -> None:
    with pytest.raises(BrokenChainError, match=r"kind note-added cannot be read"):
        CODEC.decode_text("note-added", text)
    with pytest.raises(BrokenChainError, match=r"kind note-added cannot be read"):
        CODEC.decode("note-added", {"text": 5})
