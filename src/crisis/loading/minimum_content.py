"""What a playbook holds, step by step, as the rules on minimum content look at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from crisis.loading.expect_file import (
    ExpectAnswerFile,
    ExpectBothFile,
    ExpectDecisionFile,
    ExpectSignOffFile,
)
from crisis.loading.form_file import FieldFile
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.step_file import StepFile
from crisis.loading.step_times import beginnings


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """
    One step that is not optional, with what its form asks.

    `begins` counts from T0; None where that hangs on what happens in the run.
    """

    step: StepFile
    begins: timedelta | None
    fields: tuple[FieldFile, ...]
    conditional: bool

    @property
    def guards(self) -> bool:
        """Whether a `no` to one of its questions raises a task."""
        return any(field.guard for field in self.fields)

    @property
    def asks_needs(self) -> bool:
        """Whether its form takes needs."""
        return any(field.kind == "needs" for field in self.fields)

    @property
    def asks_place(self) -> bool:
        """Whether its form asks for a public place."""
        return any(field.place for field in self.fields)

    @property
    def decides(self) -> bool:
        """Whether somebody takes a decision."""
        return isinstance(self.step.expect, ExpectDecisionFile)

    @property
    def stands_down(self) -> bool:
        """Whether a way the decision can come out ends the run."""
        expect = self.step.expect
        return isinstance(expect, ExpectDecisionFile) and any(
            option.stands_down for option in expect.decision.options.values()
        )

    @property
    def clears(self) -> bool:
        """Whether nothing is published before all have signed."""
        return isinstance(self.step.expect, ExpectSignOffFile)

    @property
    def is_hand_over(self) -> bool:
        """Whether two sides give each other their word."""
        return isinstance(self.step.expect, ExpectBothFile)

    def may(self, *competences: str) -> bool:
        """Return whether it rests on one of these competences; `kinder.` stands for all of it."""
        return any(
            own == one or (one.endswith(".") and own.startswith(one))
            for own in self.step.competence
            for one in competences
        )

    def between(self, earliest: timedelta, latest: timedelta) -> bool:
        """Return whether it begins after one moment and at another one at the latest."""
        return self.begins is not None and earliest < self.begins <= latest

    def done_between(self, earliest: timedelta, latest: timedelta) -> bool:
        """Return whether its deadline, counted from T0, lies between two moments."""
        within = self.step.within
        if within is None or (within.absolute and within.occasion):
            return False
        if within.absolute:
            return earliest <= within.duration <= latest
        return self.begins is not None and earliest <= self.begins + within.duration <= latest


def asks_of(written: PlaybookFile) -> tuple[Ask, ...]:
    """Return what a playbook asks; steps that are optional or only tell do not count."""
    return tuple(_asks(written))


def _asks(written: PlaybookFile) -> Iterator[Ask]:
    begins = beginnings(written.steps)
    for phase in written.phases:
        for step in phase.steps:
            if step.mandatory == "optional" or step.expect == "nothing":
                continue  # who is only told is asked for nothing
            expect = step.expect
            asked = expect.answer if isinstance(expect, ExpectAnswerFile) else ""
            form = written.forms.get(asked)
            yield Ask(
                step=step,
                begins=begins.get(step.id),
                fields=() if form is None else tuple(form.fields.values()),
                conditional=step.when is not None or phase.when is not None,
            )
