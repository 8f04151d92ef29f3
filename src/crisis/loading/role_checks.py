"""
Checks of a playbook against the contacts: roles somebody holds, tasks they may do.

Looked at over all regions: whether a role is held in one region is a question of
coverage, answered for that region.
"""

from collections.abc import Collection, Iterator, Sequence

from crisis.core.binding import bound
from crisis.core.contact import Directory, Partner
from crisis.loading.catalogue import BOUND_AT_OPENING
from crisis.loading.hub_checks import check_members
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile, to_bindings
from crisis.loading.problem import Problem
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place
from crisis.loading.step_file import StepFile


def check_roles(
    document: Document, written: PlaybookFile, directory: Directory, *, region: str = ""
) -> tuple[Problem, ...]:
    """
    Return every role that nobody holds and every task that a holder may not do.

    Roles that the playbook binds are held by those it names; `region` is where
    (an AGS key), without it the playbook's own.
    """
    bindings, must_not = to_bindings(written)
    directory = bound(directory, bindings, must_not, region=region or written.region)
    held = {role for partner in directory.partners for role in partner.roles}
    known = sorted(held | BOUND_AT_OPENING)
    problems: list[Problem] = []
    if written.lead.role not in known:
        problems.append(_unheld(document, ("lead", "role"), "PB402", written.lead.role, known))
    problems.extend(_check_units(document, written, directory))
    for loc, step in steps_in_place(written):
        problems.extend(
            _unheld(document, (*loc, "who"), "PB401", role, known)
            for role in step.who.roles
            if role not in known
        )
        problems.extend(
            _check_competences(document, (*loc, "competence"), step, directory, written.bind)
        )
    problems.extend(check_members(document, written, directory))
    return tuple(problems)


def _check_units(
    document: Document, written: PlaybookFile, directory: Directory
) -> Iterator[Problem]:
    known = [partner.id for partner in directory.partners]
    for role, binding in written.bind.items():
        loc: Loc = ("bind", role)
        for unit in (*binding.unit, binding.deputy, binding.superior):
            if unit and unit not in known:
                message = f"there is no unit `{unit}` to hold or stand behind `{role}`"
                yield document.problem(loc, "PB406", message, hint=did_you_mean(unit, known))


def _unheld(document: Document, loc: Loc, code: str, role: str, known: list[str]) -> Problem:
    hint = f"let a unit in contacts/ hold it; {did_you_mean(role, known)}"
    return document.problem(loc, code, f"nobody holds the role `{role}`", hint=hint)


def _check_competences(
    document: Document,
    loc: Loc,
    step: StepFile,
    directory: Directory,
    binds: Collection[str],
) -> Iterator[Problem]:
    asked = [p for p in directory.partners if set(p.roles) & set(step.who.roles)]
    for competence in step.competence:
        for partner in asked:
            if competence in partner.must_not:
                yield _must_not(document, loc, competence, partner)
        if asked and not any(competence in partner.competences for partner in asked):
            names = ", ".join(sorted(partner.id for partner in asked))
            hint = _what_else(document, [role for role in step.who.roles if role in binds])
            message = f"{step.id} needs `{competence}`, which none of {names} has"
            yield document.problem(loc, "L-KOMPETENZ", message, hint=hint)


def _what_else(document: Document, roles: Sequence[str]) -> str:
    hint = "ask a partner that has it, or name the competence the task really needs"
    for role in roles:
        # Whoever bound the role reads this, and the step may lie in a file of others.
        place = document.place(("bind", role), of_key=True)
        hint += f"; `{role}` is bound in {place.path or document.path}:{place.line}"
    return hint


def _must_not(document: Document, loc: Loc, competence: str, partner: Partner) -> Problem:
    return document.problem(
        loc,
        "L-KOMPETENZ",
        f"`{partner.id}` must not do `{competence}`",
        hint="ask another partner; a playbook creates no competence",
    )
