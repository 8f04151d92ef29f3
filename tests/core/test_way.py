"""The course of one obligation that nobody answers: the same as the whole house plays it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis.core import event as ev
from crisis.core.availability import Office
from crisis.core.contact import ChannelKind, Directory
from crisis.core.deadline import Within
from crisis.core.delivery import OutcomeKind
from crisis.core.gate import ConsentScope, Gate
from crisis.core.playbook import Playbook, Start
from crisis.core.way import course, due_after, hangs_on, moved, reached
from crisis.core.words import Words
from crisis.simulated.stage import make_stage
from crisis.usecases.rehearse import Simulation, Transcript, simulate
from tests.builders import (
    REGION,
    OneShelf,
    a_channel,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    minutes,
)
from tests.core.exposed import SINCE, a_view, directories, playbooks


# Each example plays a fortnight.
@settings(max_examples=60)
@given(playbooks(), directories(), st.sampled_from(((), ("net",), ("gateway",))))
def test_course_is_what_the_house_does(
    playbook: Playbook, directory: Directory, out: tuple[str, ...]
) -> None:
    (step,) = playbook.steps
    stage = make_stage(OneShelf(playbook, directory), at=SINCE, out=frozenset(out))
    simulation = Simulation(
        playbook="pb", region=REGION, at=SINCE, until=SINCE + timedelta(days=14)
    )
    transcript = simulate(stage, simulation)
    began = next(
        entry.at for entry in transcript.entries if isinstance(entry.event, ev.StepStarted)
    )

    found = course(moved(a_view(playbook, directory), began), step, "ohs", out=out)

    # Who is only told never comes to the lead once a message was taken.
    ended_at = _handed_at(transcript) or began + due_after(step)
    assert found.ended_at == ended_at
    assert [(way.at, way.contact, way.channel.id, way.level) for way in found.ways] == [
        (attempt.started_at, attempt.contact, attempt.channel, attempt.level)
        for attempt in transcript.incident.obligations["A10", "ohs"].attempts
        if attempt.outcome is OutcomeKind.ACCEPTED
        and attempt.purpose is not ev.Purpose.TASK
        and attempt.started_at <= ended_at
    ]


def _handed_at(transcript: Transcript) -> datetime | None:
    handed = (
        entry.at
        for entry in transcript.entries
        if isinstance(entry.event, ev.TaskRaised)
        and entry.event.task_kind is ev.TaskKind.OTHER_WAY
        and entry.event.partner == "ohs"
    )
    return next(handed, None)


@pytest.mark.parametrize(
    ("kind", "hours_ahead", "found"),
    [
        (ChannelKind.EMAIL, 0, {"ohs"}),
        # A mail lies there until the office opens, a call is over, a page rings nobody.
        (ChannelKind.EMAIL, 10, {"ohs"}),
        (ChannelKind.EMAIL, 40, set()),
        (ChannelKind.PHONE_BY_HAND, 0, {"ohs"}),
        (ChannelKind.PHONE_BY_HAND, 10, set()),
        (ChannelKind.PORTAL, 0, set()),
    ],
)
def test_what_reaches_somebody(kind: ChannelKind, hours_ahead: int, found: set[str]) -> None:
    opens = datetime(2026, 12, 28, 6, 30, tzinfo=UTC)
    channel = a_channel("c", kind, hours=Office(land="14"))
    contact = replace(a_contact("ohs"), channels=(channel,))
    directory = a_directory(a_partner("ohs"), contacts=(contact,))
    step = a_step(ladder=None, within=Within(duration=timedelta(hours=20)))
    view = a_view(a_playbook(step), directory, at=opens - timedelta(hours=hours_ahead))

    assert reached(view, course(view, step, "ohs")) == found


def test_channel_hangs_on_its_provider_or_else_on_its_kind() -> None:
    channel = a_channel("c", ChannelKind.SMS)

    assert hangs_on(channel) == "sms"
    assert hangs_on(replace(channel, provider="gateway")) == "gateway"


@pytest.mark.parametrize(
    ("start", "within", "due"),
    [
        (Start(offset=minutes(90)), Within(duration=minutes(15)), minutes(15)),
        (Start(offset=minutes(90)), Within(duration=minutes(120), absolute=True), minutes(30)),
        (Start(offset=minutes(90)), Within(duration=minutes(60), absolute=True), minutes(15)),
        (Start(after=("A1",)), Within(duration=minutes(60), absolute=True), minutes(60)),
        (Start(), None, timedelta(days=7)),
    ],
)
def test_deadline_counts_from_the_ask(start: Start, within: Within | None, due: timedelta) -> None:
    assert due_after(a_step(start=start, within=within)) == due


def test_what_passes_on_a_consent_is_followed_for_a_week_and_comes_to_no_desk() -> None:
    scope = ConsentScope(id="findings", label=Words(de="Erkenntnisse"))
    gate = Gate(scopes=(scope,), by=("FBS",))
    step = a_step(within=None, ladder=None, gate=gate)
    view = a_view(a_playbook(step), a_directory(a_partner("ohs")))

    found = course(view, step, "ohs")

    assert [way.contact for way in found.ways] == ["ohs"]
    assert found.ended_at == view.now + timedelta(days=7)
    assert reached(view, found) == {"ohs"}
