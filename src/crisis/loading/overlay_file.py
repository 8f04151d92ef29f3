"""
What an overlay holds: how a region shapes a playbook (S5.9, `playbooks.md` §7.3).

An overlay adds, binds and tightens. Its steps have the keys of a step, all of them
optional; which changes are permitted is said in `overlay_checks`.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from crisis.loading.attribute_file import AttributeFile
from crisis.loading.binding_file import BindingText
from crisis.loading.form_file import FormFile
from crisis.loading.identifiers import Day, Name, Region, Role, Slug, StepId, Version, WordList
from crisis.loading.ladder_file import RungList
from crisis.loading.profile_file import ProfileFile
from crisis.loading.shape import FileModel
from crisis.loading.step_file import StepFile
from crisis.loading.words_file import WordsFile


class ChangeFile(FileModel):
    """What a region changes in a step of the playbook."""

    id: StepId = Field(description="The step of the playbook that changes here.")
    reason: WordsFile | None = Field(
        None,
        description="Why a deadline is longer here, in at least 20 characters; the report tells.",
    )
    ask_also: WordsFile | None = Field(
        None, description="One sentence more at the end of the message."
    )


def _loosened(name: str, model: type[FileModel], base: type[FileModel], *, doc: str) -> Any:  # noqa: ANN401 -- a class made here has no type of its own
    """Return a shape with the keys of a model, none of them needed."""
    hints = get_type_hints(model, include_extras=True)
    fields: dict[str, Any] = {
        key: (Annotated[hints[key] | None, _described(field)], None)
        for key, field in model.model_fields.items()
        if key not in base.model_fields
    }
    return create_model(name, __base__=base, __doc__=doc, **fields)


def _described(field: FieldInfo) -> Any:  # noqa: ANN401 -- pydantic's own type of `Field`
    return Field(description=field.description)


if TYPE_CHECKING:
    StepChangeFile = ChangeFile
    ProfileChangeFile = FileModel
    FormChangeFile = FileModel
else:
    StepChangeFile = _loosened("StepChangeFile", StepFile, ChangeFile, doc=ChangeFile.__doc__)
    ProfileChangeFile = _loosened(
        "ProfileChangeFile", ProfileFile, FileModel, doc="A new profile, or what one gains here."
    )
    FormChangeFile = _loosened(
        "FormChangeFile", FormFile, FileModel, doc="A new form, or what one asks more here."
    )


class AddedStepFile(StepFile):
    """A step that only this region has."""

    phase: Slug = Field(description="The phase that it is added to, at its end.")


class OverlayFile(FileModel):
    """How a region shapes one playbook or several."""

    id: Slug = Field(description="The file's name without `.yaml`.")
    overlay_of: WordList = Field(description="The playbook that it is laid over, or several.")
    version: Version = Field(description="Three numbers, such as `1.0.0`.")
    title: WordsFile = Field(description="What people call it.")
    region: Region = Field(
        description="Where it holds: an official key (AGS) of 2, 5 or 8 digits in quotes,"
        ' `"00"` for the federation.'
    )
    status: Literal["draft", "reviewed", "released"] = Field(
        "released",
        description="How far it has come: `draft` in the district, `reviewed` by the Land, "
        "`released`. Before that it counts in exercises only.",
    )
    review_by: Day | None = Field(None, description="The day by which it must be reviewed.")
    begun_by: list[Role] = Field(
        default_factory=list,
        description="Roles at whose word a run may be opened here too, beside the playbook's.",
    )
    agreements: list[str] = Field(
        default_factory=list, description="Agreements that count here too, beside the playbook's."
    )
    bind: dict[Role, BindingText] = Field(
        default_factory=dict, description="Who holds a role here, by ids of units in contacts/."
    )
    must_not: dict[Role, WordList] = Field(
        default_factory=dict,
        description="What whoever holds a role must not do, beside what contacts/ say.",
    )
    attributes: dict[Name, AttributeFile] = Field(
        default_factory=dict, description="Facts that only this region asks for."
    )
    ladders: dict[Name, RungList] = Field(
        default_factory=dict, description="Ladders, new or quicker ones."
    )
    profiles: dict[Name, ProfileChangeFile] = Field(
        default_factory=dict, description="Channel profiles, new ones or more channels."
    )
    forms: dict[Name, FormChangeFile] = Field(
        default_factory=dict, description="Forms, new ones or more questions."
    )
    order: dict[Slug, list[StepId]] = Field(
        default_factory=dict,
        description="By phase the steps that come first; the others follow as they were.",
    )
    without: list[StepId] = Field(
        default_factory=list, description="Optional steps that do not apply here."
    )
    steps: list[StepChangeFile] = Field(
        default_factory=list, description="What changes in steps of the playbook."
    )
    added: list[AddedStepFile] = Field(
        default_factory=list, description="Steps that only this region has."
    )
