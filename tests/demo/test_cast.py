"""Who answers when in the demo; the same every time."""

from datetime import timedelta

from crisis.core.form import Field, FieldKind, Form, Option
from crisis.core.words import Words
from crisis.demo import cast
from crisis.demo.cast import Call, Reaction


def test_silent_partner_never_reacts() -> None:
    assert cast.reaction_to("A16", "krs-dresden", first=True, decides=False) is None
    assert cast.reaction_to("A16", "krs-dresden", first=False, decides=False) is None


def test_only_the_first_contact_decides() -> None:
    decision = cast.reaction_to("A04", "ob-l-sachsen", first=True, decides=True)

    assert decision is not None
    assert decision.buttons == ("decide",)
    assert cast.reaction_to("A04", "ob-l-sachsen", first=False, decides=True) is None


def test_deputy_answers_where_the_first_contact_is_silent() -> None:
    assert cast.reaction_to("A12", "ohs-sachsen", first=True, decides=False) is None
    assert cast.reaction_to("A12", "ohs-sachsen", first=False, decides=False) == Reaction(
        after=timedelta(minutes=2), buttons=("acknowledge",)
    )


def test_one_community_declines_and_the_other_partner_of_the_step_does_not() -> None:
    declines = cast.reaction_to("A26", "rel-dresden", first=True, decides=False)
    accepts = cast.reaction_to("A26", "raa-opferberatung", first=True, decides=False)

    assert declines is not None
    assert accepts is not None
    assert declines.buttons == ("decline",)
    assert accepts.buttons == ("acknowledge", "answer", "sign")


def test_reactions_are_the_same_every_time() -> None:
    partners = [f"partner-{number}" for number in range(40)]

    once = [cast.reaction_to("A40", name, first=True, decides=False) for name in partners]
    again = [cast.reaction_to("A40", name, first=True, decides=False) for name in partners]

    assert once == again
    assert len({reaction.after for reaction in once if reaction}) > 1


def test_first_number_of_the_federal_unit_is_wrong_and_the_second_right() -> None:
    assert cast.call_about("A15", "kobe-dienst", n=1) == Call(
        after=timedelta(), result="wrong-number"
    )
    assert cast.call_about("A15", "kobe-dienst", n=2) == Call(
        after=timedelta(minutes=3), result="reached"
    )
    assert cast.call_about("A16", "krs-dresden-stab", n=1) is None


def test_dictated_answer_says_yes_and_fills_what_is_required() -> None:
    words = Words(de="?")
    form = Form(
        id="F",
        title=words,
        fields=(
            Field(id="room", kind=FieldKind.TRISTATE, label=words),
            Field(id="present", kind=FieldKind.LIST, label=words, required=True),
            Field(
                id="position",
                kind=FieldKind.CHOICE,
                label=words,
                required=True,
                options=(Option(value="agreed", label=words),),
            ),
            Field(id="who", kind=FieldKind.TEXT, label=words, required=True),
            Field(id="remark", kind=FieldKind.TEXT, label=words),
        ),
    )

    assert cast.dictated(form) == {
        "room": "yes",
        "present": ["Verbindungsfunktion"],
        "position": "agreed",
        "who": "wie besprochen",
    }


def test_dictated_answer_is_never_empty() -> None:
    words = Words(de="?")
    form = Form(
        id="F", title=words, fields=(Field(id="thanks", kind=FieldKind.TEXT, label=words),)
    )

    assert cast.dictated(form) == {"thanks": "wie besprochen"}
