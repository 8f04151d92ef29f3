"""
What a playbook file holds, and the core value that it becomes.

`playbook_loader` reads one file, checks it and calls `to_playbook`.
"""

from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field

from crisis.core.layer import Binding, MustNot
from crisis.core.playbook import Lead, Playbook, PlaybookKind
from crisis.loading.attribute_file import AttributeFile
from crisis.loading.binding_file import BindingText, to_binding
from crisis.loading.form_file import FormFile
from crisis.loading.identifiers import (
    Day,
    Name,
    OccasionId,
    Region,
    Role,
    Slug,
    StepId,
    Version,
    WordList,
)
from crisis.loading.ladder_file import RungList, to_ladder
from crisis.loading.objective_file import ObjectiveFile
from crisis.loading.occasion_file import OccasionFile
from crisis.loading.phrases import ROLE
from crisis.loading.profile_file import ProfileFile
from crisis.loading.shape import FileModel
from crisis.loading.step_file import PhaseFile, StandDownFile, StepFile, to_phase
from crisis.loading.words_file import WordsFile


class LeadFile(FileModel):
    """Exactly one lead, who stands in, and how the lead is handed over."""

    role: str = Field(pattern=f"^{ROLE}$", description="The role that leads.")
    deputies: list[str] = Field(
        min_length=1,
        description="Functions that stand in, in order; the key of a role is also asked "
        "when the lead itself is silent.",
    )
    handover: WordsFile = Field(description="How the lead is handed over, in a sentence.")
    brief: str | None = Field(None, description="The form with which the lead is handed over.")


class PlaybookFile(FileModel):
    """What was agreed for one kind of incident in one region."""

    id: Slug = Field(description="The file's name without `.yaml`.")
    version: Version = Field(description="Three numbers, such as `1.0.0`.")
    kind: Literal["response", "standing", "prevention", "exercise"] = Field(
        description="What it is for."
    )
    title: WordsFile = Field(description="What people call it.")
    region: Region = Field(
        description="Where it holds: an official key (AGS) of 2, 5 or 8 digits in quotes,"
        ' `"00"` for the federation.'
    )
    minimum: Literal["mass-casualty"] | None = Field(
        None, description="The minimum content that it promises, checked by L-01 to L-31."
    )
    review_by: Day | None = Field(None, description="The day by which it must be reviewed.")
    lead: LeadFile = Field(description="Who leads. Exactly one.")
    begun_by: list[Role] = Field(
        default_factory=list,
        description="Roles at whose word a run may be opened, beside the lead's.",
    )
    agreements: list[str] = Field(min_length=1, description="The agreements it draws on.")
    attributes: dict[Name, AttributeFile] = Field(
        default_factory=dict, description="Facts about the incident, by their ids."
    )
    occasions: dict[OccasionId, OccasionFile] = Field(
        default_factory=dict, description="Named moments of the run, such as V."
    )
    ladders: dict[Name, RungList] = Field(min_length=1, description="Ladders, by their ids.")
    profiles: dict[Name, ProfileFile] = Field(
        min_length=1, description="Channel profiles, by their ids."
    )
    forms: dict[Name, FormFile] = Field(default_factory=dict, description="Forms, by their ids.")
    objectives: dict[StepId, ObjectiveFile] = Field(
        default_factory=dict, description="What the report rates a run by, by their ids: Z1."
    )
    phases: list[PhaseFile] = Field(min_length=1, description="What is done, in order.")
    stand_down: StandDownFile = Field(
        description="The last message, for false alarms and for the end."
    )
    bind: dict[Role, BindingText] = Field(
        default_factory=dict, description="Who holds a role here, by ids of units in contacts/."
    )
    must_not: dict[Role, WordList] = Field(
        default_factory=dict,
        description="What whoever holds a role must not do, beside what contacts/ say.",
    )

    @cached_property
    def steps(self) -> dict[StepId, StepFile]:
        """All steps by id in the order of the file; of equal ids the first."""
        found: dict[str, StepFile] = {}
        for phase in self.phases:
            for step in phase.steps:
                found.setdefault(step.id, step)
        return found


def to_playbook(written: PlaybookFile, *, today: date) -> Playbook:
    """Return the core value of a file without errors; no review date means: due today."""
    steps, review_by = written.steps, written.review_by or today
    occasions = tuple(one.occasion(key) for key, one in written.occasions.items())
    when = {occasion.id: occasion.when for occasion in occasions}
    bindings, must_not = to_bindings(written)
    return Playbook(
        id=written.id,
        version=written.version,
        kind=PlaybookKind(written.kind),
        title=written.title.words(),
        region=written.region,
        lead=Lead(
            role=written.lead.role,
            deputies=tuple(written.lead.deputies),
            handover=written.lead.handover.words(),
            brief=written.lead.brief or "",
        ),
        agreements=tuple(written.agreements),
        review_by=review_by,
        attributes=tuple(one.attribute(key) for key, one in written.attributes.items()),
        ladders=tuple(to_ladder(key, rungs) for key, rungs in written.ladders.items()),
        profiles=tuple(one.profile(key) for key, one in written.profiles.items()),
        forms=tuple(one.form(key) for key, one in written.forms.items()),
        phases=tuple(
            to_phase(phase, steps, review_by=review_by, occasions=when) for phase in written.phases
        ),
        stand_down=written.stand_down.step(),
        occasions=occasions,
        objectives=tuple(one.objective(key) for key, one in written.objectives.items()),
        bindings=bindings,
        must_not=must_not,
        begun_by=tuple(written.begun_by),
    )


def to_bindings(written: PlaybookFile) -> tuple[tuple[Binding, ...], tuple[MustNot, ...]]:
    """Return who holds a role here, and what holders of a role must not do here."""
    return (
        tuple(to_binding(role, one) for role, one in written.bind.items()),
        tuple(
            MustNot(role=role, competences=tuple(words))
            for role, words in written.must_not.items()
        ),
    )
