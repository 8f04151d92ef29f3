"""Forms as authors write them: fields by id, in the order in which they are asked."""

from typing import Annotated, Literal

from pydantic import Field as PydanticField

from crisis.core.form import Field, FieldKind, Form, Option
from crisis.loading.shape import FileModel
from crisis.loading.words_file import WordsFile

Kind = Literal["tristate", "choice", "band", "count", "text", "time", "list", "needs"]


class FieldFile(FileModel):
    """One question."""

    kind: Kind
    label: WordsFile
    hint: WordsFile | None = None
    required: bool = False
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
    max_length: Annotated[int, PydanticField(ge=1, le=2000)] = 300

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
        )


class FormFile(FileModel):
    """A named list of questions."""

    title: WordsFile
    fields: dict[str, FieldFile] = PydanticField(min_length=1)

    def form(self, form_id: str) -> Form:
        """Return the core value."""
        return Form(
            id=form_id,
            title=self.title.words(),
            fields=tuple(field.field(field_id) for field_id, field in self.fields.items()),
        )
