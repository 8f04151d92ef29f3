"""Forms as authors write them: fields by id, in the order in which they are asked."""

from typing import Annotated

from pydantic import Field as PydanticField

from crisis.core.form import Field, FieldKind, Form, Option
from crisis.loading.kind_words import FieldWord
from crisis.loading.shape import FileModel
from crisis.loading.words_file import WordsFile


class FieldFile(FileModel):
    """One question."""

    kind: FieldWord = PydanticField(
        description="`band` is a rough number, `needs` a table of needs; `text` is scanned for"
        " personal data before it is stored, `countries` are codes of ISO 3166."
    )
    label: WordsFile = PydanticField(description="The question.")
    hint: WordsFile | None = PydanticField(None, description="A line below the question.")
    required: bool = PydanticField(default=False, description="Whether it must be answered.")
    options: dict[str, WordsFile] = PydanticField(
        default_factory=dict, description="The words of a choice or a list, with their labels."
    )
    guard: Annotated[bool, PydanticField(description="`no` raises a task for the lead.")] = False
    sets: Annotated[
        str | None, PydanticField(description="The attribute that this answer sets.")
    ] = None
    visible_to: list[str] = PydanticField(
        default_factory=list,
        description="Roles that may read the answer; empty: all. Without the "
        "lead's role the lead is never shown it.",
    )
    place: Annotated[
        bool, PydanticField(description="The address of a public place may stand here.")
    ] = False
    measure: Annotated[
        bool,
        PydanticField(
            description="Each entry is a measure: the dossier of the agreement lists it as open "
            "until a review, and after it if the review names it again."
        ),
    ] = False
    max_length: int = PydanticField(
        300, ge=1, le=2000, description="The longest text that is taken, in characters."
    )
    total: Annotated[
        bool,
        PydanticField(
            description="Added up over all partners and rounds, on the board and in the report: "
            "numbers as a sum, words by how often they were named."
        ),
    ] = False

    def field(self, field_id: str) -> Field:
        """Return the core value."""
        return Field(
            id=field_id,
            kind=FieldKind(self.kind),
            label=self.label.words(),
            hint=None if self.hint is None else self.hint.words(),
            required=self.required,
            options=tuple(
                Option(value=value, label=label.words()) for value, label in self.options.items()
            ),
            guard=self.guard,
            sets=self.sets,
            visible_to=tuple(self.visible_to),
            max_length=self.max_length,
            place=self.place,
            total=self.total,
            measure=self.measure,
        )


class FormFile(FileModel):
    """A named list of questions."""

    title: WordsFile = PydanticField(description="The form's heading.")
    fields: dict[str, FieldFile] = PydanticField(
        min_length=1, description="The questions, by their ids, in order."
    )

    def form(self, form_id: str) -> Form:
        """Return the core value."""
        return Form(
            id=form_id,
            title=self.title.words(),
            fields=tuple(field.field(field_id) for field_id, field in self.fields.items()),
        )
