"""The two nights in which the clocks of Europe/Berlin are set: everything fires once, on time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crisis.core import event as ev
from crisis.core.playbook import Start
from crisis.simulated.clock import FakeClock
from crisis.usecases.reading import Desk
from crisis.usecases.tick import tick
from tests.builders import a_directory, a_partner, a_playbook, a_step, a_world, minutes, opened
from tests.usecases.waves import AtOnce

BERLIN = ZoneInfo("Europe/Berlin")
# At 01:00 UTC of each night the local clock jumps from 02:00 to 03:00, or back from 03:00.
SPRING = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
AUTUMN = datetime(2027, 10, 31, 1, 0, tzinfo=UTC)
EVERY = 20


@pytest.mark.parametrize(
    ("jump", "before", "after"),
    [(SPRING, "01:40", "03:00"), (AUTUMN, "02:40", "02:00")],
    ids=["spring", "autumn"],
)
def test_steps_around_the_jump_begin_once_and_at_their_moment(
    jump: datetime, before: str, after: str
) -> None:
    opened_at = jump - timedelta(hours=2)
    steps = tuple(
        a_step(f"S{n:02d}", start=Start(offset=minutes(n * EVERY)), ladder=None, within=None)
        for n in range(1, 13)
    )
    world = a_world(a_playbook(*steps), a_directory(a_partner("ohs")))
    world.clock.set(opened_at)
    incident = opened(world)

    _live_until(world.desk, incident, minutes(5 * 60), world.clock)

    asked = [
        (entry.event.step, entry.at)
        for entry in world.desk.incidents.entries(incident)
        if isinstance(entry.event, ev.AttemptStarted)
    ]
    assert asked == [(f"S{n:02d}", opened_at + minutes(n * EVERY)) for n in range(1, 13)]
    local = [f"{at.astimezone(BERLIN):%H:%M}" for _, at in asked]
    # The sixth begins with the jump; one hour is left out of the local clock, or comes twice.
    assert (local[4], local[5]) == (before, after)


@pytest.mark.parametrize("jump", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_deadline_and_ladder_across_the_jump_count_real_minutes(jump: datetime) -> None:
    opened_at = jump - minutes(10)
    world = a_world(a_playbook(a_step("A10")), a_directory(a_partner("ohs")))
    world.clock.set(opened_at)
    incident = opened(world)

    _live_until(world.desk, incident, minutes(4 * 60), world.clock)

    by_kind = [
        (entry.event.kind, entry.at - opened_at)
        for entry in world.desk.incidents.entries(incident)
        if isinstance(entry.event, ev.Escalated | ev.Overdue)
    ]
    other = _same_elsewhere(opened_at + timedelta(days=9))
    assert by_kind == other
    assert by_kind


def _same_elsewhere(opened_at: datetime) -> list[tuple[str, timedelta]]:
    world = a_world(a_playbook(a_step("A10")), a_directory(a_partner("ohs")))
    world.clock.set(opened_at)
    incident = opened(world)
    _live_until(world.desk, incident, minutes(4 * 60), world.clock)
    return [
        (entry.event.kind, entry.at - opened_at)
        for entry in world.desk.incidents.entries(incident)
        if isinstance(entry.event, ev.Escalated | ev.Overdue)
    ]


def _live_until(desk: Desk, incident: str, end: timedelta, clock: FakeClock) -> None:
    """Sleep from one wake-up to the next, as an engine does."""
    last = clock.now() + end
    while True:
        wake_at = tick(desk, incident, pool=AtOnce())
        if wake_at is None or wake_at > last:
            return
        clock.set(wake_at)
