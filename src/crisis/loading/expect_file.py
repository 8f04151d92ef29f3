"""
What a step expects, as authors write it.

    expect: acknowledgement | sign_off | report
    expect: {answer: F1}
    expect: {sign_off: {publishes: final}}
    expect: {decision: {options: {yes: {label: {de: Ja}}, …}, default: yes, default_at: T0+40m}}
"""

from typing import Annotated, Literal, assert_never

from pydantic import BeforeValidator, Discriminator, Field, Tag

from crisis.core.playbook import (
    DecisionOption,
    ExpectAcknowledgement,
    ExpectAnswer,
    Expectation,
    ExpectDecision,
    ExpectReport,
    ExpectSignOff,
)
from crisis.loading.durations import Moment
from crisis.loading.shape import FileModel, refuse
from crisis.loading.words_file import WordsFile

_WORDS = ("acknowledgement", "sign_off", "report")
_KEYS = ("answer", "decision", "sign_off")
_HINT = "write acknowledgement, sign_off, report, {answer: F1} or {decision: …}"


class OptionFile(FileModel):
    """One way a decision can come out."""

    label: WordsFile
    stands_down: Annotated[
        bool, Field(description="Choosing it ends the run as a false alarm.")
    ] = False


class DecisionFile(FileModel):
    """What is decided, and what holds if nobody decides in time."""

    options: dict[str, OptionFile] = Field(min_length=2)
    default: str = Field(description="The option that holds if nobody decides in time.")
    default_at: Moment = Field(description="The moment from which the default holds.")


class ExpectAnswerFile(FileModel):
    """A filled-in form is needed; an acknowledgement alone is not enough."""

    answer: str = Field(description="The form's id.")


class ExpectDecisionFile(FileModel):
    """A decision with a reason is needed."""

    decision: DecisionFile


class SignOffFile(FileModel):
    """What is computed once all have signed."""

    publishes: Literal["final"] = Field(description="The final report.")


class ExpectSignOffFile(FileModel):
    """Every partner must sign, and then something is published."""

    sign_off: SignOffFile


def _require_known(value: object) -> object:
    word = isinstance(value, str) and value in _WORDS
    mapping = isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _KEYS
    if not (word or mapping):
        shown = f"`{value}`" if isinstance(value, str) else "this"
        raise refuse("PB108", f"{shown} cannot be expected", _HINT)
    return value


def _tag(value: object) -> str:
    return str(next(iter(value))) if isinstance(value, dict) else "word"


ExpectFile = Annotated[
    Annotated[
        Annotated[Literal["acknowledgement", "sign_off", "report"], Tag("word")]
        | Annotated[ExpectAnswerFile, Tag("answer")]
        | Annotated[ExpectDecisionFile, Tag("decision")]
        | Annotated[ExpectSignOffFile, Tag("sign_off")],
        Discriminator(_tag),
    ],
    BeforeValidator(_require_known),
]


def to_expectation(written: ExpectFile) -> Expectation:
    """Return the core value."""
    match written:
        case "acknowledgement":
            return ExpectAcknowledgement()
        case "sign_off":
            return ExpectSignOff()
        case "report":
            return ExpectReport()
        case ExpectSignOffFile():
            return ExpectSignOff(publishes=written.sign_off.publishes)
        case ExpectAnswerFile():
            return ExpectAnswer(form=written.answer)
        case ExpectDecisionFile():
            return _decision(written.decision)
        case _:
            assert_never(written)


def _decision(written: DecisionFile) -> ExpectDecision:
    options = tuple(
        DecisionOption(id=option_id, label=option.label.words(), stands_down=option.stands_down)
        for option_id, option in written.options.items()
    )
    return ExpectDecision(options=options, default=written.default, default_at=written.default_at)
