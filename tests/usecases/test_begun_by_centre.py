"""A counselling centre begins a run, and the police are asked (S5.P5)."""

from pathlib import Path

from crisis.core.event import AttemptStarted
from crisis.core.timing import require_utc
from crisis.loading.library import FileLibrary
from crisis.loading.rehearsal_file import load_rehearsal
from crisis.simulated.clock import FakeClock
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import simulate

ROOT = Path(__file__).parents[2]
FILE = ROOT / "playbooks" / "bpol-kok-control.begun-by-centre.rehearsal.yaml"


def test_centre_begins_and_the_police_are_asked_at_once() -> None:
    simulation = load_rehearsal(FILE).simulation
    library = FileLibrary(
        playbooks=ROOT / "playbooks",
        contacts=ROOT / "contacts" / "example",
        clock=FakeClock(simulation.at),
    )

    transcript = simulate(make_stage(library, at=simulation.at), simulation)

    incident = transcript.incident
    asked = {
        (one.event.step, one.event.partner)
        for one in transcript.entries
        if isinstance(one.event, AttemptStarted) and one.at == require_utc(simulation.at)
    }
    assert incident.opened.begun_by == "fbs-kobranet"
    assert ("B20", "bpol-inspektion-dresden") in asked
    # Who began is not the lead: the station leads, as the playbook says.
    assert incident.playbook.lead.role == "BPOL"
    # What is known of the case is what was entered: numbers and levels, nothing of content.
    assert set(incident.opened.attributes) == {
        "cause",
        "suspected_cases",
        "presumed_minors",
        "labour_exploitation",
    }
