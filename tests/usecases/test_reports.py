"""Building the report, and recording it when its step is due."""

import hashlib
from dataclasses import replace

import pytest

from crisis.core.event import ReportDrafted
from crisis.core.playbook import ExpectReport
from crisis.core.report_record import report_digest, report_text
from crisis.errors import NotFoundError
from crisis.usecases.reports import build, draft
from crisis.usecases.tick import claim
from tests.builders import World, a_playbook, a_step, a_world, opened


def _world() -> World:
    report = a_step("A70", expect=ExpectReport(), roles=("OB-L",))
    return a_world(a_playbook(a_step(), report))


def _drafts(world: World, incident: str) -> list[ReportDrafted]:
    log = world.desk.incidents.entries(incident)
    return [entry.event for entry in log if isinstance(entry.event, ReportDrafted)]


def test_build_writes_nothing() -> None:
    world = _world()
    incident = opened(world)
    before = world.desk.incidents.entries(incident)
    assert build(world.desk, incident).cover.log_to == before[-1].seq
    assert world.desk.incidents.entries(incident) == before


def test_build_names_no_incident_that_is_not_there() -> None:
    with pytest.raises(NotFoundError, match="there are: none yet"):
        build(_world().desk, "i9")


def test_draft_records_the_report_of_the_step_that_waits_with_its_digest() -> None:
    world = _world()
    incident = opened(world)
    claim(world.desk, incident, room=32)
    world.clock.advance(minutes=1)
    report = draft(world.desk, incident, status="draft", run="bright-owl")
    recorded = ReportDrafted(
        step="A70",
        status="draft",
        log_to=report.cover.log_to,
        digest=hashlib.sha256(report_text(report).encode()).hexdigest(),
        run="bright-owl",
    )
    assert _drafts(world, incident) == [recorded]


def test_draft_can_be_built_again_from_what_it_recorded() -> None:
    world = _world()
    incident = opened(world)
    claim(world.desk, incident, room=32)
    draft(world.desk, incident, status="draft")
    (recorded,) = _drafts(world, incident)
    world.clock.advance(minutes=30)
    claim(world.desk, incident, room=32)
    again = build(world.desk, incident, log_to=recorded.log_to)
    assert report_digest(again) == recorded.digest


def test_draft_records_nothing_where_no_step_waits_for_this_status() -> None:
    world = _world()
    incident = opened(world)
    claim(world.desk, incident, room=32)
    report = draft(world.desk, incident, status="final")
    assert report.cover.status == "final"
    assert _drafts(world, incident) == []
    assert (
        replace(report.cover, status="draft")
        == build(world.desk, incident, log_to=report.cover.log_to).cover
    )
