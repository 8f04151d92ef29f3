"""Whoever holds a role that needs training has it, and it has not run out (S3.7)."""

from collections.abc import Iterator
from datetime import date

from crisis.core.contact import Directory
from crisis.core.training import Standing, TrainingRecord, training_records
from crisis.loading.catalogue import COMPETENCES, ROLES
from crisis.loading.contact_checks import Entries, unlisted
from crisis.loading.contacts_file import FunctionEntry, Located
from crisis.loading.problem import Problem, Strength
from crisis.loading.training_file import to_need, to_trained


def training_in(entries: Entries, directory: Directory) -> tuple[TrainingRecord, ...]:
    """Return the register of a folder; of functions with one id the first counts."""
    return training_records(
        directory,
        tuple(to_need(one.entry) for one in entries.training),
        {
            one.entry.id: tuple(to_trained(each) for each in one.entry.trained)
            for one in reversed(entries.functions)
        },
    )


def training_problems(
    entries: Entries, records: tuple[TrainingRecord, ...], *, today: date
) -> Iterator[Problem]:
    """Yield training that is missing or ends, and words that are not in the catalogue."""
    for need in entries.training:
        yield from unlisted(
            need.document,
            {(*need.loc, "role"): need.entry.role},
            ROLES,
            code="CT005",
            what="role",
        )
        yield from unlisted(
            need.document,
            {
                (*need.loc, "competences", at): competence
                for at, competence in enumerate(need.entry.competences)
            },
            COMPETENCES,
            code="CT006",
            what="competence",
        )
    for function in entries.functions:
        yield from unlisted(
            function.document,
            {
                (*function.loc, "trained", at, "competence"): one.competence
                for at, one in enumerate(function.entry.trained)
            },
            COMPETENCES,
            code="CT006",
            what="competence",
        )
    functions = {one.entry.id: one for one in reversed(entries.functions)}
    for record in records:
        if record.role and record.competence in COMPETENCES:
            yield from _standing_problems(record, functions[record.contact], today)


def _standing_problems(
    record: TrainingRecord, function: Located[FunctionEntry], today: date
) -> Iterator[Problem]:
    report = function.document.problem
    match record.standing(today):
        case Standing.MISSING:
            yield report(
                function.loc,
                "CT041",
                f"`{record.contact}` answers for {record.role} without training "
                f"for `{record.competence}`",
                hint="have it trained, and write "
                f"`trained: [{{competence: {record.competence}, until: …}}]`",
                strength=Strength.WARNING,
            )
        case Standing.ENDED:
            yield report(
                _place(record, function),
                "CT042",
                f"the training of `{record.contact}` for `{record.competence}` "
                f"held until {record.until}",
                hint=f"{record.role} needs it: have it repeated, and write the new last day",
                strength=Strength.WARNING,
            )
        case Standing.ENDS_SOON:
            yield report(
                _place(record, function),
                "CT043",
                f"the training of `{record.contact}` for `{record.competence}` "
                f"ends on {record.until}",
                hint=f"{record.role} needs it: arrange the next one",
                strength=Strength.NOTICE,
            )
        case Standing.HOLDS:
            pass


def _place(record: TrainingRecord, function: Located[FunctionEntry]) -> tuple[str | int, ...]:
    at = next(
        at
        for at, one in enumerate(function.entry.trained)
        if one.competence == record.competence and date.fromisoformat(one.until) == record.until
    )
    return (*function.loc, "trained", at, "until")
