"""A house in which Cy complains about Eve's police, to the complaint office."""

from dataclasses import replace
from pathlib import Path

from crisis.core import event as ev
from crisis.core.complaint import PLAYBOOK
from crisis.core.contact import Directory
from crisis.core.incident import Incident
from crisis.core.playbook import Playbook
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock
from crisis.usecases import answering
from crisis.usecases.answering import Reply
from crisis.usecases.complaining import Complaint, complain, complaints
from crisis.usecases.ports import EventLog
from crisis.usecases.reading import desk_for
from tests.builders import T0, OneShelf
from tests.web.staged import Stage, a_unit, staged, staged_directory, staged_playbook

ROOT = Path(__file__).parents[1]
COMPLAINT = Complaint(incident="i1", about="pol", complainant="cy", category="conduct", by="ada")


class Shelves(OneShelf):
    """A library with the shipped playbook of complaints beside its own one."""

    def playbook(self, playbook_id: str, *, region: str = "") -> Playbook:
        """Return the one or the other."""
        if playbook_id == PLAYBOOK:
            return complaint_playbook()
        return super().playbook(playbook_id, region=region)


def complaint_playbook() -> Playbook:
    """Return the playbook of complaints as it is shipped."""
    contacts = ROOT / "contacts" / "example"
    library = FileLibrary(playbooks=ROOT / "playbooks", contacts=contacts, clock=FakeClock(T0))
    return library.playbook(PLAYBOOK)


def a_house(directory: Directory | None = None, *, log: EventLog | None = None) -> Stage:
    """Return a staged house that knows a complaint office, with one running incident `i1`."""
    known = directory or with_office()
    stage = staged(directory=known, log=log)
    house = replace(stage.desk.house, library=Shelves(staged_playbook(), known))
    return replace(stage, desk=desk_for(house))


def with_office() -> Directory:
    """Return the staged directory with a complaint office."""
    return staged_directory(a_unit("bst", "Beschwerdestelle", "Complaint office", role="BST"))


def complained(log: EventLog | None = None) -> Stage:
    """Return the house on the Monday on which Cy complained; `incident` is the complaint."""
    stage = a_house(log=log)
    stage.clock.advance(days=2, hours=14)  # Monday, 09:20 in Berlin: the asks wait for it
    found = replace(stage, incident=complain(stage.desk, COMPLAINT).id)
    found.tick()
    return found


def left_alone() -> Stage:
    """Return the house in which nobody answered a complaint for two weeks."""
    stage = complained()
    for _ in range(14):
        stage.clock.advance(days=1)
        stage.tick()
    return stage


def a_reply(stage: Stage, step: str, partner: str, *, via: ev.Via = ev.Via.PAGE) -> Reply:
    """Return what a side of the complaint says to a step."""
    return Reply(incident=stage.incident, step=step, partner=partner, by=partner, via=via)


def take_over(stage: Stage, step: str, partner: str = "bst") -> None:
    """Let a side of the complaint take a step over."""
    answering.acknowledge(stage.desk, a_reply(stage, step, partner))
    stage.tick()


def record_outcome(stage: Stage, outcome: str) -> None:
    """Let the office record an outcome."""
    answering.answer(stage.desk, a_reply(stage, "K3", "bst"), answers={"outcome": outcome})
    stage.tick()


def current(stage: Stage) -> Incident:
    """Return the complaint as it stands."""
    return stage.desk.incidents.current(stage.incident)


def counts(stage: Stage) -> list[tuple[int, int]]:
    """Return how many complaints the run knows of, open and closed, by category."""
    return [(one.open, one.closed) for one in complaints(stage.desk, "i1")]
