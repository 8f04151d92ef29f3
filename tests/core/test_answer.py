"""Every fault of a form at once, beside its field, in words for the person who filled it in."""

import pytest

from crisis.core.answer import MOST_ROWS, Fault, choices, faults, free_text_faults, guards_refused
from crisis.core.form import Answer, Field, FieldKind, Form, Option
from crisis.core.words import Words

NEED = {"group": "support", "code": "dolmetschen", "band": "5-19"}
CHOOSE_TRISTATE = Words(
    de="Bitte wählen: ja (yes), nein (no), noch offen (unknown).",
    en="Please choose: yes, no, not known yet (unknown).",
)
WHOLE_NUMBER = Words(
    de="Bitte eine ganze Zahl ab 0 eingeben oder das Feld leer lassen, wenn sie offen ist.",
    en="Please enter a whole number from 0, or leave the field empty while it is not known.",
)


def a_field(kind: FieldKind, **changes: object) -> Field:
    return Field(id="q", kind=kind, label=Words(de="Frage"), **changes)  # type: ignore[arg-type]  # -- passed on


def found(field: Field, answer: Answer) -> list[Fault]:
    form = Form(id="F", title=Words(de=""), fields=(field,))
    return list(faults(form, {"q": answer}))


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("answer", ["", "?", 1, ["?"]], ids=repr)
def test_every_kind_of_field_judges_whatever_it_is_given(kind: FieldKind, answer: Answer) -> None:
    assert all(fault.field.startswith("q") for fault in found(a_field(kind), answer))


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        (a_field(FieldKind.TRISTATE), "unknown"),
        (a_field(FieldKind.BAND), "100+"),
        (
            a_field(FieldKind.CHOICE, options=(Option(value="a", label=Words(de="A")),)),
            "a",
        ),
        (a_field(FieldKind.COUNT), 0),
        (a_field(FieldKind.TEXT), "Ruhiger Raum im Erdgeschoss"),
        (a_field(FieldKind.TEXT, place=True), "Schulstraße 12"),
        (a_field(FieldKind.TIME), "2026-12-18T19:50:00+00:00"),
        (a_field(FieldKind.LIST), ["Dari", "Arabisch"]),
        (a_field(FieldKind.NEEDS), [NEED]),
        (a_field(FieldKind.NEEDS, required=False), []),
        (a_field(FieldKind.TEXT, required=False), ""),
    ],
)
def test_good_answer_has_no_fault(field: Field, answer: Answer) -> None:
    assert found(field, answer) == []


