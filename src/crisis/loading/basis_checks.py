"""
Checks of a playbook against the register of agreements: is what founds it in force?

Nothing is checked while the register is empty: a house that has not written its
agreements down yet would read nothing else.
"""

import re
from collections.abc import Iterator
from datetime import date

from crisis.core.agreement import Agreement, Standing
from crisis.core.register import Register
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place

# Beside agreements a step may rest on a law, or on the minimum content (`practice.md` §3.2).
_LAW = re.compile(r"§§? ?\d.*|Art\. ?\d.*")
_MINIMUM = re.compile(r"L-(0[1-9]|[12]\d|3[01])")
HINT = "cite a clause of `crisis agreement list --clauses`, a law (§ …, Art. …) or L-01 to L-31"


def check_basis(
    document: Document, written: PlaybookFile, register: Register, *, today: date
) -> tuple[Problem, ...]:
    """Return every agreement and clause that is not in the register, or no longer counts."""
    if not register.agreements:
        return ()
    return tuple(_problems(document, written, register, today))


def _problems(
    document: Document, written: PlaybookFile, register: Register, today: date
) -> Iterator[Problem]:
    for index, agreement_id in enumerate(written.agreements):
        loc: Loc = ("agreements", index)
        agreement = register.by_id.get(agreement_id)
        if agreement is None:
            hint = did_you_mean(agreement_id, register.by_id)
            message = f"no agreement `{agreement_id}` in the register"
            yield document.problem(loc, "AG201", message, hint=hint)
        else:
            yield from _standing(document, loc, agreement_id, agreement, register, today)
    for loc, basis in _cited(written):
        agreement = register.cited(basis)
        if agreement is not None:
            yield from _standing(document, loc, basis, agreement, register, today)
        elif not _LAW.fullmatch(basis) and not _MINIMUM.fullmatch(basis):
            parts = [clause for clause in register.by_clause if clause.startswith(basis)]
            near = did_you_mean(basis, parts or [*register.by_clause, *register.by_id])
            yield document.problem(
                loc,
                "AG202",
                f"no agreement in the register holds a clause `{basis}`",
                hint=near if near.startswith("did") else HINT,
            )


def _cited(written: PlaybookFile) -> Iterator[tuple[Loc, str]]:
    for loc, step in steps_in_place(written):
        for index, basis in enumerate(step.basis):
            yield (*loc, "basis", index), basis
    for index, basis in enumerate(written.stand_down.basis):
        yield ("stand_down", "basis", index), basis


def _standing(
    document: Document,
    loc: Loc,
    cited: str,
    agreement: Agreement,
    register: Register,
    today: date,
) -> Iterator[Problem]:
    of = "" if cited == agreement.id else f" of `{agreement.id}`"
    match register.standing(agreement, on=today):
        case Standing.SUPERSEDED:
            newer = register.successor(agreement.id, on=today)
            assert newer is not None  # noqa: S101 -- that is what superseded means
            yield document.problem(
                loc,
                "AG203",
                f"`{cited}`{of} was superseded on {newer.in_force_from} by `{newer.id}`",
                hint=f"read what `{newer.id}` says of this, and cite that",
            )
        case Standing.ENDED:
            yield document.problem(
                loc,
                "AG204",
                f"`{cited}`{of} has not been in force since {agreement.ends_on}",
                hint="ask the parties for a new agreement, or leave the step out",
            )
        case Standing.NOT_YET:
            yield document.problem(
                loc,
                "AG204",
                f"`{cited}`{of} is in force only from {agreement.in_force_from} on",
                hint="use the playbook from that day on, or cite what holds until then",
            )
        case Standing.IN_FORCE | Standing.UNDATED:
            return
