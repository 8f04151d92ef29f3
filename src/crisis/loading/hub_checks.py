"""Checks of steps that a hub passes on to its members (S4.4)."""

from collections.abc import Iterator

from crisis.core.contact import Directory
from crisis.loading.expect_file import ExpectAnswerFile
from crisis.loading.located import Document, Loc
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.step_checks import steps_in_place


def check_hubs(document: Document, written: PlaybookFile) -> Iterator[Problem]:
    """Yield members without a hub, and hubs that would pass on what cannot be passed on."""
    for loc, step in steps_in_place(written):
        named = [key for key in ("members", "members_within") if getattr(step, key) is not None]
        if not step.hub:
            for key in named:
                yield document.problem(
                    (*loc, key),
                    "PB250",
                    f"{step.id} says `{key}` but is no hub",
                    hint="write hub: true, or leave it out",
                )
            continue
        if step.expect != "acknowledgement" and not isinstance(step.expect, ExpectAnswerFile):
            yield document.problem(
                (*loc, "expect"),
                "PB251",
                f"{step.id} is passed on, but what it expects cannot be",
                hint="write acknowledgement or {answer: F1}, or ask the members' own roles",
            )


def check_members(
    document: Document, written: PlaybookFile, directory: Directory
) -> Iterator[Problem]:
    """Yield every hub whose holders have no member in the contact files."""
    hubs = {hub for partner in directory.partners for hub in partner.member_of}
    for loc, step in steps_in_place(written):
        holders = [one.id for one in directory.partners if set(one.roles) & set(step.who.roles)]
        if step.hub and holders and not hubs.intersection(holders):
            place: Loc = (*loc, "hub")
            yield document.problem(
                place,
                "PB405",
                f"{step.id} is passed on, but {', '.join(sorted(holders))} has no members",
                hint="write member_of in the contact files' units",
                strength=Strength.WARNING,
            )