@pytest.mark.parametrize(
    ("field", "answer", "words"),
    [
        (a_field(FieldKind.TRISTATE), "maybe", CHOOSE_TRISTATE),
        (a_field(FieldKind.TRISTATE), ["yes"], CHOOSE_TRISTATE),
        (
            a_field(FieldKind.BAND),
            "3",
            Words(
                de="Bitte wählen: 1-4, 5-19, 20-99, 100+.",
                en="Please choose: 1-4, 5-19, 20-99, 100+.",
            ),
        ),
        (
            a_field(
                FieldKind.CHOICE,
                options=(
                    Option(value="green", label=Words(de="grün", en="green")),
                    Option(value="none", label=Words(de="keine")),
                ),
            ),
            "purple",
            Words(
                de="Bitte wählen: grün (green), keine (none).",
                en="Please choose: green, keine (none).",
            ),
        ),
        (a_field(FieldKind.COUNT), -1, WHOLE_NUMBER),
        (a_field(FieldKind.COUNT), "drei", WHOLE_NUMBER),
        (a_field(FieldKind.COUNT), True, WHOLE_NUMBER),
        *(
            (
                a_field(FieldKind.TIME),
                text,
                Words(
                    de="Bitte tragen Sie Tag und Uhrzeit ein, zum Beispiel 18.12.2026 20:30.",
                    en="Please enter day and time, for example 18.12.2026 20:30.",
                ),
            )
            for text in ("20:50", "bald", "2026-12-18T20:50:00")
        ),
        (
            a_field(FieldKind.TEXT),
            3,
            Words(de="Bitte einen Text eingeben.", en="Please enter a text."),
        ),
        (
            a_field(FieldKind.TEXT, max_length=5),
            "sechs!",
            Words(
                de="Bitte höchstens 5 Zeichen (jetzt 6).",
                en="Please at most 5 characters (now 6).",
            ),
        ),
        (
            a_field(FieldKind.LIST),
            "Dari",
            Words(
                de="Bitte höchstens 50 Einträge, einen je Zeile.",
                en="Please at most 50 entries, one a line.",
            ),
        ),
        (
            a_field(FieldKind.NEEDS),
            [NEED] * (MOST_ROWS + 1),
            Words(de="Bitte höchstens 50 Bedarfe.", en="Please at most 50 needs."),
        ),
        (
            a_field(FieldKind.NEEDS),
            [NEED, "zwei Betten"],
            Words(de="Zeile 2: unlesbar.", en="Row 2: unreadable."),
        ),
        (
            a_field(FieldKind.NEEDS),
            [NEED | {"name": "x"}],
            Words(de="Zeile 1: unbekannte Spalte name.", en="Row 1: unknown column name."),
        ),
        (
            a_field(FieldKind.NEEDS),
            [NEED | {"band": "3"}],
            Words(
                de="Zeile 1: bitte wählen: 1-4, 5-19, 20-99, 100+.",
                en="Row 1: please choose: 1-4, 5-19, 20-99, 100+.",
            ),
        ),
        (
            a_field(FieldKind.NEEDS),
            [NEED | {"group": ""}],
            Words(
                de="Zeile 1: bitte wählen: Information, Unterstützung (support), "
                "Schutz (protection), Beteiligung (participation).",
                en="Row 1: please choose: information, support, protection, participation.",
            ),
        ),
        (
            a_field(FieldKind.TEXT, required=True),
            "",
            Words(de="Bitte beantworten.", en="Please answer this."),
        ),
    ],
)
def test_fault_says_what_to_write_instead(field: Field, answer: Answer, words: Words) -> None:
    assert found(field, answer) == [Fault(field="q", words=words)]


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        (a_field(FieldKind.TEXT), "Frau Müller, 030 23125 123"),
        (a_field(FieldKind.LIST), ["Dari", "Frau Müller, 030 23125 123"]),
        (a_field(FieldKind.NEEDS), [NEED | {"promised_by": "Frau Müller, 030 23125 123"}]),
    ],
)
def test_person_in_a_text_is_refused_wherever_it_stands(field: Field, answer: Answer) -> None:
    assert found(field, answer) == [
        Fault(
            field="q",
            words=Words(
                de="Der Text scheint eine Telefonnummer und einen Personennamen zu enthalten und "
                "wurde nicht gespeichert. Bitte nur Zahlen und Bedarfe nennen, keine Angaben zu "
                "Personen.",
                en="The text seems to hold a telephone number and a person's name and was not "
                "stored. Please give numbers and needs only, nothing about persons.",
            ),
            personal=True,
        )
    ]


def test_every_fault_of_a_form_is_found_at_once() -> None:
    form = Form(
        id="F",
        title=Words(de=""),
        fields=(
            Field(id="room", kind=FieldKind.TRISTATE, label=Words(de=""), required=True),
            Field(id="deaths", kind=FieldKind.COUNT, label=Words(de="")),
            Field(id="remark", kind=FieldKind.TEXT, label=Words(de=""), max_length=3),
        ),
    )

    wrong = faults(form, {"deaths": -1, "remark": "Herr Meier", "z": "1", "b": "2"})

    assert [(fault.field, fault.personal) for fault in wrong] == [
        ("b", False),
        ("z", False),
        ("room", False),
        ("deaths", False),
        ("remark", False),
        ("remark", True),
    ]
    assert wrong[0].words == Words(
        de="Diese Frage gibt es nicht.", en="There is no such question."
    )


def test_only_guards_answered_with_no_are_refused() -> None:
    fields = tuple(
        Field(id=name, kind=FieldKind.TRISTATE, label=Words(de=""), guard=name != "plain")
        for name in ("first", "second", "third", "plain")
    )
    answers = {"first": "no", "second": "yes", "plain": "no"}

    assert guards_refused(Form(id="F", title=Words(de=""), fields=fields), answers) == ("first",)


def test_free_text_may_be_long_but_not_endless() -> None:
    assert free_text_faults("reason", "x" * 1000) == ()
    assert [f.field for f in free_text_faults("reason", "x" * 1001)] == ["reason"]


def test_fields_without_fixed_choices_have_none() -> None:
    assert choices(a_field(FieldKind.TEXT)) == ()
