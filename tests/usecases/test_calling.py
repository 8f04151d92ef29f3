"""What the one who dials needs, and what can be reported afterwards."""

import pytest

from crisis.core.contact import ChannelKind, Tlp
from crisis.core.event import TaskKind, TaskRaised
from crisis.core.incident import Task
from crisis.core.link import ack_code
from crisis.usecases.calling import Call, calls, results_of
from crisis.usecases.rehearse import settle
from tests.builders import (
    T0,
    World,
    a_contact,
    a_directory,
    a_partner,
    a_playbook,
    a_step,
    a_world,
    opened,
)


def a_world_that_dials(*, tlp: Tlp = Tlp.GREEN) -> World:
    phone = a_contact("ohs", kinds=(ChannelKind.PHONE_BY_HAND,))
    directory = a_directory(a_partner("ohs"), contacts=(phone,))
    return a_world(a_playbook(a_step(tlp=tlp)), directory)


@pytest.mark.parametrize(("tlp", "oral"), [(Tlp.GREEN, False), (Tlp.RED, True)])
def test_open_call_comes_with_words_and_code(tlp: Tlp, *, oral: bool) -> None:
    world = a_world_that_dials(tlp=tlp)
    incident = opened(world)
    settle(world.desk, incident)

    found = calls(world.desk, world.desk.incidents.current(incident))

    secret = world.desk.house.secret
    code = ack_code(secret, incident=incident, step="A10", partner="ohs")
    assert found == {
        "phone/A10/ohs/1": Call(
            task="phone/A10/ohs/1",
            contact="ohs",
            number="",
            say=f"[ÜBUNG] AHORN 47: Bitte melden. Code {code}.",
            code=code,
            is_oral=oral,
        )
    }


@pytest.mark.parametrize(
    ("kind", "results"),
    [
        (TaskKind.PHONE, ("reached", "wrong-number", "no-answer")),
        (TaskKind.OTHER_WAY, ("reached", "done")),
        (TaskKind.GUARD, ("done",)),
    ],
)
def test_results_that_can_be_reported_depend_on_the_task(
    kind: TaskKind, results: tuple[str, ...]
) -> None:
    raised = TaskRaised(task="t", task_kind=kind, step="A10", partner="ohs")

    assert results_of(Task(raised=raised, raised_at=T0)) == results
