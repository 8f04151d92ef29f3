"""`name=value` by the kinds of attributes and fields."""

import pytest

from crisis.cli.assignment import allowed, read_answers, read_attributes
from crisis.cli.moment import EXAMPLES
from crisis.core.form import Field, FieldKind, Form
from crisis.core.playbook import Attribute, AttributeKind
from crisis.core.words import Words
from crisis.errors import NotFoundError, UsageError
from tests.builders import T0

NAME = Words(de="Merkmal", en="Attribute")
ATTRIBUTES = (
    Attribute(id="kind", kind=AttributeKind.CHOICE, label=NAME, values=("crime", "accident")),
    Attribute(id="suspected", kind=AttributeKind.TRISTATE, label=NAME),
    Attribute(id="injured", kind=AttributeKind.COUNT, label=NAME),
    Attribute(id="languages", kind=AttributeKind.LIST, label=NAME),
    Attribute(id="second_place", kind=AttributeKind.REGION, label=NAME),
)
FORM = Form(
    id="F1",
    title=NAME,
    fields=(
        Field(id="open", kind=FieldKind.TRISTATE, label=NAME),
        Field(id="number", kind=FieldKind.COUNT, label=NAME),
        Field(id="tongues", kind=FieldKind.LIST, label=NAME),
        Field(id="needs", kind=FieldKind.NEEDS, label=NAME),
    ),
)
TIMED = Form(
    id="T",
    title=NAME,
    fields=tuple(Field(id=one, kind=FieldKind.TIME, label=NAME) for one in ("at", "until")),
)


def test_read_attributes_gives_each_kind_its_value() -> None:
    given = (
        "kind=crime",
        "suspected = no",
        "injured=12",
        "languages=de, pl,,en",
        "second_place=14626",
    )

    assert read_attributes(given, ATTRIBUTES) == {
        "kind": "crime",
        "suspected": "no",
        "injured": 12,
        "languages": ("de", "pl", "en"),
        "second_place": "14626",
    }


def test_read_attributes_lists_every_mistake_with_what_is_allowed() -> None:
    given = (
        "kind=war",
        "suspected=maybe",
        "injured=-1",
        "second_place=Paris",
        "injured=3",
        "languages",
        "colour=red",
    )

    with pytest.raises(UsageError) as refused:
        read_attributes(given, ATTRIBUTES)

    assert str(refused.value).splitlines() == [
        "`kind` cannot be `war`; it takes crime | accident",
        "`suspected` cannot be `maybe`; it takes yes | no | unknown",
        "`injured` cannot be `-1`; it takes a whole number from 0",
        (
            "`second_place` cannot be `Paris`; it takes an official key of 2, 5 or 8 digits,"
            " such as 14612"
        ),
        "`injured` is given twice; give it once",
        "`languages` is no assignment; write name=value",
        (
            "there is no attribute `colour`; there are: kind, suspected, injured, languages,"
            " second_place"
        ),
    ]


def test_read_attributes_reports_unknown_names_as_not_found() -> None:
    with pytest.raises(NotFoundError) as missing:
        read_attributes(("colour=red",), ())

    assert str(missing.value) == "there is no attribute `colour`; there are: none at all"


def test_allowed_says_what_each_kind_takes() -> None:
    assert [allowed(attribute) for attribute in ATTRIBUTES] == [
        "crime | accident",
        "yes | no | unknown",
        "a whole number from 0",
        "words separated by commas",
        "an official key of 2, 5 or 8 digits, such as 14612",
    ]


def test_read_answers_gives_each_field_its_kind_and_leaves_judging_to_the_core() -> None:
    given = ("open=perhaps", "number=many", "tongues=de,pl")

    assert read_answers(given, FORM, now=T0) == {
        "open": "perhaps",
        "number": "many",
        "tongues": ["de", "pl"],
    }
    assert read_answers(("number= 7 ",), FORM, now=T0) == {"number": 7}


def test_read_answers_refuses_tables_and_unknown_fields() -> None:
    with pytest.raises(UsageError) as refused:
        read_answers(("needs=all", "colour=red"), FORM, now=T0)

    assert str(refused.value).splitlines() == [
        "`needs` is a table; give it in a file with --file answers.yaml",
        "form `F1` has no field `colour`; there are: open, number, tongues, needs",
    ]


@pytest.mark.parametrize("text", ["18.12.2026 20:30", "2026-12-18 20:30", "2026-12-18T19:30Z"])
def test_a_moment_is_kept_as_the_pages_keep_it(text: str) -> None:
    assert read_answers((f"at={text}",), TIMED, now=T0) == {"at": "2026-12-18T19:30:00+00:00"}


@pytest.mark.parametrize("text", ["31.12.2026", "2026-12-31"])
def test_a_day_is_kept_as_the_pages_keep_it(text: str) -> None:
    form = Form(id="D", title=NAME, fields=(Field(id="day", kind=FieldKind.DATE, label=NAME),))

    assert read_answers((f"day={text}",), form, now=T0) == {"day": "2026-12-31"}


def test_moments_that_are_none_are_all_told() -> None:
    given = ("at=bald", "until=2026-10-25 02:30")

    with pytest.raises(UsageError) as refused:
        read_answers(given, TIMED, now=T0)

    assert str(refused.value).splitlines() == [
        f"`at`: `bald` is no moment. Write {EXAMPLES}.",
        (
            "`until`: `2026-10-25 02:30` comes twice: the clocks change that night."
            " Write the offset: 2026-10-25T02:30:00+01:00 or 2026-10-25T02:30:00+02:00."
        ),
    ]
