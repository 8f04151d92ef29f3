"""Steps and phases as authors write them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from pydantic import Field

from crisis.core.condition import Condition
from crisis.core.place import PlaceSource
from crisis.core.playbook import (
    ExpectAcknowledgement,
    Mandatory,
    MembersReach,
    Phase,
    Start,
    Step,
)
from crisis.loading.bulletin_file import BulletinFile
from crisis.loading.condition_file import ConditionFile, joined, to_condition
from crisis.loading.durations import WithinText
from crisis.loading.expect_file import ExpectFile, to_expectation
from crisis.loading.gate_file import GateFile
from crisis.loading.identifiers import Language, PlaceText, Slug, StepId, WordList
from crisis.loading.kind_words import TLP_BY_WORD, TlpWord
from crisis.loading.phrases import CompletePhrase, CompleteText, StartPhrase, StartText, WhoText
from crisis.loading.repeat_file import RepeatFile, to_repeat
from crisis.loading.shape import FileModel
from crisis.loading.words_file import WordsFile


class StepFile(FileModel):
    """One ask of one or more roles, or of everybody whom earlier steps reached."""

    id: StepId = Field(description="Short, as said on the telephone: `A10`.")
    title: WordsFile = Field(description="What is asked, in a few words.")
    who: WhoText = Field(
        description="Who is asked; each partner found becomes an obligation of its own: a role, a"
        " list of roles, `reached in A10..A17` (those that answered), or `asked in A40` (all"
        " that were asked)."
    )
    start: StartText = Field(
        description="When it begins: `T0`, `T0+90m`, `V+60m`, `after A04`, `30m after A04`,"
        " `after any of A02, A03, latest T0+30m`, `with A01`."
    )
    when: ConditionFile | None = Field(None, description="The step applies only if this is true.")
    via: str = Field(description="The channel profile.")
    expect: ExpectFile = Field(description="What counts as an answer.")
    repeat: RepeatFile | None = Field(
        None,
        description="What makes it begin again: `every 24h until A60`, `daily at 08:00, 18:00"
        " until T0+7d`, `whenever ceremonies changes`, or a calendar rule.",
    )
    within: WithinText | None = Field(
        None,
        description="The deadline: `15m` from the step's start, `3 working days`, `T0+24h`, or"
        " `V+60m`; by the hour of the start: `20m in 06:00-22:00, else 30m`.",
    )
    escalate: str | None = Field(None, description="The ladder while nobody answers.")
    mandatory: Literal["always", "if-true", "optional"] = Field(
        description="`always`; `if-true`: if its condition holds; `optional`. What is binding"
        " needs `within` and `escalate`."
    )
    complete: CompleteText = Field(
        CompletePhrase(), description="How many partners must answer: `all`, `any` or `quorum 2`."
    )
    hub: bool = Field(
        default=False,
        description="The partner passes it on to its members, and each of them owes an answer.",
    )
    members: Literal["here", "around", "everywhere"] | None = Field(
        None,
        description="Which members of a hub: responsible `here` (if nothing is written), `around`"
        " here too, or `everywhere`.",
    )
    members_within: WithinText | None = Field(
        None, description="The members' deadline, if it is another one than the hub's."
    )
    waits: bool = Field(default=False, description="May wait for the next working day 07:30.")
    check_in: bool = Field(default=False, description="A needs check-in for the report.")
    hold_while: ConditionFile | None = Field(
        None,
        description="The step is held while this is true: nobody is sent where it is dangerous.",
    )
    gate: GateFile | None = Field(
        None, description="It asks only on a recorded consent; it has no deadline and no ladder."
    )
    bulletin: BulletinFile | None = Field(
        None,
        description="It begins with each bulletin that is issued, and everybody confirms it.",
    )
    tlp: TlpWord = Field(
        "green", description="A channel that cannot carry this label is not used for the text."
    )
    basis: list[str] = Field(min_length=1, description="The clauses that found the step.")
    competence: WordList = Field(
        default_factory=list,
        description="The competences the task needs; somebody who is asked must have each.",
    )
    languages: list[Language] = Field(
        default_factory=list,
        description="Languages that are always needed, as tags: pl, cs, hsb, de-LS.",
    )
    materials: list[str] = Field(
        default_factory=list, description="What partners hand out, by ids of contacts/."
    )
    place: PlaceText | None = Field(
        None,
        description="Where the place is asked for that the message names as {place}: a step and"
        " the question of its form, `A21.address`.",
    )
    benefit: WordsFile | None = Field(
        None, description="What those affected gain; without it the phase's."
    )
    message: WordsFile = Field(description="The text, with {placeholders} from the closed list.")


class StandDownFile(FileModel):
    """How everyone who was contacted is told that it is over."""

    id: StepId = Field(description="Its id, as of a step.")
    title: WordsFile = Field(description="What people call it.")
    via: str = Field(description="The channel profile.")
    within: WithinText | None = Field(None, description="The deadline for the answer.")
    escalate: str | None = Field(None, description="The ladder while nobody answers.")
    basis: list[str] = Field(min_length=1, description="The clauses that found it.")
    benefit: WordsFile = Field(description="What those affected gain.")
    message: WordsFile = Field(description="The text.")

    def step(self) -> Step:
        """Return the core value: a step without roles that waits for the stand-down."""
        return Step(
            id=self.id,
            title=self.title.words(),
            roles=(),
            start=Start(),
            profile=self.via,
            expect=ExpectAcknowledgement(),
            within=self.within,
            ladder=self.escalate,
            mandatory=Mandatory.ALWAYS,
            message=self.message.words(),
            benefit=self.benefit.words(),
            basis=tuple(self.basis),
        )


class PhaseFile(FileModel):
    """Steps that belong together; `when` holds for all of them."""

    id: Slug = Field(description="The phase's id.")
    title: WordsFile = Field(description="What people call it.")
    benefit: WordsFile = Field(description="What those affected gain, in one plain sentence.")
    when: ConditionFile | None = Field(None, description="Holds for every step of the phase.")
    steps: list[StepFile] = Field(min_length=1, description="The steps.")


def to_phase(
    written: PhaseFile,
    steps: Mapping[str, StepFile],
    *,
    review_by: date,
    occasions: Mapping[str, Condition],
) -> Phase:
    """
    Return the core value; `steps` are all of the playbook's, in the order of the file.

    Dates of calendar rules are worked out for ten years from `review_by` on. A step that
    starts at an occasion applies while the occasion's condition is true.
    """
    return Phase(
        id=written.id,
        title=written.title.words(),
        steps=tuple(
            replace(
                _step(step, written, steps),
                when=joined(
                    to_condition(written.when),
                    occasions.get(start_of(step, steps).occasion),
                    to_condition(step.when),
                ),
                repeat=to_repeat(step.repeat, today=review_by),
            )
            for step in written.steps
        ),
    )


def start_of(step: StepFile, steps: Mapping[str, StepFile]) -> StartPhrase:
    """Return a step's start, following `with …` as long as it does not lead in a circle."""
    seen = {step.id}
    start = step.start
    while start.same_as is not None and start.same_as in steps and start.same_as not in seen:
        seen.add(start.same_as)
        start = steps[start.same_as].start
    return start


