"""
Conditions as authors write them: data, never an expression (ADR 0006).

    when: {kind_of_event: {is: [terror, extremism]}}
    when: {decided: {A04: [yes, unclear]}}
    when: {at_level: {B21: 3}}
    when:
      any:
        - {deaths: {at_least: 3}}
        - {languages: {not_empty: true}}

A condition has exactly one key, because two would leave open whether `and` or `or`
is meant.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, assert_never

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    RootModel,
    Tag,
    model_validator,
)

from crisis.core.condition import (
    AllOf,
    AnyOf,
    AtLeast,
    AtLevel,
    Condition,
    Decided,
    Is,
    IsNot,
    NotEmpty,
)
from crisis.loading.identifiers import WordList
from crisis.loading.located import Loc
from crisis.loading.shape import FileModel, refuse

_HINT = (
    "write {attribute: {is: [word]}}, {decided: {A04: [yes]}}, {at_level: {A10: 3}}, "
    "{any: […]} or {all: […]}"
)
_TEST_HINT = "write one of is, is_not, at_least, not_empty"


class ComparisonFile(FileModel):
    """What an attribute is compared with; exactly one of the four."""

    is_: WordList | None = Field(None, alias="is", description="It holds one of these words.")
    is_not: WordList | None = Field(None, description="It holds none of these words.")
    at_least: int | None = Field(None, ge=0, description="The count is at least this.")
    not_empty: Literal[True] | None = Field(None, description="The list holds something.")

    @model_validator(mode="after")
    def _exactly_one(self) -> "ComparisonFile":
        if len(self.model_fields_set) != 1:
            raise refuse("PB107", "an attribute is compared in exactly one way", _TEST_HINT)
        return self


class AnyFile(FileModel):
    """At least one of the parts is true."""

    any: "list[ConditionFile]" = Field(min_length=1, description="The parts.")


class AllFile(FileModel):
    """Every part is true."""

    all: "list[ConditionFile]" = Field(min_length=1, description="The parts.")


class DecidedFile(FileModel):
    """A decision came out as one of these options."""

    decided: dict[str, WordList] = Field(
        min_length=1, max_length=1, description="Step: option, or a list of options."
    )


class AtLevelFile(FileModel):
    """A step's ladder has reached a level: so long has somebody been silent."""

    at_level: dict[str, Annotated[int, Field(ge=1, le=4)]] = Field(
        min_length=1, max_length=1, description="Step: level of its ladder, 1 to 4."
    )


class AttributeTestFile(RootModel[dict[str, ComparisonFile]]):
    """An attribute is compared with something."""

    root: dict[str, ComparisonFile] = Field(min_length=1, max_length=1)


def _require_one_key(value: object) -> object:
    if not isinstance(value, dict) or len(value) != 1:
        raise refuse("PB107", "a condition is a mapping with exactly one key", _HINT)
    return value


def _tag(value: dict[str, object]) -> str:
    key = next(iter(value))
    return key if key in {"any", "all", "decided", "at_level"} else "attribute"


ConditionFile = Annotated[
    Annotated[
        Annotated[AnyFile, Tag("any")]
        | Annotated[AllFile, Tag("all")]
        | Annotated[DecidedFile, Tag("decided")]
        | Annotated[AtLevelFile, Tag("at_level")]
        | Annotated[AttributeTestFile, Tag("attribute")],
        Discriminator(_tag),
    ],
    BeforeValidator(_require_one_key),
]


def to_condition(written: ConditionFile | None) -> Condition | None:
    """Return the core value of a condition; None stays None."""
    match written:
        case None:
            return None
        case AnyFile():
            return AnyOf(parts=_parts(written.any))
        case AllFile():
            return AllOf(parts=_parts(written.all))
        case DecidedFile():
            ((step, options),) = written.decided.items()
            return Decided(step=step, options=tuple(options))
        case AtLevelFile():
            ((step, level),) = written.at_level.items()
            return AtLevel(step=step, level=level)
        case AttributeTestFile():
            ((attribute, test),) = written.root.items()
            return _comparison(attribute, test)
        case _:
            assert_never(written)


LeafFile = DecidedFile | AtLevelFile | AttributeTestFile


def leaves(written: ConditionFile | None, loc: Loc) -> Iterator[tuple[Loc, LeafFile]]:
    """Yield every comparison in a condition with its way down in the file."""
    match written:
        case AnyFile():
            for index, part in enumerate(written.any):
                yield from leaves(part, (*loc, "any", index))
        case AllFile():
            for index, part in enumerate(written.all):
                yield from leaves(part, (*loc, "all", index))
        case DecidedFile() | AtLevelFile() | AttributeTestFile():
            yield loc, written
        case _:
            return


def joined(*conditions: Condition | None) -> Condition | None:
    """Return one condition that is true when all of these are; None counts as true."""
    parts = tuple(condition for condition in conditions if condition is not None)
    if len(parts) > 1:
        return AllOf(parts=parts)
    return parts[0] if parts else None


def _parts(written: list[ConditionFile]) -> tuple[Condition, ...]:
    parts = (to_condition(part) for part in written)
    return tuple(part for part in parts if part is not None)


def _comparison(attribute: str, test: ComparisonFile) -> Condition:
    if test.is_ is not None:
        return Is(attribute=attribute, values=tuple(test.is_))
    if test.is_not is not None:
        return IsNot(attribute=attribute, values=tuple(test.is_not))
    if test.at_least is not None:
        return AtLeast(attribute=attribute, number=test.at_least)
    return NotEmpty(attribute=attribute)
