"""The reference run of `playbooks.md` §7.4 in the running house: engine, pages and Prefect."""

from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from crisis.core.asked import AttemptEnded
from crisis.core.event import Mode
from crisis.core.incident import Incident
from crisis.core.plan import plan
from crisis.core.timing import earliest
from crisis.demo.surroundings import surroundings
from crisis.loading.rehearsal_file import load_rehearsal
from crisis.simulated.exercise_clock import ExerciseClock
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.reading import Desk
from crisis.usecases.rehearse import cue_moment, perform
from crisis.usecases.rehearsed import figure_differences
from crisis.wiring import open_world
from tests.reference_run import FILE, ROOT

# However busy the machine: who settles sooner is not waited for.
SETTLES_WITHIN = 300.0
PAUSE = 0.05


@pytest.mark.e2e
def test_reference_run_in_the_real_engine_gives_the_figures_computed_by_hand(
    tmp_path: Path,
) -> None:
    rehearsal = load_rehearsal(FILE)
    simulation, expected = rehearsal.simulation, rehearsal.expected
    assert expected is not None
    before = simulation.at - timedelta(hours=1)

    with (
        surroundings(
            tmp_path / "house",
            shipped=ROOT,
            start=before,
            password="open",  # noqa: S106 -- a made-up password
        ) as around,
        open_world(around.settings) as world,
    ):
        clock = world.skipping
        assert clock is not None
        clock.skip_to(simulation.at)
        incident = open_incident(
            world.desk,
            Opening(
                playbook=simulation.playbook,
                region=simulation.region,
                mode=Mode.EXERCISE,
                by="ada",
                attributes=simulation.attributes,
                occurred_at=simulation.occurred_at,
            ),
        )
        for cue in simulation.cues:
            _pass_time(world.desk, clock, incident.id, until=cue_moment(incident, cue))
            perform(world.desk, world.desk.incidents.current(incident.id), cue)
        _settle(world.desk, incident.id)
        entries = world.desk.incidents.entries(incident.id)

    assert figure_differences(expected, entries) == ()
    runs = {e.event.run for e in entries if isinstance(e.event, AttemptEnded) and _sent(e.event)}
    assert "" not in runs


def _sent(ended: AttemptEnded) -> bool:
    return ended.code not in {"wrong-number", "no-answer"}


def _pass_time(desk: Desk, clock: ExerciseClock, incident_id: str, *, until: datetime) -> None:
    """Move the clock on to a moment, and let the engine do everything on the way."""
    while True:
        incident = _settle(desk, incident_id)
        wake_at = plan(incident, now=clock.now()).wake_at
        moment = earliest(wake_at, until)
        assert moment is not None
        if moment > clock.now():
            clock.skip_to(moment)
        if moment == until:
            _settle(desk, incident_id)
            return


def _settle(desk: Desk, incident_id: str) -> Incident:
    """Wait until the engine has nothing to do and nothing under way."""
    pause = Event()
    for _ in range(int(SETTLES_WITHIN / PAUSE)):
        incident = desk.incidents.current(incident_id)
        under_way = any(obligation.is_in_flight for obligation in incident.obligations.values())
        if not under_way and not plan(incident, now=desk.house.clock.now()).due:
            return incident
        pause.wait(PAUSE)
    message = "the engine does not settle"
    raise AssertionError(message)