def earlier_steps(step: StepFile, steps: Mapping[str, StepFile]) -> tuple[str, ...]:
    """
    Return the steps whose partners are asked, ranges spelled out in the file's order.

    Within a range only steps that ask roles count: the others ask the same partners again.
    """
    order = list(steps)
    found: dict[str, None] = {}
    for first, last in step.who.earlier:
        if first in steps and last in steps:
            between = order[order.index(first) : order.index(last) + 1]
            found.update(dict.fromkeys(one for one in between if steps[one].who.roles))
    return tuple(found)


def _place(written: str) -> PlaceSource:
    name, _, question = written.partition(".")
    return PlaceSource(step=name, field=question)


def _step(step: StepFile, phase: PhaseFile, steps: Mapping[str, StepFile]) -> Step:
    start, earlier = start_of(step, steps), earlier_steps(step, steps)
    return Step(
        id=step.id,
        title=step.title.words(),
        roles=step.who.roles,
        start=Start(
            offset=start.offset,
            after=start.after,
            mode=start.mode,
            latest=start.latest,
            occasion=start.occasion,
        ),
        profile=step.via,
        expect=to_expectation(step.expect, roles=step.who.roles),
        within=step.within,
        ladder=step.escalate,
        mandatory=Mandatory(step.mandatory),
        message=step.message.words(),
        benefit=(step.benefit or phase.benefit).words(),
        basis=tuple(step.basis),
        completion=step.complete.completion,
        quorum=step.complete.quorum,
        hub=step.hub,
        reached_in=earlier if step.who.reached else (),
        asked_in=() if step.who.reached else earlier,
        waits=step.waits,
        hold_while=to_condition(step.hold_while),
        tlp=TLP_BY_WORD[step.tlp],
        competences=tuple(step.competence),
        check_in=step.check_in,
        members=MembersReach(step.members or "here"),
        members_within=step.members_within,
        gate=None if step.gate is None else step.gate.gate(),
        bulletin=None if step.bulletin is None else step.bulletin.rule(),
        languages=tuple(step.languages),
        materials=tuple(step.materials),
        place=None if step.place is None else _place(step.place),
    )
