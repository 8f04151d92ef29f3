"""A form as the template draws it."""

from crisis.core.form import Field, FieldKind, Form
from crisis.core.playbook import Attribute, AttributeKind
from crisis.core.words import Words
from crisis.web.form_view import form_view
from crisis.web.texts import texts

INJURED = Words(de="Verletzte", en="Injured")
ASKED = Field(id="how_many", kind=FieldKind.COUNT, label=INJURED, sets="injured")
HINT = Words(de="Leer lassen, solange sie offen ist.", en="Leave empty while it is open.")
KNOWN = Attribute(
    id="injured",
    kind=AttributeKind.COUNT,
    label=INJURED,
    definition=Words(de="behandelt, stationär oder ambulant", en="treated, in hospital or not"),
)


def shown(field: Field, *attributes: Attribute, error: str = "") -> tuple[object, object]:
    form = Form(id="F1", title=INJURED, fields=(field,))
    errors = {field.id: error} if error else {}
    view = form_view(form, {}, errors, say=texts("de"), attributes=attributes)
    fields = view["fields"]
    assert isinstance(fields, list)
    (drawn,) = fields
    return drawn["hint"], drawn["described_by"]


def test_question_says_what_is_counted() -> None:
    assert shown(ASKED, KNOWN) == (
        "Gezählt wird: behandelt, stationär oder ambulant",
        "f-how_many-hint",
    )


def test_hint_of_the_question_comes_before_what_is_counted() -> None:
    hinted = Field(id="how_many", kind=FieldKind.COUNT, label=INJURED, sets="injured", hint=HINT)

    assert shown(hinted, KNOWN, error="Bitte eine Zahl.") == (
        "Leer lassen, solange sie offen ist. Gezählt wird: behandelt, stationär oder ambulant",
        "f-how_many-hint f-how_many-error",
    )


def test_question_that_sets_nothing_has_its_own_hint_only() -> None:
    plain = Field(id="injured", kind=FieldKind.COUNT, label=INJURED)

    assert shown(plain, KNOWN) == ("", "")
