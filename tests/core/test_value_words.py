"""What people read for the words that attributes hold."""

from dataclasses import replace

import pytest

from crisis.core.condition import Value
from crisis.core.form import Field, FieldKind, Form, Option
from crisis.core.playbook import Attribute, AttributeKind, Playbook
from crisis.core.value_words import attribute_label, value_text, word_label
from crisis.core.words import Words
from tests.builders import a_playbook

DANGER = Attribute(
    id="danger",
    kind=AttributeKind.CHOICE,
    label=Words(de="Gefährdung", en="Danger"),
    values=("low", "high", "other"),
    labels={"low": Words(de="niedrig", en="low level")},
)


def a_rail_book() -> Playbook:
    asked = Field(
        id="where",
        kind=FieldKind.CHOICE,
        label=Words(de="Wo?"),
        options=(
            Option(value="low", label=Words(de="von der Frage", en="of the question")),
            Option(value="high", label=Words(de="hoch", en="high level")),
        ),
        sets="danger",
    )
    form = Form(id="F9", title=Words(de="Frage"), fields=(asked,))
    return replace(a_playbook(), attributes=(DANGER,), forms=(form,))


@pytest.mark.parametrize(
    ("value", "de", "en"),
    [
        ("low", "niedrig", "low level"),
        ("high", "hoch", "high level"),
        ("other", "other", "other"),
        ("unknown", "noch unbekannt", "not known yet"),
        (3, "3", "3"),
        (("low", "pl"), "niedrig, pl", "low level, pl"),
        ((), "keine", "none"),
    ],
)
def test_own_label_comes_before_that_of_a_question(value: Value, de: str, en: str) -> None:
    playbook = a_rail_book()

    said = [value_text(playbook, "danger", value, language=one) for one in ("de", "en")]

    assert said == [de, en]


def test_kind_of_event_is_called_as_in_messages() -> None:
    assert word_label(a_playbook(), "kind_of_event", "mass_accident").de == "Massenunfall"


def test_attribute_that_nobody_knows_reads_as_its_id() -> None:
    playbook = a_rail_book()

    assert attribute_label(playbook, "danger").in_language("en") == "Danger"
    assert attribute_label(playbook, "nothing").in_language("en") == "nothing"
    assert word_label(playbook, "nothing", "word").de == "word"
