"""
Role cards: what each partner in a region is asked for, on one sheet (S2.3, S5.P7).

Who carries a task out and who supports it follows from the competences that the step
names and the contacts give: nothing here makes anybody responsible for more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crisis.core.contact import Contact, Directory, Partner, holders
from crisis.core.membership import members_of
from crisis.core.playbook import ExpectAcknowledgement, ExpectNothing, Playbook, Step


class Part(StrEnum):
    """
    What a partner has to do with a step.

    `EXECUTES`: it is asked and has a competence that the task needs. `SUPPORTS`: it is
    asked beside one that has it, or answers, signs or confirms with all who were asked
    before. `INFORMED`: it is told, and acknowledges where anything is expected.
    """

    EXECUTES = "executes"
    SUPPORTS = "supports"
    INFORMED = "informed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One step on a card; `hub` is the partner that passes it on, empty if it is asked itself."""

    step: Step
    part: Part
    hub: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCard:
    """A partner, the roles under which it is asked, who answers for it, and its tasks."""

    partner: Partner
    roles: tuple[str, ...]
    contact: Contact
    deputy: Contact | None
    superior: Contact | None
    leads: bool
    tasks: tuple[Task, ...]

    def is_of(self, name: str) -> bool:
        """Return whether this is the card of a partner, or of one under a role."""
        return name == self.partner.id or name in self.roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheld:
    """A role that nobody holds here, and the steps that ask it."""

    role: str
    steps: tuple[str, ...]


def role_cards(playbook: Playbook, directory: Directory, *, region: str) -> tuple[RoleCard, ...]:
    """
    Return a card for everybody who is asked in a region (AGS), the lead first.

    `directory` is the bound one, see `core/binding.py`. The others follow in the order in
    which they are first asked.
    """
    tasks: dict[str, list[Task]] = {}
    for partner in holders(directory, playbook.lead.role, region=region):
        tasks.setdefault(partner.id, [])
    for step in playbook.steps:
        for name, task in _tasks(step, playbook, directory, region=region):
            tasks.setdefault(name, []).append(task)
    last = Task(step=playbook.stand_down, part=Part.INFORMED)
    return tuple(
        _card(directory.partner(name), [*done, last], playbook, directory, region=region)
        for name, done in tasks.items()
    )


def unheld(playbook: Playbook, directory: Directory, *, region: str) -> tuple[Unheld, ...]:
    """Return the roles that the playbook asks and nobody holds in a region (AGS)."""
    roles = dict.fromkeys(role for step in playbook.steps for role in step.roles)
    return tuple(
        Unheld(role=role, steps=tuple(one.id for one in playbook.steps if role in one.roles))
        for role in roles
        if not holders(directory, role, region=region)
    )


def _card(
    partner: Partner, tasks: list[Task], playbook: Playbook, directory: Directory, *, region: str
) -> RoleCard:
    contact = directory.contacts[partner.contact]
    asked = {role for task in tasks for role in task.step.roles} | {playbook.lead.role}
    lead = holders(directory, playbook.lead.role, region=region)
    return RoleCard(
        partner=partner,
        roles=tuple(role for role in partner.roles if role in asked),
        contact=contact,
        deputy=directory.contacts.get(contact.deputy or ""),
        superior=directory.contacts.get(contact.superior or ""),
        leads=partner in lead,
        tasks=tuple(tasks),
    )


def _tasks(
    step: Step, playbook: Playbook, directory: Directory, *, region: str
) -> Iterator[tuple[str, Task]]:
    for partner in _asked(step, directory, region=region):
        able = not step.competences or set(step.competences) & set(partner.competences)
        part = Part.EXECUTES if able else Part.SUPPORTS
        if isinstance(step.expect, ExpectNothing):
            part = Part.INFORMED
        yield partner.id, Task(step=step, part=part)
        if step.hub:
            for member in members_of(directory, partner.id, region=region, reach=step.members):
                yield member.id, Task(step=step, part=part, hub=partner.id)
    informs = isinstance(step.expect, ExpectAcknowledgement | ExpectNothing)
    told = Part.INFORMED if informs else Part.SUPPORTS
    for name in _asked_before(step, playbook, directory, region=region):
        yield name, Task(step=step, part=told)


def _asked(step: Step, directory: Directory, *, region: str) -> tuple[Partner, ...]:
    found = {
        partner.id: partner
        for role in step.roles
        for partner in holders(directory, role, region=region)
    }
    return tuple(found.values())


def _asked_before(
    step: Step, playbook: Playbook, directory: Directory, *, region: str
) -> tuple[str, ...]:
    earlier = {*step.reached_in, *step.asked_in}
    found = (
        partner.id
        for one in playbook.steps
        if one.id in earlier
        for partner in _asked(one, directory, region=region)
    )
    itself = {partner.id for partner in _asked(step, directory, region=region)}
    return tuple(one for one in dict.fromkeys(found) if one not in itself)
