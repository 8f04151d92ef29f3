"""
Which functions are trained for which competence, and until when (S3.7).

A role may need training: whoever answers first for a partner with that role, and whoever
stands in, is trained for each of its competences. Functions are trained, never named persons.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crisis.core.availability import Rota
from crisis.core.contact import Directory

SOON = timedelta(days=60)


class Standing(StrEnum):
    """How it stands with a training on a day."""

    HOLDS = "holds"
    ENDS_SOON = "ends-soon"
    ENDED = "ended"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """One training of a function: for which competence, and the last day on which it holds."""

    competence: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNeed:
    """The competences for which a role must be trained."""

    role: str
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRecord:
    """
    One line of the register: a function, a competence, and until when it is trained for it.

    `until` is None where it never was. `role` and `partner` say who needs it, and are
    empty where no role does.
    """

    contact: str
    competence: str
    until: date | None
    role: str = ""
    partner: str = ""

    def standing(self, on: date) -> Standing:
        """Return how it stands on a day; `SOON` before its last day it ends soon."""
        if self.until is None:
            return Standing.MISSING
        if on > self.until:
            return Standing.ENDED
        return Standing.ENDS_SOON if on + SOON >= self.until else Standing.HOLDS


def training_records(
    directory: Directory,
    needs: tuple[TrainingNeed, ...],
    trained: Mapping[str, tuple[Trained, ...]],
) -> tuple[TrainingRecord, ...]:
    """
    Return what the roles need, by role and partner, then what else functions are trained for.

    `trained` is by contact id; of two trainings for one competence the later last day counts.
    """
    until: dict[tuple[str, str], date] = {}
    for contact in sorted(trained):
        for one in trained[contact]:
            key = (contact, one.competence)
            until[key] = max(one.until, until.get(key, one.until))
    needed = {
        TrainingRecord(
            contact=contact,
            competence=competence,
            until=until.get((contact, competence)),
            role=need.role,
            partner=partner.id,
        ): None
        for need in needs
        for partner in directory.partners
        if need.role in partner.roles
        for contact in _answering(directory, partner.contact)
        for competence in need.competences
    }
    asked = {(one.contact, one.competence) for one in needed}
    return (
        *sorted(needed, key=lambda one: (one.role, one.partner)),
        *(
            TrainingRecord(contact=contact, competence=competence, until=day)
            for (contact, competence), day in until.items()
            if (contact, competence) not in asked
        ),
    )


def _answering(directory: Directory, first: str) -> Iterator[str]:
    """Yield who may have to do it: the first asked and its deputy, for a rota its holders."""
    deputy = directory.contacts[first].deputy
    for contact in (first, *([] if deputy is None else [deputy])):
        availability = directory.contacts[contact].availability
        if isinstance(availability, Rota):
            yield from sorted({shift.holder for shift in availability.shifts})
        else:
            yield contact
