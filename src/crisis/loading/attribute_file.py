"""Attributes of an incident as authors write them."""

from typing import Annotated, Literal

from pydantic import Field

from crisis.core.playbook import Attribute, AttributeKind
from crisis.loading.shape import FileModel
from crisis.loading.words_file import WordsFile

TRISTATE = ("yes", "no", "unknown")


class AttributeFile(FileModel):
    """A fact about the incident that arrives late and changes."""

    kind: Literal["choice", "tristate", "count", "list", "region"] = Field(
        description="`tristate` is yes, no or unknown; a `count` keeps every value with its"
        " source."
    )
    label: WordsFile = Field(description="What people call it.")
    values: list[str] = Field(default_factory=list, description="The words of a choice or a list.")
    labels: dict[str, WordsFile] = Field(
        default_factory=dict,
        description="What people read for a word of `values`; a form's option that sets the"
        " attribute gives its own, words without either are shown as they are.",
    )
    initial: Annotated[str | None, Field(description="The value at opening.")] = None
    if_planned: Annotated[
        str | None, Field(description="The value at opening where T0 lies ahead.")
    ] = None
    definition: Annotated[
        WordsFile | None,
        Field(
            description="What a count counts, and what not; numbers of two kinds are two counts."
        ),
    ] = None
    safety: Annotated[
        bool, Field(description="Counts as true while unknown in the first twelve hours.")
    ] = False

    def attribute(self, attribute_id: str) -> Attribute:
        """Return the core value."""
        return Attribute(
            id=attribute_id,
            kind=AttributeKind(self.kind),
            label=self.label.words(),
            values=self.words,
            initial=self.initial,
            safety=self.safety,
            definition=None if self.definition is None else self.definition.words(),
            if_planned=self.if_planned,
            labels={word: label.words() for word, label in self.labels.items()},
        )

    @property
    def words(self) -> tuple[str, ...]:
        """The words it can hold; empty where it holds a number or any region."""
        return TRISTATE if self.kind == "tristate" else tuple(self.values)
