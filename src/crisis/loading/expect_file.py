"""
What a step expects, as authors write it.

    expect: acknowledgement | sign_off | both_confirm | report | nothing
    expect: {answer: F1}
    expect: {answer: REPLY, to: W04}
    expect: {sign_off: {publishes: final}}
    expect: {sign_off: {publishes: {de: Erste Information, en: First information}}}
    expect: {both_confirm: [PSNV-L, [OHS, WR]]}
    expect: {decision: {options: {yes: {label: {de: Ja}}, …}, default: yes, default_at: T0+40m}}
"""

from collections.abc import Mapping
from typing import Annotated, Literal, assert_never

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from crisis.core.playbook import (
    DecisionOption,
    ExpectAcknowledgement,
    ExpectAnswer,
    Expectation,
    ExpectBothConfirm,
    ExpectDecision,
    ExpectNothing,
    ExpectReport,
    ExpectSignOff,
)
from crisis.loading.durations import Moment
from crisis.loading.shape import FileModel, refuse
from crisis.loading.words_file import WordsFile

_WORDS = ("acknowledgement", "sign_off", "both_confirm", "report", "nothing")
_KEYS = ("answer", "decision", "sign_off", "both_confirm")
_SHAPES = (*((key,) for key in _KEYS), ("answer", "to"))
_HINT = (
    "write acknowledgement, sign_off, both_confirm, report, nothing, {answer: F1} or {decision: …}"
)


class OptionFile(FileModel):
    """One way a decision can come out."""

    label: WordsFile = Field(description="What the button says.")
    stands_down: Annotated[
        bool, Field(description="Choosing it ends the run as a false alarm.")
    ] = False


class DecisionFile(FileModel):
    """What is decided, and what holds if nobody decides in time."""

    options: dict[str, OptionFile] = Field(
        min_length=2, description="The ways it can come out, by their ids; two or more."
    )
    default: str = Field(description="The option that holds if nobody decides in time.")
    default_at: Moment = Field(description="The moment from which the default holds.")


class ExpectAnswerFile(FileModel):
    """A filled-in form is needed; an acknowledgement alone is not enough."""

    answer: str = Field(description="The form's id.")
    to: str | None = Field(
        None, description="The step whose answers this one owes a reply to, such as feedback."
    )


class ExpectDecisionFile(FileModel):
    """A decision with a reason is needed."""

    decision: DecisionFile = Field(description="What is decided.")


class SignOffFile(FileModel):
    """What is published once all have signed."""

    publishes: Annotated[
        Annotated[Literal["final"], Tag("word")] | Annotated[WordsFile, Tag("words")],
        Discriminator(lambda value: "words" if isinstance(value, dict) else "word"),
    ] = Field(
        description="What nobody publishes before all have signed, in words; `final` is the "
        "final report, which the house then computes."
    )


class ExpectSignOffFile(FileModel):
    """Every partner must sign, and then something is published."""

    sign_off: SignOffFile = Field(description="What happens once all have signed.")


def _as_roles(value: object) -> object:
    return [value] if isinstance(value, str) else value


SideFile = Annotated[
    list[str],
    Field(min_length=1),
    BeforeValidator(_as_roles),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    ),
]


class ExpectBothFile(FileModel):
    """Two sides confirm to each other; a side may be held by several roles."""

    both_confirm: list[SideFile] = Field(
        min_length=2,
        max_length=2,
        description="The two sides: a role each, or a list of roles of which one confirms.",
    )


def _require_known(value: object) -> object:
    word = isinstance(value, str) and value in _WORDS
    mapping = isinstance(value, dict) and _shape(value) in _SHAPES
    if not (word or mapping):
        shown = f"`{value}`" if isinstance(value, str) else "this"
        raise refuse("PB108", f"{shown} cannot be expected", _HINT)
    return value


def _shape(value: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(value))


def _tag(value: object) -> str:
    return _shape(value)[0] if isinstance(value, dict) else "word"


ExpectFile = Annotated[
    Annotated[
        Annotated[
            Literal["acknowledgement", "sign_off", "both_confirm", "report", "nothing"],
            Tag("word"),
        ]
        | Annotated[ExpectAnswerFile, Tag("answer")]
        | Annotated[ExpectDecisionFile, Tag("decision")]
        | Annotated[ExpectSignOffFile, Tag("sign_off")]
        | Annotated[ExpectBothFile, Tag("both_confirm")],
        Discriminator(_tag),
    ],
    BeforeValidator(_require_known),
]


def to_expectation(written: ExpectFile, *, roles: tuple[str, ...]) -> Expectation:
    """Return the core value; `roles` are those the step asks."""
    if isinstance(written, str):
        words: dict[str, Expectation] = {
            "acknowledgement": ExpectAcknowledgement(),
            "sign_off": ExpectSignOff(),
            "both_confirm": ExpectBothConfirm(sides=(roles[:1], roles[1:])),
            "report": ExpectReport(),
            "nothing": ExpectNothing(),
        }
        return words[written]
    match written:
        case ExpectSignOffFile():
            return _sign_off(written.sign_off)
        case ExpectBothFile():
            one, other = (tuple(side) for side in written.both_confirm)
            return ExpectBothConfirm(sides=(one, other))
        case ExpectAnswerFile():
            return ExpectAnswer(form=written.answer, replies_to=written.to or "")
        case ExpectDecisionFile():
            return _decision(written.decision)
        case _:
            assert_never(written)


def _sign_off(written: SignOffFile) -> ExpectSignOff:
    if written.publishes == "final":
        return ExpectSignOff(publishes="final")
    return ExpectSignOff(what=written.publishes.words())


def _decision(written: DecisionFile) -> ExpectDecision:
    options = tuple(
        DecisionOption(id=option_id, label=option.label.words(), stands_down=option.stands_down)
        for option_id, option in written.options.items()
    )
    return ExpectDecision(options=options, default=written.default, default_at=written.default_at)
