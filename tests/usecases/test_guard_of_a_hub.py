"""Two messages of different purpose to one contact, both held back: each is told its time once."""

from dataclasses import replace

from crisis.core import event as ev
from crisis.core.contact import ChannelKind
from crisis.core.playbook import ExpectAnswer, MembersReach
from crisis.usecases.tick import claim
from tests.builders import (
    T0,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_world,
    minutes,
    opened,
)
from tests.usecases.guarded import a_guard, guarded, holds, run


def test_reminder_and_news_of_silent_members_are_held_back_beside_each_other() -> None:
    member = replace(a_partner("dresden", role="OHS-B", regions=("14612",)), member_of=("ohs",))
    hub = a_contact("ohs", kinds=(ChannelKind.HTTP,))
    page = a_contact("dresden", kinds=(ChannelKind.PORTAL,))
    step = a_step("A18", hub=True, members=MembersReach.AROUND, expect=ExpectAnswer(form="F1"))
    directory = a_directory(a_partner("ohs"), member, contacts=(hub, page))
    world = guarded(a_world(a_playbook(step), directory), a_guard("1/hour"))
    opened(world)
    run(world, until=T0 + minutes(1))
    world.desk.house.log.append(
        "i1",
        (
            ev.Acknowledged(
                step="A18", partner="ohs", contact="ohs", via=ev.Via.PAGE, happened_at=T0
            ),
        ),
        actor="ohs",
        at=T0,
        expected_version=None,
    )
    world.clock.set(T0 + minutes(16))

    # Each claim is a look that something appended to the log has called for.
    rounds = [claim(world.desk, "i1", room=8) for _ in range(3)]

    assert [(held.contact, held.purpose.value, held.until) for held in holds(world)] == [
        ("ohs", "chase", T0 + minutes(60)),
        ("ohs", "remind", T0 + minutes(120)),
    ]
    assert [(one.is_quiet, one.wake_at) for one in rounds] == [(True, T0 + minutes(20))] * 3
